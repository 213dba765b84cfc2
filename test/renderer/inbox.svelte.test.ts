/** The Inbox and the feed of notices in a window's memory, and what replies and languages are made of. */
import { describe, expect, test, vi } from 'vitest'
import type { AppEvent } from '../../src-main/contract/events.ts'
import type { FeedSummary, SingleSummary } from '../../src-main/model/inbox.ts'
import type { AppEventName, AppEvents } from '../../src-main/model/events.ts'
import { createTranslator } from '../../src-main/text/text.ts'
import type { Client } from '../../src-renderer/bridge.ts'
import {
  inLanguage,
  languageEntries,
  versionsOf,
} from '../../src-renderer/components/message/language-menu.ts'
import { quotation, replySubject } from '../../src-renderer/screens/inbox/reply.ts'
import { isOwnServer, looksLikeDomain } from '../../src-renderer/stores/address.ts'
import { FeedStore } from '../../src-renderer/stores/feed.svelte.ts'
import { InboxStore } from '../../src-renderer/stores/inbox.svelte.ts'
import { jid, makeSnapshot } from './make.ts'

const t = createTranslator('en')

function single(id: number, part: Partial<SingleSummary> = {}): SingleSummary {
  return {
    ...{ id, accountId: 1, direction: 'in', counterpart: jid('juliet@capulet.example'), subject: `s${id}` },
    ...{ preview: '', sentAt: id * 1000, state: 'received', unread: true },
    ...part,
  }
}

function item(id: number, part: Partial<FeedSummary> = {}): FeedSummary {
  return {
    ...{ id, accountId: 1, kind: 'headline', sender: jid('capulet.example'), subject: '', preview: '' },
    ...{ occurrences: 1, sentAt: 0, unread: true },
    ...part,
  }
}

function event<N extends AppEventName>(name: N, payload: AppEvents[N]): AppEvent {
  return { seq: 11, name, payload } as AppEvent
}

const ids = (list: readonly { readonly id: number }[]) => list.map(({ id }) => id)

describe('the Inbox', () => {
  function start(hasMore = false) {
    const store = new InboxStore()
    store.start(makeSnapshot({ inbox: { messages: [single(9), single(7)], hasMore, unreadCount: 2 } }))
    return store
  }

  test('is newest first, and follows what is told', () => {
    const store = start()
    store.apply(event('single.added', { message: single(8) }))
    store.apply(event('single.changed', { message: single(7, { unread: false }) }))
    store.apply(event('single.changed', { message: single(99) }))
    store.apply(event('single.removed', { messageId: 9 }))
    store.apply(event('inbox.unreadChanged', { unreadCount: 1 }))
    expect(ids(store.list)).toEqual([8, 7])
    expect([store.find(7)?.unread, store.unreadCount]).toEqual([false, 1])
    store.apply(event('single.allRead', {}))
    expect(store.list.some(({ unread }) => unread)).toBe(false)
    store.apply(event('account.removed', { accountId: 1 }))
    expect(store.list).toEqual([])
  })

  test('leaves what is older than its pages to its page', async () => {
    const store = start(true)
    store.apply(event('single.added', { message: single(3) }))
    expect(ids(store.list)).toEqual([9, 7])
    const invoke = vi.fn(() => Promise.resolve({ messages: [single(5), single(3)], hasMore: false }))
    const client = { invoke } as unknown as Client
    await Promise.all([store.loadMore(client), store.loadMore(client)])
    expect(invoke.mock.calls).toEqual([['single.page', { before: { sentAt: 7000, id: 7 }, limit: 100 }]])
    expect(ids(store.list)).toEqual([9, 7, 5, 3])
    await store.loadMore(client)
    expect(invoke).toHaveBeenCalledOnce()
  })

  test('tries again after a page that failed', async () => {
    const store = start(true)
    const invoke = vi
      .fn()
      .mockRejectedValueOnce(new Error('x'))
      .mockResolvedValue({ messages: [], hasMore: false })
    const client = { invoke } as unknown as Client
    await store.loadMore(client)
    await store.loadMore(client)
    expect([invoke.mock.calls.length, store.hasMore]).toEqual([2, false])
  })
})

