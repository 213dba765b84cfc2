/** XEP-0313: one message, however often and in whatever way it comes, is one row; and it stands where the archive has it. */
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Conversation } from '../../src-main/model/conversation.ts'
import type { NewMessage, Storage } from '../../src-main/storage/storage.ts'
import { createMemoryStorage } from '../helpers/memory-storage.ts'
import { JULIET, ROMEO, received, withConversation, written } from './samples.ts'

const T = 1_700_000_000_000
let storage: Storage
let conversation: Conversation

beforeEach(() => {
  storage = createMemoryStorage()
  conversation = withConversation(storage)
})

const everything = { first: -1e9, last: 1e9 }
const bodies = (): string[] => all().map(({ body }) => body)
const all = () => storage.pageMessages({ conversationId: conversation.id, limit: 500 }).messages

function take(order: number, change: Partial<NewMessage>, stampMs = T) {
  return storage.takeArchived(received(conversation, { sentAt: stampMs, stanzaId: `a${order}`, ...change }), {
    order,
    stampMs,
    settled: everything,
  })
}

/** How one message can come here: what of it is known each time. */
const theirs: Partial<NewMessage> = { messageId: 'm', originId: 'o', body: 'once', sentAt: T }
const ways: Readonly<Record<string, () => void>> = {
  'live, with the stanza-id': () =>
    void storage.insertMessage(received(conversation, { ...theirs, stanzaId: 'a1' })),
  'live, without': () => void storage.insertMessage(received(conversation, theirs)),
  'a carbon': () => void storage.insertMessage(received(conversation, { ...theirs, stanzaId: 'a1' })),
  'offline storage': () =>
    void storage.insertMessage(received(conversation, { ...theirs, sentAt: T - 1000, held: true })),
  'the archive': () => void take(1, { ...theirs, originId: undefined }),
  'the archive, asked again': () => void take(1, theirs),
}
const own: Partial<NewMessage> = { messageId: 'm', originId: 'm', body: 'once', sentAt: T }
const ownWays: Readonly<Record<string, () => void>> = {
  'written here': () => void storage.insertMessage(written(conversation, own)),
  'a sent carbon': () =>
    void storage.insertMessage(written(conversation, { ...own, state: 'sent', stanzaId: 'a1' })),
  'a reflection': () => void storage.insertMessage(written(conversation, { ...own, state: 'sent' })),
  'the archive': () => void take(1, { ...own, direction: 'out', sender: ROMEO, state: 'sent' }),
}
const unnamed: Partial<NewMessage> = { body: 'once', sentAt: T }
const unnamedWays: Readonly<Record<string, () => void>> = {
  'offline storage': () =>
    void storage.insertMessage(received(conversation, { ...unnamed, sentAt: T - 900, held: true })),
  'the archive': () => void take(1, unnamed),
}

function pairs(ways: Readonly<Record<string, () => void>>): [string, string, () => void, () => void][] {
  const entries = Object.entries(ways)
  return entries.flatMap(([one, first]) =>
    entries.map(([other, second]): [string, string, () => void, () => void] => [one, other, first, second]),
  )
}

describe('a message meets itself', () => {
  test.each(pairs(ways))('%s, then %s', (_one, _other, first, second) => {
    first()
    second()
    expect(bodies()).toEqual(['once'])
    take(1, theirs)
    expect(bodies()).toEqual(['once'])
  })

  test.each(pairs(ownWays))('of our own: %s, then %s', (_one, _other, first, second) => {
    first()
    second()
    expect(bodies()).toEqual(['once'])
  })

  test.each(pairs(unnamedWays).filter(([one, other]) => one !== other))(
    'without any id: %s, then %s',
    (_one, _other, first, second) => {
      first()
      second()
      expect(bodies()).toEqual(['once'])
    },
  )

  test('the same words without ids, said twice, are two', () => {
    take(1, unnamed)
    take(2, unnamed)
    expect(bodies()).toEqual(['once', 'once'])
    storage.insertMessage(received(conversation, unnamed))
    expect(bodies()).toHaveLength(3)
  })

  test('the same number and words on another day are another message', () => {
    take(1, { messageId: '1', body: 'hi' })
    take(2, { messageId: '1', body: 'hi', sentAt: T + 86_400_000 }, T + 86_400_000)
    expect(bodies()).toEqual(['hi', 'hi'])
  })

  test('sent twice under one id, it stands where the archive had it first, whichever came here first', () => {
    take(5, { body: 'between' })
    take(9, { ...theirs, stanzaId: 'again' })
    expect(bodies()).toEqual(['between', 'once'])
    take(1, theirs)
    expect(bodies()).toEqual(['once', 'between'])
  })

  test('an own one that was on its way is sent', () => {
    storage.insertMessage(written(conversation, own))
    const outcome = take(1, { ...own, direction: 'out', sender: ROMEO, state: 'sent' })
    expect(outcome).toMatchObject({ kind: 'known', message: { state: 'sent' }, moved: [{ state: 'sent' }] })
    expect(storage.listPending(conversation.accountId)).toEqual([])
  })
})

