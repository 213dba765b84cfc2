import { beforeEach, describe, expect, test } from 'vitest'
import type { Conversation } from '../../src-main/model/conversation.ts'
import type { AroundWhat, Message } from '../../src-main/model/message.ts'
import type { NewMessage, Storage } from '../../src-main/storage/storage.ts'
import { createMemoryStorage } from '../helpers/memory-storage.ts'
import { JULIET, NURSE, ROMEO, received, withConversation, written } from './samples.ts'

let storage: Storage
let conversation: Conversation
beforeEach(() => {
  storage = createMemoryStorage()
  conversation = withConversation(storage)
  return () => storage.close()
})

function insert(message: NewMessage): Message {
  const inserted = storage.insertMessage(message)
  if (inserted === undefined) throw new Error('taken for a duplicate')
  return inserted
}
const bodies = (messages: readonly Message[]) => messages.map(({ body }) => body)

describe('a message', () => {
  test('is given back as it was put in', () => {
    const message = insert(received(conversation, { body: 'Ein Kuß 💋\u0000\n', sentAt: 1_700_000_000_123 }))
    expect(message).toStrictEqual({
      id: message.id,
      accountId: conversation.accountId,
      conversationId: conversation.id,
      direction: 'in',
      sender: JULIET,
      body: 'Ein Kuß 💋\u0000\n',
      sentAt: 1_700_000_000_123,
      place: 1_700_000_000_123_000,
      state: 'received',
      nameless: true,
    })
    expect(storage.findMessage(message.id)).toStrictEqual(message)
    expect(storage.findMessage(message.id + 1)).toBeUndefined()
  })

  test.each<[string, Partial<NewMessage>]>([
    ['nothing else', {}],
    ['what it may say of itself', { unstyled: true, spoiler: '', markable: true, oweReceipt: true }],
    ['a thread', { thread: { id: 'thread', parent: 'before' } }],
    ['who spoke', { author: { nick: 'Nurse', occupantId: 'id', jid: NURSE }, mention: true }],
    ['languages', { languages: { shown: 'en', others: [{ lang: 'de', body: 'Hallo' }] } }],
    ['no id of the archive', { stanzaId: undefined }],
    ['no other id', { messageId: undefined, originId: undefined }],
    ['an answer to itself', { reply: { id: 'm1' } }],
  ])('with ids and %s is given back as it is read later', (_, change) => {
    const ids = { messageId: 'm1', originId: 'o1', stanzaId: 's1' }
    const message = insert(received(conversation, { ...ids, unread: true, ...change }))
    expect(storage.findMessage(message.id)).toStrictEqual(message)
  })

  test('keeps the wish to be shown unstyled, and has none of its own', () => {
    const plain = insert(received(conversation, { body: '> _ <', unstyled: true }))
    expect(storage.findMessage(plain.id)).toMatchObject({ unstyled: true })
    const styled = insert(received(conversation, { body: '*yes*' }))
    expect(storage.findMessage(styled.id)).not.toHaveProperty('unstyled')
  })

  test('of a conversation that is not there is refused', () => {
    expect(() => insert(received({ ...conversation, id: 99 }))).toThrow(
      expect.objectContaining({ code: 'other' }),
    )
  })

  test('that is pending must have an id to be acknowledged by', () => {
    expect(() => insert(written(conversation, { messageId: '' }))).toThrow(
      expect.objectContaining({ code: 'other' }),
    )
  })

  test('never gets the id of one that was deleted', () => {
    const gone = insert(received(conversation))
    storage.deleteMessage(gone.id)
    expect(insert(received(conversation)).id).toBeGreaterThan(gone.id)
  })
})

describe('states', () => {
  test('failed keeps its error, and loses it when tried again', () => {
    const { id } = insert(written(conversation))
    const error = { condition: 'service-unavailable', text: 'nobody home' }
    expect(storage.setMessageState(id, 'failed', error)).toMatchObject({ id, state: 'failed', error })
    expect(storage.findMessage(id)?.error).toStrictEqual(error)
    expect(storage.setMessageState(id, 'pending')).toStrictEqual({
      ...storage.findMessage(id),
      state: 'pending',
    })
    expect(storage.findMessage(id)).not.toHaveProperty('error')
  })

  test('say nothing when nothing changes', () => {
    const { id } = insert(written(conversation))
    expect(storage.setMessageState(id, 'pending')).toBeUndefined()
    expect(storage.setMessageState(id + 1, 'sent')).toBeUndefined()
  })

  test('an own message is found by its stanza id, a received one with that id is not', () => {
    const own = insert(written(conversation, { messageId: 'a' }))
    insert(received(conversation, { messageId: 'b' }))
    insert(received(conversation, { messageId: 'a' }))
    expect(storage.findOwnMessage(conversation.accountId, 'a')).toStrictEqual(own)
    expect(storage.findOwnMessage(conversation.accountId, 'b')).toBeUndefined()
    expect(storage.findOwnMessage(conversation.accountId + 1, 'a')).toBeUndefined()
  })
})

