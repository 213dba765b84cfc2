import { beforeEach, describe, expect, test } from 'vitest'
import type { NewFeedItem, NewSingle } from '../../src-main/storage/inbox.types.ts'
import type { Storage } from '../../src-main/storage/storage.ts'
import { createMemoryStorage } from '../helpers/memory-storage.ts'
import { JULIET, NURSE, sampleAccount, sampleItem } from './samples.ts'

let storage: Storage
let accountId: number
beforeEach(() => {
  storage = createMemoryStorage()
  accountId = storage.insertAccount(sampleAccount()).id
  return () => storage.close()
})

function letter(change: Partial<NewSingle> = {}): NewSingle {
  return {
    accountId,
    direction: 'in',
    counterpart: JULIET,
    subject: 'Tonight',
    body: 'Come',
    sentAt: 1000,
    state: 'received',
    unread: true,
    ...change,
  }
}

function put(change: Partial<NewSingle> = {}) {
  const message = storage.insertSingle(letter(change))
  if (message === undefined) throw new Error('taken for a duplicate')
  return message
}

describe('a single message', () => {
  test('is given back as it was put in', () => {
    const languages = { shown: 'en', others: [{ lang: 'zh', subject: '今晚', body: '来吧 👋🏽' }] }
    const thread = { id: 't', parent: 'p' }
    const message = put({ subject: '<b>\u202e', body: 'a\u0000b', thread, languages })
    expect(message).toStrictEqual({
      id: message.id,
      accountId,
      direction: 'in',
      counterpart: JULIET,
      subject: '<b>\u202e',
      body: 'a\u0000b',
      sentAt: 1000,
      state: 'received',
      unread: true,
      thread,
      languages,
    })
    expect(storage.findSingle(message.id)).toStrictEqual(message)
    expect(storage.findSingle(99)).toBeUndefined()
  })

  test('that is pending must have an id to be acknowledged by', () => {
    expect(() => put({ direction: 'out', state: 'pending' })).toThrow(
      expect.objectContaining({ code: 'other' }),
    )
  })

  test('changes state with its error, which goes with it', () => {
    const { id } = put({ direction: 'out', state: 'pending', messageId: 'm' })
    const error = { condition: 'forbidden', text: 'no' }
    expect(storage.setSingleState(id, 'failed', error)).toMatchObject({ state: 'failed', error })
    expect(storage.setSingleState(id, 'failed', error)).toBeUndefined()
    expect(storage.setSingleState(id, 'pending')).not.toHaveProperty('error')
    expect(storage.findOwnSingle(accountId, 'm')).toMatchObject({ id, state: 'pending' })
    expect(storage.findOwnSingle(accountId, 'other')).toBeUndefined()
  })

  test('of an own id is never another’s message of that id', () => {
    put({ messageId: 'm' })
    expect(storage.findOwnSingle(accountId, 'm')).toBeUndefined()
  })

  test('can be unread again, an own one never', () => {
    const { id } = put()
    expect(storage.setSingleUnread(id, true)).toBeUndefined()
    expect(storage.setSingleUnread(id, false)).toMatchObject({ unread: false, preview: 'Come' })
    expect(storage.setSingleUnread(id, true)).toMatchObject({ unread: true })
    const own = put({ direction: 'out', state: 'sent', unread: false })
    expect(storage.setSingleUnread(own.id, true)).toBeUndefined()
  })
})

describe('pages', () => {
  test('go newest first by time, then id, without gap or repetition', () => {
    const times = [5, 3, 5, 1, 4, 5, 2]
    for (const [n, sentAt] of times.entries()) put({ sentAt, body: String(n) })
    const seen: string[] = []
    let before
    for (;;) {
      const page = storage.pageSingles({ before, limit: 2 })
      seen.push(...page.messages.map(({ preview }) => preview))
      const last = page.messages.at(-1)
      if (!page.hasMore || last === undefined) break
      before = { sentAt: last.sentAt, id: last.id }
    }
    expect(seen).toEqual(['5', '2', '0', '4', '1', '6', '3'])
  })

  test('carry the beginning of long bodies, in whole characters', () => {
    put({ body: '𝒳'.repeat(10_000) })
    expect(storage.pageSingles({ limit: 1 }).messages[0]?.preview).toBe('𝒳'.repeat(200))
  })
})

