/** XEP-0359: an origin id that is the message's `id` too, or another, finds the same message whichever way it comes. */
import { beforeEach, describe, expect, test } from 'vitest'
import type { Conversation } from '../../src-main/model/conversation.ts'
import type { Jid } from '../../src-main/model/jid.ts'
import type { NewMessage, Storage } from '../../src-main/storage/storage.ts'
import { createMemoryStorage } from '../helpers/memory-storage.ts'
import { JULIET, received, withConversation } from './samples.ts'

const T = 1_700_000_000_000
type Ids = Pick<NewMessage, 'messageId' | 'originId'>
const names = [undefined, 'a', 'b']
const allIds: readonly Ids[] = names.flatMap((messageId) =>
  names.map((originId) => ({ messageId, originId })),
)

let storage: Storage
beforeEach(() => {
  storage = createMemoryStorage()
  return () => storage.close()
})

const insert = (message: NewMessage) => storage.insertMessage(message)
const ways: Readonly<Record<string, (message: NewMessage) => unknown>> = {
  live: insert,
  'kept by a server': (message) => insert({ ...message, held: true }),
  'the archive': (message) =>
    storage.takeArchived(message, { order: 1, stampMs: T, settled: { first: -10, last: 10 } }),
}

/** The rule, without any index. Words count where the `id` alone is the same, and where there is no id at all. */
function isSame(known: Ids, comes: Ids, sameWords: boolean, way: string): boolean {
  if (comes.originId !== undefined && comes.originId === known.originId) return true
  if (comes.messageId !== undefined) return comes.messageId === known.messageId && sameWords
  const isNameless = [known.messageId, known.originId, comes.originId].every((id) => id === undefined)
  return isNameless && sameWords && way === 'the archive'
}

test.each(Object.entries(ways))('each pair of ids, the second by %s', (way, take) => {
  let nth = 0
  for (const known of allIds)
    for (const comes of allIds)
      for (const body of ['said', 'something else']) {
        const conversation = withConversation(storage, `c${++nth}@capulet.example` as typeof JULIET)
        insert(received(conversation, { ...known, body: 'said', sentAt: T }))
        take(received(conversation, { ...comes, body, sentAt: T }))
        const { messages } = storage.pageMessages({ conversationId: conversation.id, limit: 9 })
        const expected = isSame(known, comes, body === 'said', way) ? 1 : 2
        expect(messages.length, JSON.stringify({ known, comes, body })).toBe(expected)
      }
  expect(nth).toBe(162)
})

describe('what an origin id names', () => {
  let conversation: Conversation
  const say = (ids: Ids, body = 'said', sender: Jid = JULIET): number => {
    const message = insert(received(conversation, { ...ids, body, sender, sentAt: T }))
    if (message === undefined) throw new Error('taken for a duplicate')
    return message.id
  }
  const answered = (id: string): string | undefined => {
    const message = insert(received(conversation, { body: `to ${id}`, reply: { id }, sentAt: T + 1 }))
    return message?.reply?.original?.body
  }
  beforeEach(() => {
    conversation = withConversation(storage)
  })

  test('is found for a deed, both ids the same or not', () => {
    const both = say({ messageId: 'a', originId: 'a' })
    const other = say({ messageId: 'b', originId: 'c' })
    const alone = say({ originId: 'd' })
    const target = (id: string) => storage.findTarget(conversation.id, JULIET, id)?.id
    expect(['a', 'b', 'c', 'd', 'e'].map(target)).toEqual([both, other, other, alone, undefined])
    expect(storage.getReference(both)).toMatchObject({ messageId: 'a', originId: 'a' })
  })

  test('is answered before a later message that has the same as its `id`', () => {
    say({ messageId: 'a', originId: 'a' }, 'the one')
    say({ messageId: 'a' }, 'numbered anew')
    say({ messageId: 'x', originId: 'c' }, 'the other')
    say({ messageId: 'c' }, 'numbered anew')
    expect([answered('a'), answered('c'), answered('x')]).toEqual(['the one', 'the other', 'the other'])
  })

  test('is of one sender in one conversation', () => {
    say({ messageId: 'a', originId: 'a' })
    expect(insert(received(conversation, { originId: 'a', sender: `${JULIET}/x` as Jid }))).toBeDefined()
    const other = withConversation(storage, 'nurse@capulet.example' as typeof JULIET)
    expect(insert(received(other, { originId: 'a', sender: JULIET }))).toBeDefined()
  })

  test('stays removed when it was removed here, and what it was before comes again', () => {
    const removed = say({ messageId: 'a', originId: 'a' })
    storage.forgetMessage(removed)
    const later = { conversationId: conversation.id, sender: JULIET, sentAt: T + 86_400_000 }
    expect(storage.isRemoved({ ...later, originId: 'a', messageId: 'z' })).toBe(true)
    expect(storage.isRemoved({ ...later, originId: undefined, messageId: 'a' })).toBe(false)
  })
})