describe('the outbox', () => {
  test('lists pending ones in the order written, not by their time; a retried one keeps its place', () => {
    const nurse = withConversation(storage, NURSE)
    const first = insert(written(conversation, { messageId: '1', body: 'one', sentAt: 300 }))
    insert(written(nurse, { messageId: '2', body: 'two', sentAt: 100 }))
    const third = insert(written(conversation, { messageId: '3', body: 'three', sentAt: 200 }))
    insert(received(conversation))
    storage.setMessageState(first.id, 'failed')
    storage.setMessageState(third.id, 'sent')
    expect(bodies(storage.listPending(conversation.accountId) as never)).toStrictEqual(['two'])
    storage.setMessageState(first.id, 'pending')
    expect(storage.listPending(conversation.accountId)).toStrictEqual([
      { id: first.id, kind: 'chat', counterpart: JULIET, messageId: '1', body: 'one', sentAt: 300 },
      { id: first.id + 1, kind: 'chat', counterpart: NURSE, messageId: '2', body: 'two', sentAt: 100 },
    ])
    expect(storage.listPending(conversation.accountId + 1)).toStrictEqual([])
  })
})

describe('duplicates', () => {
  const original = { messageId: 'm', originId: 'o', stanzaId: 's' }
  test.each<[string, Partial<NewMessage>, boolean]>([
    ['all ids the same', original, true],
    ['the same stanza-id, other ids', { stanzaId: 's', messageId: 'x', originId: 'x', body: 'x' }, true],
    ['the same origin-id, another stanza-id', { originId: 'o', stanzaId: 'x', messageId: 'x' }, true],
    ['the same message id and body', { messageId: 'm' }, true],
    ['the same message id, another stanza-id', { messageId: 'm', stanzaId: 'x' }, true],
    ['the same message id, another body: a sender that counts anew', { messageId: 'm', body: 'x' }, false],
    ['the same message id from another sender', { messageId: 'm', sender: ROMEO }, false],
    ['the same origin-id from another sender', { originId: 'o', sender: ROMEO }, false],
    ['the same body, other ids', { messageId: 'x', originId: 'x', stanzaId: 'x' }, false],
    ['the same body, no ids', {}, false],
    ['an id of one kind as another kind', { messageId: 's', originId: 'm', stanzaId: 'o' }, false],
    ['empty ids', { messageId: '', originId: '', stanzaId: '' }, false],
  ])('%s', (_, change, duplicate) => {
    insert(received(conversation, original))
    insert(received(conversation, { messageId: '', originId: '', stanzaId: '' }))
    const second = storage.insertMessage(received(conversation, { sentAt: 2000, unread: true, ...change }))
    expect(second === undefined).toBe(duplicate)
    expect(storage.pageMessages({ conversationId: conversation.id, limit: 9 }).messages).toHaveLength(
      duplicate ? 2 : 3,
    )
    expect(storage.findConversation(conversation.id)?.unreadCount).toBe(duplicate ? 0 : 1)
    expect(storage.findConversation(conversation.id)?.activeAt).toBe(duplicate ? 1000 : 2000)
  })

  test('are looked for in the same conversation only', () => {
    insert(received(conversation, original))
    expect(storage.insertMessage(received(withConversation(storage, NURSE), original))).toBeDefined()
  })

  test('bring a stanza-id that was not known yet, and never change one', () => {
    insert(received(conversation, { messageId: 'm' }))
    expect(storage.insertMessage(received(conversation, { messageId: 'm', stanzaId: 's' }))).toBeUndefined()
    expect(storage.insertMessage(received(conversation, { stanzaId: 's' }))).toBeUndefined()
    expect(
      storage.insertMessage(received(conversation, { messageId: 'm', stanzaId: 'other' })),
    ).toBeUndefined()
    expect(storage.insertMessage(received(conversation, { stanzaId: 's' }))).toBeUndefined()
    expect(storage.insertMessage(received(conversation, { stanzaId: 'other' }))).toBeDefined()
  })

  test('are seen among many under one id', () => {
    for (let index = 0; index < 50; index += 1)
      insert(received(conversation, { messageId: '1', body: `${index}` }))
    expect(storage.insertMessage(received(conversation, { messageId: '1', body: '49' }))).toBeUndefined()
    expect(storage.insertMessage(received(conversation, { messageId: '1', body: '40' }))).toBeUndefined()
  })
})

