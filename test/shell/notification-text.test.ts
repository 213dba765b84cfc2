import { describe, expect, test } from 'vitest'
import {
  escapeBody,
  messageNotification,
  requestNotification,
} from '../../src-main/shell/notification-text.ts'
import { createTranslator } from '../../src-main/text/text.ts'

const text = createTranslator('en')
const notice = { name: 'Juliet', body: 'Art thou not Romeo?', count: 1, preview: true }

describe('markup', () => {
  test('Linux renders it, so it is escaped there, & first', () => {
    expect(escapeBody('<b>a</b> & <img src="file:///x"> &lt;', 'linux')).toBe(
      '&lt;b&gt;a&lt;/b&gt; &amp; &lt;img src="file:///x"&gt; &amp;lt;',
    )
  })

  test.each(['darwin', 'win32'] as const)('%s shows text as it is', (platform) => {
    expect(escapeBody('<b> & >', platform)).toBe('<b> & >')
  })
})

describe('a message', () => {
  test('says who and what', () => {
    expect(messageNotification(notice, text, 'linux')).toEqual({
      title: 'Juliet',
      body: 'Art thou not Romeo?',
    })
  })

  test('says how many more wait', () => {
    expect(messageNotification({ ...notice, count: 3 }, text, 'linux').body).toBe(
      'Art thou not Romeo?\nand 2 more',
    )
  })

  test('keeps the words to itself when the user wants that', () => {
    const secret = { ...notice, preview: false }
    expect(messageNotification(secret, text, 'linux')).toEqual({ title: 'Juliet', body: 'New message' })
    expect(messageNotification({ ...secret, count: 4 }, text, 'linux').body).toBe('4 new messages')
    expect(messageNotification(secret, createTranslator('zh-CN'), 'linux').body).toBe('新消息')
  })

  test('is cut between characters, before it is escaped', () => {
    const { body } = messageNotification({ ...notice, body: '😀'.repeat(1000) }, text, 'linux')
    expect(body).toBe(`${'😀'.repeat(299)}…`)
    const escaped = messageNotification({ ...notice, body: '<'.repeat(1000) }, text, 'linux').body
    expect(escaped).toBe(`${'&lt;'.repeat(299)}…`)
  })

  test('braces in a body are no placeholders', () => {
    expect(
      messageNotification({ ...notice, body: '{name} {count, plural', count: 2 }, text, 'linux').body,
    ).toBe('{name} {count, plural\nand 1 more')
  })

  test('a name is one line without control characters', () => {
    const { title } = messageNotification(
      { ...notice, name: ` Ju\nli\u202Eet\u0007 ${'x'.repeat(500)}` },
      text,
      'linux',
    )
    expect(title).toMatch(/^Ju li et x+…$/)
    expect(title.length).toBeLessThanOrEqual(80)
  })
})

test('a subscription request says what is asked, not the asker’s words', () => {
  expect(requestNotification('paris@verona.example', text)).toEqual({
    title: 'paris@verona.example wants to see when you are online',
    body: 'Open Linnet to answer.',
  })
})