test('the feed puts new ones first and changed ones where they are', () => {
  const store = new FeedStore()
  store.start(makeSnapshot({ feed: [item(2), item(1)] }))
  store.apply(event('feed.put', { item: item(3) }))
  store.apply(event('feed.put', { item: item(1, { unread: false }) }))
  expect([ids(store.list), store.unreadCount]).toEqual([[3, 2, 1], 2])
  store.apply(event('feed.removed', { itemIds: [2, 1] }))
  expect(ids(store.list)).toEqual([3])
  store.apply(event('account.removed', { accountId: 1 }))
  expect(store.list).toEqual([])
})

describe('a reply', () => {
  test.each([
    ['The wedding', 'Re: The wedding'],
    ['Re: The wedding', 'Re: The wedding'],
    ['RE : x', 'RE : x'],
    ['回复：今晚', '回复：今晚'],
    ['Report: x', 'Re: Report: x'],
    ['two\n lines', 'Re: two lines'],
    [' ', ''],
  ])('to %j is about %j', (subject, expected) => {
    expect(replySubject(t, subject)).toBe(expected)
  })

  test('is never longer than a subject may be', () => {
    expect(replySubject(t, 'x'.repeat(4096))).toHaveLength(1024)
  })

  test('quotes each line, and quotes quotes deeper', () => {
    expect(quotation(t, 'Juliet', 'one\n> two\n')).toBe('Juliet wrote:\n> one\n>> two\n> \n\n')
  })
})

describe('languages', () => {
  const text = {
    subject: 'Hello',
    body: 'Good night',
    languages: {
      shown: 'en',
      others: [
        { lang: 'de', body: 'Gute Nacht' },
        { lang: '', body: '?' },
      ],
    },
  }

  test('each can be shown, and the first again', () => {
    expect(versionsOf(text).map(({ lang }) => lang)).toEqual(['en', 'de', ''])
    expect(inLanguage(text, undefined)).toBe(text)
    expect(inLanguage(text, 1)).toMatchObject({ subject: 'Hello', body: 'Gute Nacht' })
    expect(inLanguage(text, 0)).toMatchObject({ body: 'Good night' })
  })

  test('all but the one on screen are offered by their names', () => {
    const labels = (index: number | undefined) =>
      languageEntries(t, text, index, () => undefined).map((entry) => entry !== 'separator' && entry.label)
    expect(labels(undefined)).toEqual(['Show in German', 'Show in the language that is not named'])
    expect(labels(1)).toEqual(['Show in English', 'Show in the language that is not named'])
    expect(languageEntries(t, { body: 'x' }, undefined, () => undefined)).toEqual([])
  })

  test('a tag that is no language is its own name', () => {
    const odd = { body: 'x', languages: { shown: 'en', others: [{ lang: 'x-klingon', body: 'y' }] } }
    expect(languageEntries(t, odd, undefined, () => undefined)).toMatchObject([
      { label: 'Show in x-klingon' },
    ])
  })
})

test.each([
  ['capulet.example', true],
  ['capulet.example/announce', true],
  ['juliet@capulet.example', false],
  ['evil-capulet.example', false],
])('whether %s is the own server', (sender, expected) => {
  const accounts = [{ id: 1, jid: 'romeo@capulet.example' }]
  expect(isOwnServer(accounts, 1, sender)).toBe(expected)
  expect(isOwnServer(accounts, 2, sender)).toBe(false)
})

test('a domain is an address to write to, a name is none', () => {
  expect(['icq.example.org', 'localhost', '例子.测试'].map(looksLikeDomain)).toEqual([true, true, true])
  expect(['romeo', 'a b.example', '.', 'x.'].map(looksLikeDomain)).toEqual([false, false, false, false])
})
