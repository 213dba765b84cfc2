import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SearchPage } from '../../src-main/model/search.ts'
import type { WritableDB } from '../../src-main/storage/database.ts'
import { createStorage } from '../../src-main/storage/index.ts'
import { openMemoryDatabase } from '../../src-main/storage/open.ts'
import { prepareIndexing } from '../../src-main/storage/search/indexing.ts'
import { findTerms, parseQuery } from '../../src-main/storage/search/query.ts'
import { prepareSearch } from '../../src-main/storage/search/reading.ts'
import type { SearchQuery } from '../../src-main/storage/search.types.ts'
import type { Storage } from '../../src-main/storage/storage.ts'
import { JULIET, NURSE, received, withConversation } from './samples.ts'

interface Stage {
  readonly db: WritableDB
  readonly storage: Storage
  /** Brings the index up to the messages. */
  index(): void
  search(query: string | (Partial<SearchQuery> & { text: string })): SearchPage
  bodies(query: string | (Partial<SearchQuery> & { text: string })): readonly string[]
}

function setStage(): Stage {
  const db = openMemoryDatabase()
  const storage = createStorage(db)
  const { step } = prepareIndexing(db)
  const prepared = prepareSearch(db)
  const search: Stage['search'] = (query) => {
    const steps = prepared({ limit: 50, ...(typeof query === 'string' ? { text: query } : query) })
    for (;;) {
      const { done, value } = steps.next()
      if (done === true) return value
    }
  }
  return {
    db,
    storage,
    index() {
      while (step()) continue
    },
    search,
    bodies: (query) => search(query).hits.map(({ snippet }) => snippet.text),
  }
}

/** Adds one message a body, a second apart. */
function say(stage: Stage, bodies: readonly string[], counterpart = JULIET): readonly number[] {
  const conversation = withConversation(stage.storage, counterpart)
  return bodies.map((body, index) => {
    const message = stage.storage.insertMessage(received(conversation, { body, sentAt: 1000 * (index + 1) }))
    return message?.id ?? 0
  })
}

/** The words that the index holds now, deleted ones included. */
function indexedWords(db: WritableDB): readonly unknown[] {
  db.exec(
    'CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab (main, message_words, instance)',
  )
  return db.prepare('SELECT term FROM temp.vocabulary ORDER BY doc, offset').pluck().all()
}