describe('pages', () => {
  const page = (change: object) =>
    storage.pageMessages({ conversationId: conversation.id, limit: 3, ...change })
  beforeEach(() => {
    const times = [50, 10, 30, 30, 20, 40, 30]
    for (const sentAt of times) insert(received(conversation, { sentAt, body: `${sentAt}` }))
    insert(received(withConversation(storage, NURSE), { sentAt: 35, body: 'not here' }))
  })

  test('from the newest backwards, oldest first in each', () => {
    const newest = page({})
    expect([bodies(newest.messages), newest.hasMore]).toStrictEqual([['30', '40', '50'], true])
    const older = page({ before: newest.messages[0] })
    expect([bodies(older.messages), older.hasMore]).toStrictEqual([['20', '30', '30'], true])
    const oldest = page({ before: older.messages[0] })
    expect([bodies(oldest.messages), oldest.hasMore]).toStrictEqual([['10'], false])
  })

  test('from a place forwards', () => {
    const newer = page({ after: { place: 10_000, id: 1 } })
    expect([bodies(newer.messages), newer.hasMore]).toStrictEqual([['10', '20', '30'], true])
    const rest = page({ after: newer.messages[2] })
    expect([bodies(rest.messages), rest.hasMore]).toStrictEqual([['30', '30', '40'], true])
    const end = page({ after: rest.messages[2] })
    expect([bodies(end.messages), end.hasMore]).toStrictEqual([['50'], false])
  })

  test('messages of one instant are neither repeated nor left out', () => {
    const all = page({ limit: 50 }).messages
    const before = all.flatMap((message) => page({ before: message, limit: 1 }).messages)
    const after = all.flatMap((message) => page({ after: message, limit: 1 }).messages)
    expect(before).toStrictEqual(all.slice(0, -1))
    expect(after).toStrictEqual(all.slice(1))
  })

  test('an exact fit has no more', () => {
    expect(page({ limit: 7 }).hasMore).toBe(false)
    expect(page({ limit: 6 }).hasMore).toBe(true)
    expect(page({ conversationId: 99 })).toStrictEqual({ messages: [], hasMore: false })
  })

  describe('around', () => {
    const around = (what: AroundWhat, limit = 4) => {
      const { messages, ...rest } = page({ around: what, limit })
      return { bodies: bodies(messages), ...rest }
    }
    const idOf = (body: string) => page({ limit: 50 }).messages.find((one) => one.body === body)?.id ?? 0

    test('a message: what lies on both sides of it, and which it is', () => {
      const aroundId = idOf('40')
      expect(around({ messageId: aroundId })).toStrictEqual({
        ...{ bodies: ['30', '30', '40', '50'], hasMore: true, hasNewer: false, aroundId },
      })
    })

    test('the first and the last of the conversation', () => {
      const first = idOf('10')
      expect(around({ messageId: first })).toMatchObject({
        bodies: ['10', '20'],
        hasMore: false,
        hasNewer: true,
      })
      const last = idOf('50')
      expect(around({ messageId: last })).toMatchObject({
        bodies: ['30', '40', '50'],
        hasMore: true,
        hasNewer: false,
      })
    })

    test('a time: the first message at it or after it, of one instant the first', () => {
      const { messages } = page({ limit: 50 })
      const thirty = messages.find(({ body }) => body === '30')?.id
      expect(around({ time: 30 })).toMatchObject({ bodies: ['10', '20', '30', '30'], aroundId: thirty })
      expect(around({ time: 21 })).toMatchObject({ aroundId: thirty })
    })

    test('a time before all, and after all', () => {
      expect(around({ time: 0 })).toMatchObject({
        bodies: ['10', '20'],
        aroundId: idOf('10'),
        hasMore: false,
      })
      expect(around({ time: 99 })).toMatchObject({
        bodies: ['40', '50'],
        aroundId: idOf('50'),
        hasNewer: false,
      })
    })

    test('what is not in the conversation has nothing around it', () => {
      const foreign =
        storage.pageMessages({ conversationId: conversation.id + 1, limit: 9 }).messages[0]?.id ?? 0
      for (const messageId of [foreign, 9999]) {
        expect(around({ messageId })).toStrictEqual({ bodies: [], hasMore: false, hasNewer: false })
      }
      expect(page({ conversationId: 99, around: { time: 30 } }).messages).toStrictEqual([])
    })
  })
})