describe('places', () => {
  test('whole seconds, forwards', () => {
    for (let order = 1; order <= 5; order += 1) take(order, { body: String(order) })
    expect(bodies()).toEqual(['1', '2', '3', '4', '5'])
  })

  test('whole seconds, backwards, and into what lies between', () => {
    for (const order of [9, 8, 3, 2, 5, 6, 4, 7]) take(order, { body: String(order) })
    expect(bodies()).toEqual(['2', '3', '4', '5', '6', '7', '8', '9'])
  })

  test('a live one on the wrong side moves, and shows the time of the archive then', () => {
    storage.insertMessage(received(conversation, { messageId: 'l', body: 'live', sentAt: T - 3_600_000 }))
    take(1, { body: 'before' })
    const { moved } = take(2, { messageId: 'l', body: 'live' }, T + 1000)
    expect(bodies()).toEqual(['before', 'live'])
    expect(moved).toMatchObject([{ body: 'live', sentAt: T + 1000 }])
  })

  test('one on the right side stays where it is', () => {
    storage.insertMessage(received(conversation, { messageId: 'l', body: 'live', sentAt: T + 3_600_000 }))
    take(1, { body: 'before' })
    expect(take(2, { messageId: 'l', body: 'live' }, T + 1000).moved).toEqual([])
    expect(all().at(-1)?.sentAt).toBe(T + 3_600_000)
  })

  test('in any order of arrival, with live ones by any clock, the order is the archive’s', () => {
    const message = fc.record({ second: fc.nat(3), live: fc.option(fc.integer({ min: -5000, max: 5000 })) })
    const history = fc.array(message, { minLength: 1, maxLength: 14 })
    const arbitrary = history.chain((messages) =>
      fc.tuple(
        fc.constant([...messages].sort((a, b) => a.second - b.second)),
        fc.shuffledSubarray(
          messages.map((_, index) => index),
          { minLength: messages.length },
        ),
      ),
    )
    fc.assert(
      fc.property(arbitrary, ([messages, arrivals]) => {
        const own = createMemoryStorage()
        const { id } = withConversation(own)
        const make = (index: number, sentAt: number): NewMessage =>
          received({ ...conversation, id }, { messageId: `m${index}`, body: String(index), sentAt })
        messages.forEach(({ live }, index) => {
          if (live !== null) own.insertMessage({ ...make(index, T + live), atEnd: true })
        })
        for (const index of arrivals) {
          const stampMs = T + (messages[index]?.second ?? 0) * 1000
          const position = { order: index, stampMs, settled: everything }
          own.takeArchived({ ...make(index, stampMs), stanzaId: `a${index}` }, position)
        }
        const shown = own.pageMessages({ conversationId: id, limit: 50 }).messages.map(({ body }) => body)
        own.close()
        expect(shown).toEqual(messages.map((_, index) => String(index)))
      }),
      { numRuns: 40 },
    )
  })
})

describe('the unread', () => {
  test('rows before a place are read', () => {
    storage.insertMessage(received(conversation, { body: '1', sentAt: T, unread: true }))
    storage.insertMessage(received(conversation, { body: '2', sentAt: T + 1000, unread: true }))
    expect(storage.readBefore(conversation.id, (T + 1000) * 1000)).toBe(1)
    storage.refreshConversation(conversation.id, -1)
    expect(storage.findConversationWith(conversation.accountId, JULIET)?.unreadCount).toBe(1)
  })
})

describe('what was said after a message that goes forward', () => {
  const say = (body: string, sentAt: number) =>
    storage.insertMessage(written(conversation, { body, messageId: body, originId: body, sentAt }))
  const hear = (body: string, sentAt: number) =>
    storage.insertMessage(received(conversation, { body, messageId: body, originId: body, sentAt }))
  const takeOwn = (order: number, body: string) =>
    take(order, { direction: 'out', sender: ROMEO, state: 'sent', body, messageId: body, originId: body })
  const takeTheirs = (order: number, body: string) => take(order, { body, messageId: body, originId: body })

  test('goes with it, in its order, though the archive was not asked for it yet', () => {
    for (const [index, body] of ['one', 'two', 'three', 'four'].entries()) say(body, T + index)
    hear('so', T + 50)
    say('five', T + 60)
    // The archive had theirs before all of these.
    takeTheirs(1, 'so')
    const { moved } = takeOwn(2, 'one')
    expect(moved.map(({ body }) => body).sort()).toEqual(['four', 'one', 'three', 'two'])
    takeOwn(3, 'two')
    expect(bodies()).toEqual(['so', 'one', 'two', 'three', 'four', 'five'])
  })

  test('goes nowhere when it is the other side that said it', () => {
    say('one', T)
    hear('never archived', T + 10)
    hear('so', T + 50)
    takeTheirs(1, 'so')
    takeOwn(2, 'one')
    expect(bodies()).toEqual(['never archived', 'so', 'one'])
  })

  test('stays where it is when it came live with its name in the archive: what is beyond it was here before', () => {
    say('one', T)
    const named = {
      direction: 'out',
      sender: ROMEO,
      state: 'sent',
      body: 'elsewhere',
      messageId: 'e',
    } as const
    storage.insertMessage(written(conversation, { ...named, sentAt: T + 10, stanzaId: 'a1' }))
    hear('so', T + 50)
    // How far the archive is here was taken from what came live: it is not asked for that again.
    takeTheirs(2, 'so')
    takeOwn(3, 'one')
    expect(bodies()).toEqual(['elsewhere', 'so', 'one'])
  })

  test('stays where the archive has put it', () => {
    say('one', T)
    say('two', T + 10)
    hear('so', T + 50)
    takeOwn(1, 'two')
    takeTheirs(2, 'so')
    takeOwn(3, 'one')
    expect(bodies()).toEqual(['two', 'so', 'one'])
  })
})
