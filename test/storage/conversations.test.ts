import { beforeEach, describe, expect, test } from 'vitest'
import type { Conversation } from '../../src-main/model/conversation.ts'
import type { Storage } from '../../src-main/storage/storage.ts'
import { createMemoryStorage } from '../helpers/memory-storage.ts'
import { JULIET, NURSE, received, sampleAccount, withConversation, written } from './samples.ts'

let storage: Storage
let conversation: Conversation
beforeEach(() => {
  storage = createMemoryStorage()
  conversation = withConversation(storage)
  return () => storage.close()
})
const current = () => storage.findConversation(conversation.id)

describe('a conversation', () => {
  test('starts empty and is found by id and by counterpart', () => {
    const { accountId } = conversation
    expect(conversation).toStrictEqual({
      id: conversation.id,
      accountId,
      kind: 'chat',
      counterpart: JULIET,
      unreadCount: 0,
      draft: '',
      activeAt: 0,
    })
    expect(current()).toStrictEqual(conversation)
    expect(storage.findConversationWith(accountId, JULIET)).toStrictEqual(conversation)
    expect(storage.findConversationWith(accountId, NURSE)).toBeUndefined()
    expect(storage.findConversation(99)).toBeUndefined()
  })

  test('opened again is the same one, moved up', () => {
    storage.insertMessage(received(conversation, { unread: true }))
    storage.setDraft(conversation.id, 'But soft')
    const again = storage.insertConversation(conversation.accountId, JULIET, 5000)
    expect(again).toMatchObject({ id: conversation.id, activeAt: 5000, draft: 'But soft', unreadCount: 1 })
    expect(storage.insertConversation(conversation.accountId, JULIET, 10).activeAt).toBe(5000)
  })

  test('keeps a draft', () => {
    storage.setDraft(conversation.id, 'O Romeo,\nRomeo 🌹')
    expect(current()?.draft).toBe('O Romeo,\nRomeo 🌹')
    storage.setDraft(conversation.id, '')
    expect(current()?.draft).toBe('')
  })
})

describe('the list', () => {
  test('is by the last message or the opening, whichever is later', () => {
    const nurse = storage.insertConversation(conversation.accountId, NURSE, 3000)
    const other = storage.insertAccount(sampleAccount({ jid: NURSE }))
    const others = storage.insertConversation(other.id, JULIET, 2000)
    const order = () => storage.listConversations().map(({ id }) => id)
    expect(order()).toStrictEqual([nurse.id, others.id, conversation.id])
    storage.insertMessage(received(conversation, { sentAt: 2500 }))
    storage.insertMessage(received(nurse, { sentAt: 100 }))
    expect(order()).toStrictEqual([nurse.id, conversation.id, others.id])
    storage.insertMessage(received(others, { sentAt: 4000 }))
    expect(order()).toStrictEqual([others.id, nurse.id, conversation.id])
    expect(storage.listConversations().map(({ activeAt }) => activeAt)).toStrictEqual([4000, 3000, 2500])
  })
})

describe('the last message', () => {
  test('is the newest by time; a late one does not replace it', () => {
    storage.insertMessage(received(conversation, { sentAt: 20, body: 'newest' }))
    storage.insertMessage(received(conversation, { sentAt: 10, body: 'late' }))
    expect(current()?.last).toStrictEqual({ body: 'newest', direction: 'in', sentAt: 20, state: 'received' })
    storage.insertMessage(received(conversation, { sentAt: 20, body: 'same time, later' }))
    expect(current()?.last?.body).toBe('same time, later')
  })

  test('shows its new state', () => {
    const own = storage.insertMessage(written(conversation, { body: 'mine' }))
    expect(current()?.last).toMatchObject({ direction: 'out', state: 'pending' })
    storage.setMessageState(own?.id ?? 0, 'failed', { condition: 'x', text: '' })
    expect(current()?.last).toStrictEqual({ body: 'mine', direction: 'out', sentAt: 1000, state: 'failed' })
  })

  test('falls back when it is deleted, and activity with it', () => {
    const older = storage.insertMessage(received(conversation, { sentAt: 10, body: 'older' }))
    const newer = storage.insertMessage(received(conversation, { sentAt: 20, body: 'newer' }))
    storage.deleteMessage(newer?.id ?? 0)
    expect(current()).toMatchObject({ last: { body: 'older' }, activeAt: 10 })
    storage.deleteMessage(older?.id ?? 0)
    expect(current()).toStrictEqual(conversation)
    storage.deleteMessage(99)
    expect(current()).toStrictEqual(conversation)
  })
})

describe('unread', () => {
  const unread = (sentAt: number) =>
    storage.insertMessage(received(conversation, { sentAt, unread: true }))?.id ?? 0

  test('counts, and the line stands before the earliest by time', () => {
    const second = unread(20)
    expect(current()).toMatchObject({ unreadCount: 1, firstUnreadId: second })
    const first = unread(10)
    unread(30)
    storage.insertMessage(received(conversation, { sentAt: 5 }))
    expect(current()).toMatchObject({ unreadCount: 3, firstUnreadId: first })
  })

  test('is over when read, and starts anew', () => {
    unread(10)
    storage.markRead(conversation.id)
    expect(current()).toMatchObject({ unreadCount: 0 })
    expect(current()).not.toHaveProperty('firstUnreadId')
    const next = unread(20)
    expect(current()).toMatchObject({ unreadCount: 1, firstUnreadId: next })
  })

  test('is right after an unread message is deleted', () => {
    const first = unread(10)
    const second = unread(20)
    storage.deleteMessage(first)
    expect(current()).toMatchObject({ unreadCount: 1, firstUnreadId: second })
    storage.deleteMessage(second)
    expect(current()?.unreadCount).toBe(0)
    expect(current()).not.toHaveProperty('firstUnreadId')
  })

  test('of one conversation does not touch another', () => {
    const nurse = withConversation(storage, NURSE)
    storage.insertMessage(received(nurse, { unread: true }))
    unread(10)
    storage.markRead(conversation.id)
    expect(storage.findConversation(nurse.id)?.unreadCount).toBe(1)
  })
})
