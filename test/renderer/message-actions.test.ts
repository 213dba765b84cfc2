// @vitest-environment happy-dom
import Copy from '@lucide/svelte/icons/copy'
import { describe, expect, test, vi } from 'vitest'
import type { Message } from '../../src-main/model/message.ts'
import { createTranslator } from '../../src-main/text/text.ts'
import { basicActions } from '../../src-renderer/components/message/basic-actions.ts'
import {
  actionForKey,
  actionsForMany,
  menuEntries,
  type MessageAction,
  type MessageSubject,
} from '../../src-renderer/components/message/message-actions.ts'
import { makeMessage } from './make-message.ts'

const t = createTranslator('en')
const element = document.createElement('article')
const failed = makeMessage(7, { direction: 'out', state: 'failed' })

function subject(message: Message, part: Partial<MessageSubject> = {}): MessageSubject {
  return { message, element, selection: '', ...part }
}

const labels = (actions: readonly MessageAction[], one: MessageSubject): string[] =>
  menuEntries(t, actions, one).map((entry) => (entry === 'separator' ? '-' : entry.label))

function choose(actions: readonly MessageAction[], one: MessageSubject, label: string): void {
  const entry = menuEntries(t, actions, one).find((each) => each !== 'separator' && each.label === label)
  if (entry === undefined || entry === 'separator') throw new Error(`no ${label}`)
  entry.onselect()
}

function press(key: string, part: Partial<KeyboardEvent> = {}) {
  const none = { ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, isComposing: false }
  return { key, code: '', ...none, ...part }
}

describe('what every message offers', () => {
  const tools = { copyText: vi.fn(), retry: vi.fn(), discard: vi.fn() }
  const pane = { select: vi.fn(), transcript: vi.fn(() => 'all of it') }
  const actions = basicActions(tools, pane)

  test('is what fits', () => {
    expect(labels(actions, subject(makeMessage(1)))).toEqual(['Copy text', '-', 'Select'])
    expect(labels(actions, subject(makeMessage(1), { href: 'https://a.example/' }))).toEqual([
      ...['Copy text', 'Copy link', '-', 'Select'],
    ])
    expect(labels(actions, subject(failed))).toEqual([
      ...['Retry', '-', 'Copy text', '-', 'Select', '-', 'Delete'],
    ])
  })

  test('copies the selection, else the whole; the link as it opens', () => {
    const message = makeMessage(1, { body: 'whole' })
    choose(actions, subject(message), 'Copy text')
    choose(actions, subject(message, { selection: 'hol' }), 'Copy text')
    choose(actions, subject(message, { href: 'https://a.example/' }), 'Copy link')
    expect(tools.copyText.mock.calls).toEqual([['whole'], ['hol'], ['https://a.example/']])
  })

  test('retries and deletes by id', () => {
    choose(actions, subject(failed), 'Retry')
    choose(actions, subject(failed), 'Delete')
    expect([tools.retry.mock.calls, tools.discard.mock.calls]).toEqual([[[7]], [[7]]])
  })
})

test('many are copied as one text; any can be selected', () => {
  const tools = { copyText: vi.fn(), retry: vi.fn(), discard: vi.fn() }
  const pane = { select: vi.fn(), transcript: vi.fn(() => 'all of it') }
  const actions = basicActions(tools, pane)
  const messages = [makeMessage(1), failed]
  for (const action of actionsForMany(actions, messages)) action.many.onselect(messages)
  expect([pane.transcript.mock.calls, tools.copyText.mock.calls]).toEqual([[[messages]], [['all of it']]])
  choose(actions, subject(failed), 'Select')
  expect(pane.select.mock.calls).toEqual([[failed]])
})

describe('contributions', () => {
  const nothing = (): void => undefined
  const remove: MessageAction = {
    ...{ group: 'remove', label: 'chats.delete', icon: Copy, key: 'Delete' },
    when: ({ message }) => message.state === 'failed',
    onselect: nothing,
  }
  const copy: MessageAction = {
    ...{ group: 'text', label: 'chats.copyText', icon: Copy, key: 'c', onselect: nothing },
    many: { onselect: nothing },
  }
  const retry: MessageAction = {
    ...{ group: 'respond', label: 'common.retry', icon: Copy, key: ' ', onselect: nothing },
    many: { when: ({ direction }) => direction === 'out', onselect: nothing },
  }
  const all = [remove, copy, retry]

  test('stand in the order of their groups, with lines between', () => {
    expect(labels(all, subject(failed))).toEqual(['Retry', '-', 'Copy text', '-', 'Delete'])
  })

  test('their keys stand beside them', () => {
    const keys = menuEntries(t, all, subject(failed)).map((one) => (one === 'separator' ? '-' : one.shortcut))
    expect(keys).toEqual(['Space', '-', 'C', '-', 'Del'])
  })

  test('a key alone does what fits, with Shift lock on too', () => {
    expect(actionForKey(all, press('c'), subject(failed))).toBe(copy)
    expect(actionForKey(all, press('C'), subject(failed))).toBe(copy)
    expect(actionForKey(all, press('Delete'), subject(failed))).toBe(remove)
    expect(actionForKey(all, press('Delete'), subject(makeMessage(1)))).toBeUndefined()
    expect(actionForKey(all, press('x'), subject(failed))).toBeUndefined()
  })

  test('with another key held it is somebody else’s', () => {
    for (const held of ['ctrlKey', 'altKey', 'metaKey', 'shiftKey', 'isComposing'] as const) {
      expect(actionForKey(all, press('c', { [held]: true }), subject(failed))).toBeUndefined()
    }
  })

  test('without Latin letters the place of the key counts', () => {
    expect(actionForKey(all, press('с', { code: 'KeyC' }), subject(failed))).toBe(copy)
    expect(actionForKey(all, press('j', { code: 'KeyC' }), subject(failed))).toBeUndefined()
  })

  test('with many, only what fits each of them', () => {
    expect(actionsForMany(all, [failed])).toEqual([copy, retry])
    expect(actionsForMany(all, [failed, makeMessage(1)])).toEqual([copy])
  })
})