describe.each([
  ['before the index is made', false],
  ['from the index', true],
])('%s', (_, indexed) => {
  const filled = (bodies: readonly string[]): Stage => {
    const stage = setStage()
    say(stage, bodies)
    if (indexed) stage.index()
    return stage
  }

  test.each<[string, readonly string[]]>([
    ['light', ['what light', 'Lighten up']],
    ['"light"', ['what light']],
    ['creme', ['Crème brûlée']],
    ['BRÛLÉE', ['Crème brûlée']],
    ['明天', ['我们明天见']],
    ['见', ['看见了', '我们明天见']],
    ['天明', []],
    ['x AND NOT', []],
    ['nothing', []],
    ['***', []],
  ])('%s', (query, expected) => {
    const stage = filled(['Lighten up', 'Crème brûlée', '我们明天见', 'what light', '看见了'])
    expect(new Set(stage.bodies(query))).toStrictEqual(new Set(expected))
  })

  test('the newest is the first, whatever came first, and pages follow each other without gap or double', () => {
    const stage = setStage()
    const conversation = withConversation(stage.storage)
    const places = Array.from({ length: 90 }, (_unused, index) => (index * 37) % 90)
    for (const place of places)
      stage.storage.insertMessage(received(conversation, { body: `word ${place}`, sentAt: place * 1000 }))
    if (indexed) stage.index()
    const seen: string[] = []
    let page = stage.search({ text: 'word', limit: 20 })
    for (;;) {
      seen.push(...page.hits.map(({ snippet }) => snippet.text))
      if (!page.hasMore) break
      page = stage.search({ text: 'word', limit: 20, before: page.hits.at(-1) })
    }
    expect(seen).toStrictEqual(Array.from({ length: 90 }, (_unused, index) => `word ${89 - index}`))
  })

  test('within a conversation: only its own, with their number', () => {
    const stage = filled(['night one', 'day', 'night two'])
    say(stage, ['night of the nurse'], NURSE)
    if (indexed) stage.index()
    const conversationId = withConversation(stage.storage).id
    expect(stage.search({ text: 'night', conversationId, limit: 1 })).toMatchObject({
      hits: [{ snippet: { text: 'night two' } }],
      hasMore: true,
      total: 2,
    })
    expect(stage.bodies({ text: 'night of', conversationId })).toStrictEqual([])
  })

  test('a word that nearly all have is counted to a thousand', () => {
    const stage = filled(
      Array.from({ length: 1300 }, (_unused, index) => (index % 5 === 0 ? 'day' : 'night')),
    )
    if (indexed) stage.index()
    const conversationId = withConversation(stage.storage).id
    const first = stage.search({ text: 'night', conversationId, limit: 700 })
    expect(first).toMatchObject({ hasMore: true, total: 1000, isTotalMore: true })
    const last = first.hits.at(-1)
    const second = stage.search({ text: 'night', conversationId, limit: 700, before: last })
    expect(second.hasMore).toBe(false)
    const ids = [...first.hits, ...second.hits].map(({ id }) => id)
    const all = Array.from({ length: 1300 }, (_unused, index) => 1300 - index)
    expect(ids).toStrictEqual(all.filter((id) => id % 5 !== 1))
    expect(stage.search({ text: 'day', conversationId })).toMatchObject({ total: 260 })
    expect(stage.search({ text: 'day', conversationId })).not.toHaveProperty('isTotalMore')
  })

  test('a hit says who, where and when', () => {
    const stage = filled(['Good night, good night'])
    expect(stage.search('night').hits).toStrictEqual([
      {
        id: 1,
        place: 1_000_000,
        accountId: 1,
        conversationId: 1,
        direction: 'in',
        sender: JULIET,
        sentAt: 1000,
        snippet: {
          text: 'Good night, good night',
          marks: [
            [5, 10],
            [17, 22],
          ],
        },
        found: ['night'],
      },
    ])
  })

  test('a changed body is found by its new words alone', () => {
    const stage = filled(['first version'])
    stage.db.exec(`UPDATE message SET body = 'second thoughts'`)
    expect(stage.bodies('version')).toStrictEqual([])
    expect(stage.bodies('thoughts')).toStrictEqual(['second thoughts'])
    stage.index()
    expect(stage.bodies('version')).toStrictEqual([])
    expect(stage.bodies('thoughts')).toStrictEqual(['second thoughts'])
  })
})

describe('the index', () => {
  test('holds the words of what is there, and of nothing else', () => {
    const stage = setStage()
    const [first = 0] = say(stage, ['wherefore art thou', 'deny thy father', '再见'])
    stage.index()
    expect(indexedWords(stage.db)).toContain('wherefore')
    stage.storage.deleteMessage(first)
    stage.db.exec(`UPDATE message SET body = 'refuse thy name' WHERE body LIKE 'deny%'`)
    expect(stage.db.prepare('SELECT count(*) FROM search_change').pluck().get()).toBe(2)
    stage.index()
    expect(indexedWords(stage.db)).toStrictEqual(['\ue0001', 'refuse', 'thy', 'name', '\ue0001', '再', '见'])
    expect(stage.db.prepare('SELECT * FROM search_change').all()).toStrictEqual([])
  })

  test('loses the words of an account that is removed', () => {
    const stage = setStage()
    say(stage, ['wherefore art thou', 'deny thy father'])
    stage.index()
    stage.storage.deleteAccount(1)
    stage.index()
    expect(indexedWords(stage.db)).toStrictEqual([])
  })

  test('leaves no trace of a deleted text in the pages', () => {
    const stage = setStage()
    const [first = 0] = say(stage, ['xylophone', 'deny thy father'])
    stage.index()
    stage.storage.deleteMessage(first)
    stage.index()
    const pages = stage.db.serialize()
    expect(pages.includes('father')).toBe(true)
    expect(pages.includes('xylophone')).toBe(false)
    expect(pages.includes('ylophone')).toBe(false)
  })

  test('says how far it is', () => {
    const stage = setStage()
    const { step, progress } = prepareIndexing(stage.db)
    expect(progress()).toStrictEqual({ indexed: 0, last: 0 })
    say(
      stage,
      Array.from({ length: 450 }, (_, index) => `line ${index}`),
    )
    expect(progress()).toStrictEqual({ indexed: 0, last: 450 })
    const seen = new Set<number>()
    while (step()) seen.add(progress().indexed)
    expect([...seen]).toStrictEqual([0, 200, 400, 450])
    expect(step()).toBe(false)
  })
})

