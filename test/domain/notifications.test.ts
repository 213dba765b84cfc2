/** When a message is worth a notification. */
import { describe, expect, test } from 'vitest'
import { mayDisturb, shouldNotify, type NotificationContext } from '../../src-main/domain/notifications.ts'
import type { Conversation } from '../../src-main/model/conversation.ts'
import type { Message } from '../../src-main/model/message.ts'
import { DEFAULT_SETTINGS } from '../../src-main/model/settings.ts'
import { JULIET, NOW } from './stage.ts'

const conversation: Conversation = {
  kind: 'chat',
  ...{ id: 7, accountId: 1, counterpart: JULIET, unreadCount: 1, draft: '', activeAt: NOW },
}
const message: Message = {
  ...{
    id: 1,
    accountId: 1,
    conversationId: 7,
    direction: 'in',
    sender: JULIET,
    body: 'x',
    sentAt: NOW,
    place: NOW * 1000,
    state: 'received',
  },
}
const context: NotificationContext = {
  ...{
    settings: DEFAULT_SETTINGS,
    ownPresence: { show: 'online', status: '' },
    quiet: false,
    conversation,
    inFocus: new Set(),
  },
}

describe('a notification', () => {
  test.each(['online', 'chat', 'away', 'xa'] as const)('is shown to who is %s', (show) => {
    expect(shouldNotify(message, { ...context, ownPresence: { show, status: '' } })).toBe(true)
  })

  test('is shown when another conversation is in focus', () => {
    expect(shouldNotify(message, { ...context, inFocus: new Set([8]) })).toBe(true)
  })

  test.each<[string, Partial<Message>, Partial<NotificationContext>]>([
    ['an own message', { direction: 'out', state: 'sent' }, {}],
    ['a conversation in focus', {}, { inFocus: new Set([7]) }],
    ['do not disturb', {}, { ownPresence: { show: 'dnd', status: '' } }],
    ['quiet hours', {}, { quiet: true }],
    ['notifications turned off', {}, { settings: { ...DEFAULT_SETTINGS, notifications: false } }],
    ['a message that was read meanwhile', {}, { conversation: { ...conversation, unreadCount: 0 } }],
    ['a conversation that is gone', {}, { conversation: undefined }],
  ])('is not shown for %s', (_why, changedMessage, changedContext) => {
    expect(shouldNotify({ ...message, ...changedMessage }, { ...context, ...changedContext })).toBe(false)
  })
})

test('nothing else pops up in do not disturb or with notifications turned off either', () => {
  expect(mayDisturb(context)).toBe(true)
  expect(mayDisturb({ ...context, ownPresence: { show: 'dnd', status: '' } })).toBe(false)
  expect(mayDisturb({ ...context, quiet: true })).toBe(false)
  expect(mayDisturb({ ...context, settings: { ...DEFAULT_SETTINGS, notifications: false } })).toBe(false)
})