test('what strangers’ unread ones take leaves out contacts, read ones and other accounts', () => {
  const other = storage.insertAccount(sampleAccount({ jid: NURSE })).id
  storage.upsertRosterItem(accountId, sampleItem({ jid: JULIET }), undefined)
  put({ counterpart: NURSE, subject: 'ab', body: 'cde' })
  put({ counterpart: NURSE, subject: '', body: 'read', unread: false })
  put({ counterpart: JULIET })
  put({ accountId: other, counterpart: JULIET })
  expect(storage.loadOfUnreadFrom(accountId, NURSE)).toEqual({ count: 1, size: 5 })
  expect(storage.loadOfUnreadFromStrangers(accountId)).toEqual({ count: 1, size: 5 })
  expect(storage.countUnreadSingles()).toBe(3)
  storage.markAllSinglesRead()
  expect(storage.countUnreadSingles()).toBe(0)
  expect(storage.loadOfUnreadFromStrangers(accountId)).toEqual({ count: 0, size: 0 })
})

test('the outbox holds what is pending, in the order it was written', () => {
  for (const [n, state] of (['pending', 'sent', 'pending', 'failed'] as const).entries())
    put({ direction: 'out', state, unread: false, messageId: `m${n}`, sentAt: 9 - n, thread: { id: 't' } })
  expect(storage.listPendingSingles(accountId)).toStrictEqual([
    {
      counterpart: JULIET,
      messageId: 'm0',
      subject: 'Tonight',
      body: 'Come',
      sentAt: 9,
      thread: { id: 't' },
    },
    {
      counterpart: JULIET,
      messageId: 'm2',
      subject: 'Tonight',
      body: 'Come',
      sentAt: 7,
      thread: { id: 't' },
    },
  ])
})

describe('the feed', () => {
  const news = (change: Partial<NewFeedItem> = {}): NewFeedItem => ({
    accountId,
    kind: 'headline',
    sender: NURSE,
    senderBare: NURSE,
    known: false,
    subject: 's',
    body: 'b',
    source: '',
    sentAt: 1,
    ...change,
  })

  test('gives an item back whole, and its row short', () => {
    const error = { condition: 'gone', text: 't' }
    const body = 'x'.repeat(1000)
    const item = storage.insertFeedItem(news({ kind: 'error', body, error, source: '<message/>' }))
    expect(item).toMatchObject({
      kind: 'error',
      error,
      preview: 'x'.repeat(300),
      occurrences: 1,
      unread: true,
    })
    expect(storage.findFeedItem(item?.id ?? 0)).toMatchObject({ body, source: '<message/>' })
    expect(storage.listFeed()).toStrictEqual([item])
  })

  test.each([
    ['the same id and words', { messageId: '1' }, 1],
    ['the same origin-id', { messageId: '2', originId: 'o', body: 'other' }, 1],
    ['other words', { messageId: '1', body: 'other' }, 2],
    ['another kind', { messageId: '1', kind: 'error' as const }, 2],
    ['no id', {}, 2],
  ])('that comes again with %s', (_what, again, rows) => {
    storage.insertFeedItem(news({ messageId: '1', originId: 'o' }))
    storage.insertFeedItem(news(again))
    expect(storage.listFeed()).toHaveLength(rows)
  })

  test('counts who was turned away in one row a sender, unread again each time', () => {
    const first = storage.countTurnedAway(accountId, NURSE, 5)
    storage.markFeedItemRead(first.id)
    expect(storage.countTurnedAway(accountId, NURSE, 6)).toMatchObject({
      id: first.id,
      occurrences: 2,
      sentAt: 6,
      unread: true,
    })
    expect(storage.countTurnedAway(accountId, JULIET, 7).id).not.toBe(first.id)
  })

  test('is trimmed: a sender’s oldest, then strangers’ oldest, then the oldest', () => {
    const ids = [
      news({ sender: JULIET, senderBare: JULIET, known: true }),
      ...Array.from({ length: 4 }, () => news()),
      news({ sender: JULIET, senderBare: JULIET, known: true }),
    ].map((item) => storage.insertFeedItem(item)?.id)
    expect(storage.trimFeed(accountId, { perSender: 3, perAccount: 10 })).toEqual([ids[1]])
    expect(storage.trimFeed(accountId, { perSender: 3, perAccount: 4 })).toEqual([ids[2]])
    expect(storage.trimFeed(accountId, { perSender: 3, perAccount: 1 })).toHaveLength(3)
    expect(storage.listFeed().map(({ id }) => id)).toEqual([ids[5]])
  })

  test('an account takes all of it along', () => {
    storage.insertFeedItem(news())
    put()
    storage.deleteAccount(accountId)
    expect(storage.listFeed()).toEqual([])
    expect(storage.pageSingles({ limit: 5 }).messages).toEqual([])
  })
})
