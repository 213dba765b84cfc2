import { describe, expect, test } from 'vitest'
import { addressToStart, rankTargets, type SwitchTarget } from '../../src-renderer/stores/switcher.ts'

function target(name: string, part: Partial<SwitchTarget> = {}): SwitchTarget {
  const jid = `${name.toLowerCase().replace(/\W+/g, '.')}@verona.example`
  return {
    accountId: 1,
    jid,
    name,
    show: 'offline',
    conversationId: undefined,
    unreadCount: 0,
    activeAt: 0,
    ...part,
  }
}

function names(query: string, targets: readonly SwitchTarget[]): string[] {
  return rankTargets(query, targets).map((one) => one.name)
}

describe('rankTargets', () => {
  test('nothing typed: unread first, then recent, then the rest by name', () => {
    const targets = [
      target('Zeno'),
      target('Abram'),
      target('Nurse', { activeAt: 5 }),
      target('Juliet', { activeAt: 9 }),
      target('Peter', { activeAt: 1, unreadCount: 2 }),
    ]
    expect(names('', targets)).toEqual(['Peter', 'Juliet', 'Nurse', 'Abram', 'Zeno'])
  })

  test('a better fit beats what is recent or unread', () => {
    const targets = [
      target('Friar Julian', { activeAt: 99, unreadCount: 1 }),
      target('Juliet'),
      target('Old Julia', { activeAt: 50 }),
    ]
    expect(names('ju', targets)).toEqual(['Juliet', 'Friar Julian', 'Old Julia'])
    expect(names('juliet', [target('Juliet Capulet', { activeAt: 9 }), target('Juliet')])).toEqual([
      'Juliet',
      'Juliet Capulet',
    ])
  })

  test('addresses count, accents and case do not', () => {
    const targets = [target('Zoë'), target('Boss', { jid: 'mercutio@verona.example' })]
    expect(names('ZOE', targets)).toEqual(['Zoë'])
    expect(names('mercu', targets)).toEqual(['Boss'])
  })

  test('letters in their order are enough, other letters are not', () => {
    const targets = [target('Juliet Capulet')]
    expect(names('jcap', targets)).toEqual(['Juliet Capulet'])
    expect(names('jq', targets)).toEqual([])
  })

  test('Chinese is found by any part', () => {
    expect(names('朱丽叶', [target('凯普莱特·朱丽叶', { jid: 'z@x.example' })])).toEqual(['凯普莱特·朱丽叶'])
  })

  test('signs of regular expressions are plain', () => {
    expect(names('.*', [target('Juliet')])).toEqual([])
  })

  test('the list is short', () => {
    expect(
      names(
        '',
        Array.from({ length: 500 }, (_, n) => target(`N${n}`)),
      ),
    ).toHaveLength(30)
  })
})

describe('addressToStart', () => {
  const targets = [target('Juliet')]
  test('a full address of nobody listed', () => {
    expect(addressToStart(' paris@verona.example ', targets)).toBe('paris@verona.example')
  })
  test('not one that is listed, nor half an address', () => {
    expect(addressToStart('Juliet@Verona.example', targets)).toBeUndefined()
    expect(addressToStart('paris@', targets)).toBeUndefined()
  })
})