const WORDS = ['a', 'be', 'bee', 'been', 'café', 'cafe', '你', '好', '你好', 'X', '42']
const text = fc
  .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 6 })
  .map((words) => words.join(' '))
const act = fc.oneof(
  fc.record({
    kind: fc.constant('add' as const),
    body: text,
    at: fc.nat(500),
    who: fc.constantFrom(JULIET, NURSE),
  }),
  fc.record({ kind: fc.constant('change' as const), which: fc.nat(30), body: text }),
  fc.record({ kind: fc.constant('move' as const), which: fc.nat(30), at: fc.nat(500) }),
  fc.record({ kind: fc.constant('delete' as const), which: fc.nat(30) }),
  fc.record({ kind: fc.constant('index' as const), steps: fc.nat(4) }),
)
const query = fc.oneof(
  text.map((words) => words.split(' ').slice(0, 2).join(' ')),
  text.map((words) => `"${words}"`),
)

test('whatever is added, changed, moved, deleted and indexed in between, what is found is what is there', () => {
  fc.assert(
    fc.property(
      fc.array(act, { maxLength: 40 }),
      fc.array(query, { minLength: 1, maxLength: 4 }),
      (acts, queries) => {
        const stage = setStage()
        const { step } = prepareIndexing(stage.db)
        // Both are there, so that an id means the same conversation in every run.
        withConversation(stage.storage, JULIET)
        withConversation(stage.storage, NURSE)
        for (const each of acts) {
          if (each.kind === 'add') {
            const conversation = withConversation(stage.storage, each.who)
            stage.storage.insertMessage(received(conversation, { body: each.body, sentAt: each.at }))
          } else if (each.kind === 'index') {
            for (let done = 0; done < each.steps; done += 1) step()
          } else if (each.kind === 'delete') {
            stage.storage.deleteMessage(each.which)
          } else if (each.kind === 'change') {
            stage.db.prepare('UPDATE message SET body = ? WHERE id = ?').run(each.body, each.which)
          } else {
            stage.db.prepare('UPDATE message SET place = ? WHERE id = ?').run(each.at * 1000, each.which)
          }
        }
        const rows = stage.db
          .prepare<[], { id: number; conversation_id: number; body: string }>(
            'SELECT id, conversation_id, body FROM message ORDER BY place DESC, id DESC',
          )
          .all()
        const check = (): void => {
          for (const typed of queries) {
            const terms = parseQuery(typed)
            const there = rows.filter(({ body }) => findTerms(body, terms) !== undefined)
            expect(stage.search(typed).hits.map(({ id }) => id)).toStrictEqual(there.map(({ id }) => id))
            const here = there.filter(({ conversation_id }) => conversation_id === 1)
            const page = stage.search({ text: typed, conversationId: 1 })
            expect(page.hits.map(({ id }) => id)).toStrictEqual(here.map(({ id }) => id))
            expect(page.total).toBe(here.length)
          }
        }
        check()
        stage.index()
        check()
        expect(new Set(indexedWords(stage.db))).toStrictEqual(
          new Set(
            rows.flatMap(({ conversation_id, body }) => [
              `\ue000${conversation_id}`,
              ...body.split(' ').flatMap(spelled),
            ]),
          ),
        )
      },
    ),
    { numRuns: 60 },
  )
})

function spelled(word: string): readonly string[] {
  if (word === '你好') return ['你', '好']
  return [word.toLowerCase().replace('é', 'e')]
}
