import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { BareJid } from '../../src-main/model/jid.ts'
import type { SearchHit, SearchPage } from '../../src-main/model/search.ts'
import { markedParts } from '../../src-renderer/components/search/marked-parts.ts'
import { findAll } from '../../src-renderer/components/search/marks.ts'
import type { Client } from '../../src-renderer/bridge.ts'
import { SearchStore } from '../../src-renderer/stores/search.svelte.ts'
import { WordSearch, type FindWords } from '../../src-renderer/stores/word-search.svelte.ts'

const hit = (id: number): SearchHit => ({
  ...{ id, place: id * 1000, accountId: 1, conversationId: 1, direction: 'in', sentAt: id },
  sender: 'juliet@capulet.example' as BareJid,
  snippet: { text: 'night', marks: [[0, 5]] },
  found: ['night'],
})

describe('a search for words', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  /** Answers when the test says so. */
  function stage() {
    const asked: { query: Parameters<FindWords>[0]; answer: (page: SearchPage | Error) => void }[] = []
    const search = new WordSearch(
      (query) =>
        new Promise((resolve, reject) => {
          asked.push({ query, answer: (page) => (page instanceof Error ? reject(page) : resolve(page)) })
        }),
    )
    return { asked, search, settle: (ms = 500) => vi.advanceTimersByTimeAsync(ms) }
  }

  test('waits until the typing pauses, and shows what was found for what stands there', async () => {
    const { asked, search, settle } = stage()
    for (const text of ['n', 'ni', 'nig']) search.type(text)
    expect(search.phase).toBe('searching')
    await settle()
    search.type('night')
    await settle()
    expect(asked.map(({ query }) => query.text)).toStrictEqual(['nig', 'night'])
    asked[1]?.answer({ hits: [hit(2)], hasMore: false, total: 1 })
    asked[0]?.answer({ hits: [hit(1)], hasMore: true })
    await settle()
    expect(search).toMatchObject({ phase: 'done', hits: [{ id: 2 }], hasMore: false, total: 1 })
    search.type(' ')
    expect(search).toMatchObject({ phase: 'idle', hits: [], total: undefined })
    await settle()
    expect(asked).toHaveLength(2)
  })

  test('is ended when nobody waits for it any more', async () => {
    const asked: string[] = []
    const invoke = (name: string): Promise<unknown> => {
      asked.push(name)
      return name === 'search.find' ? Promise.resolve({ hits: [], hasMore: false }) : Promise.resolve()
    }
    const store = new SearchStore({ invoke } as unknown as Client)
    store.all.type('night')
    await vi.advanceTimersByTimeAsync(500)
    store.close()
    expect(asked).toStrictEqual(['search.find'])
    store.all.type('day')
    store.close()
    expect(asked).toStrictEqual(['search.find', 'search.cancel'])
  })

  test('goes on behind its last hit, once at a time, and not when the words have changed', async () => {
    const { asked, search, settle } = stage()
    search.type('night')
    await settle()
    asked[0]?.answer({ hits: [hit(9), hit(8)], hasMore: true })
    await settle()
    void search.loadMore()
    void search.loadMore()
    expect(asked).toHaveLength(2)
    expect(asked[1]?.query).toMatchObject({ text: 'night', before: { place: 8000, id: 8 } })
    asked[1]?.answer({ hits: [hit(7)], hasMore: true })
    await settle()
    expect(search.hits.map(({ id }) => id)).toStrictEqual([9, 8, 7])
    void search.loadMore()
    search.type('day')
    asked[2]?.answer({ hits: [hit(6)], hasMore: false })
    await settle()
    asked[3]?.answer({ hits: [], hasMore: false })
    await settle()
    expect(search).toMatchObject({ phase: 'done', hits: [] })
  })

  test('that fails says so, and can be tried again', async () => {
    const { asked, search, settle } = stage()
    search.type('night')
    await settle()
    asked[0]?.answer(new Error('no'))
    await settle()
    expect(search).toMatchObject({ phase: 'failed', hits: [] })
    void search.search()
    asked[1]?.answer({ hits: [hit(1)], hasMore: false })
    await settle()
    expect(search).toMatchObject({ phase: 'done', hits: [{ id: 1 }] })
  })
})

test('a snippet is cut at its marks', () => {
  expect(
    markedParts({
      text: 'good night, night',
      marks: [
        [5, 10],
        [12, 17],
      ],
    }),
  ).toStrictEqual([
    { text: 'good ', marked: false },
    { text: 'night', marked: true },
    { text: ', ', marked: false },
    { text: 'night', marked: true },
  ])
  expect(markedParts({ text: '', marks: [] })).toStrictEqual([])
})

test('words in the log are marked where they begin a word, or need no space', () => {
  expect(findAll('tonight night nightly', ['night'])).toStrictEqual([
    [8, 13],
    [14, 19],
  ])
  expect(findAll('我们明天见', ['明天'])).toStrictEqual([[2, 4]])
  expect(findAll('x明天', ['明天'])).toStrictEqual([[1, 3]])
  expect(findAll('nothing', ['night'])).toStrictEqual([])
})
