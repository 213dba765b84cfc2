import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { openStorage } from '../../src-main/storage/index.ts'
import { createWorkerSearcher } from '../../src-main/storage/search/beside.ts'
import { SearchCancelled, type Searcher } from '../../src-main/storage/search.types.ts'
import type { Storage } from '../../src-main/storage/storage.ts'
import { startSearchWorker } from '../helpers/search-worker.ts'
import { received, withConversation } from './samples.ts'

let folder: string
let file: string
let workers: Worker[]
const open: { storage: Storage | undefined } = { storage: undefined }
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linnet-search-'))
  file = join(folder, 'linnet.db')
  workers = []
  return async () => {
    await open.storage?.searcher.close()
    open.storage?.close()
    open.storage = undefined
    rmSync(folder, { recursive: true })
  }
})

function start(): Storage {
  const { storage } = openStorage({
    file,
    now: Date.now,
    startSearchWorker(data) {
      const worker = startSearchWorker(data)
      workers.push(worker)
      return worker
    },
  })
  open.storage = storage
  return storage
}

function say(storage: Storage, bodies: readonly string[]): readonly number[] {
  const conversation = withConversation(storage)
  return storage.transaction(() =>
    bodies.map(
      (body, index) => storage.insertMessage(received(conversation, { body, sentAt: index * 1000 }))?.id ?? 0,
    ),
  )
}

const find = async ({ searcher }: { searcher: Searcher }, text: string) =>
  (await searcher.search('me', { text, limit: 50 })).hits.map(({ snippet }) => snippet.text)

/** What the index itself says, through a connection of the test's own. */
function indexed(word: string): number {
  const db = new Sqlite(file, { readonly: true })
  try {
    return db
      .prepare('SELECT count(*) FROM message_words WHERE message_words MATCH ?')
      .pluck()
      .get(word) as number
  } finally {
    db.close()
  }
}

describe('beside the main thread', () => {
  test('what was written is taken out of the log into the file', async () => {
    const storage = start()
    // Less than any connection would do it for by itself.
    say(storage, ['wherefore art thou '.repeat(20_000)])
    const before = statSync(file).size
    storage.searcher.checkpoint()
    await vi.waitFor(() => expect(statSync(file).size).toBeGreaterThan(before + 300_000), 20_000)
  })

  test('what was deleted for good is in no file any more', async () => {
    const storage = start()
    const [told = 0] = say(storage, ['parting is such sweet sorrow'])
    const isKept = (): boolean =>
      [file, `${file}-wal`].some((path) => existsSync(path) && readFileSync(path).includes('sweet sorrow'))
    expect(isKept()).toBe(true)
    storage.deleteMessage(told)
    expect(isKept()).toBe(true)
    storage.searcher.scrub()
    await vi.waitFor(() => expect(isKept()).toBe(false), 20_000)
  })

  test('finds what was just written, and brings it into the index by itself', async () => {
    const storage = start()
    const [first = 0] = say(storage, ['wherefore art thou', '明天见'])
    expect(await find(storage, 'wherefore')).toStrictEqual(['wherefore art thou'])
    expect(await find(storage, '明天')).toStrictEqual(['明天见'])
    await vi.waitFor(() => expect(indexed('wherefore')).toBe(1), 15_000)
    storage.deleteMessage(first)
    expect(await find(storage, 'wherefore')).toStrictEqual([])
    await vi.waitFor(() => expect(indexed('wherefore')).toBe(0), 15_000)
    expect(workers).toHaveLength(1)
  })

  test('one that has died is started again, and nothing is lost', async () => {
    const storage = start()
    say(storage, ['wherefore art thou'])
    await find(storage, 'x')
    // In the same turn, so that it has no time to answer.
    const dead = workers[0]?.terminate()
    const lost = storage.searcher.search('me', { text: 'wherefore', limit: 1 })
    await expect(lost).rejects.toMatchObject({ name: 'StorageError', code: 'other' })
    await dead
    expect(await find(storage, 'wherefore')).toStrictEqual(['wherefore art thou'])
    expect(workers).toHaveLength(2)
  })

  test('a newer search of the same caller ends the older one, another caller does not', async () => {
    const storage = start()
    say(
      storage,
      Array.from({ length: 2500 }, (_, index) => `line ${index}`),
    )
    const other = storage.searcher.search('other', { text: 'line', limit: 1 })
    const older = storage.searcher.search('me', { text: 'line zero', limit: 1 })
    const ended = expect(older).rejects.toBeInstanceOf(SearchCancelled)
    const newer = storage.searcher.search('me', { text: 'line', limit: 1 })
    await ended
    expect((await newer).hits).toHaveLength(1)
    expect((await other).hits).toHaveLength(1)
    const given = expect(
      storage.searcher.search('me', { text: 'line zero', limit: 1 }),
    ).rejects.toBeInstanceOf(SearchCancelled)
    storage.searcher.cancel('me')
    await given
  })

  test('closing ends it, and the database is left in one piece', async () => {
    const storage = start()
    say(storage, ['wherefore art thou'])
    await find(storage, 'wherefore')
    await storage.searcher.close()
    storage.close()
    open.storage = undefined
    await expect(storage.searcher.search('me', { text: 'x', limit: 1 })).rejects.toBeInstanceOf(
      SearchCancelled,
    )
    expect(readdirSync(folder)).toStrictEqual(['linnet.db', 'linnet.db-lock'])
    expect(await find(start(), 'wherefore')).toHaveLength(1)
  })
})

test('a database of before has its history indexed in the background, and says how far it is', async () => {
  const before = openStorage({ file, now: Date.now }).storage
  say(before, ['line 0'])
  before.close()
  const db = new Sqlite(file)
  db.exec(`
    WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 22000)
    INSERT INTO message (account_id, conversation_id, direction, sender, body, sent_at, place, state, unread)
    SELECT account_id, conversation_id, direction, sender, 'line ' || n, n, n * 1000, state, unread FROM message, number`)
  db.close()
  const storage = start()
  const told: (number | undefined)[] = []
  storage.searcher.onIndexing((indexing) => told.push(indexing?.done))
  storage.searcher.touch()
  await vi.waitFor(() => expect(told.length).toBeGreaterThan(0), 30_000)
  expect(await find(storage, '"line 77"')).toStrictEqual(['line 77'])
  await vi.waitFor(() => expect(told.at(-1)).toBeUndefined(), 30_000)
  expect(storage.searcher.indexing()).toBeUndefined()
}, 90_000)

describe('a large database', () => {
  const big = (storage: Storage) =>
    say(
      storage,
      Array.from({ length: 20 }, (_, index) => `${index} `.repeat(500_000)),
    )

  /** Overwrites a page of the texts. */
  function damage(): void {
    const bytes = readFileSync(file)
    const page = Math.floor(bytes.length / 4096 / 2)
    bytes.fill(0xa5, page * 4096, (page + 20) * 4096)
    writeFileSync(file, bytes)
  }

  test('is not looked at whole when it opens; damage is found in the background, and the next start sets it aside', async () => {
    const { storage } = openStorage({ file, now: Date.now })
    big(storage)
    storage.close()
    damage()
    const later = start()
    expect(await later.searcher.check()).toBe(false)
    await later.searcher.close()
    later.close()
    open.storage = undefined
    const { storage: fresh, setAside } = openStorage({ file, now: Date.now })
    open.storage = fresh
    expect(setAside).toBeDefined()
    expect(existsSync(setAside ?? '')).toBe(true)
    expect(fresh.listAccounts()).toStrictEqual([])
  })

  test('that fails while it is used is looked at whole by the next start', () => {
    const { storage } = openStorage({ file, now: Date.now })
    big(storage)
    storage.close()
    damage()
    const again = openStorage({ file, now: Date.now })
    expect(again.setAside).toBeUndefined()
    const conversation = again.storage.listConversations()[0]?.id ?? 0
    expect(() => again.storage.pageMessages({ conversationId: conversation, limit: 200 })).toThrow(
      expect.objectContaining({ code: 'damaged' }),
    )
    again.storage.close()
    const { storage: fresh, setAside } = openStorage({ file, now: Date.now })
    open.storage = fresh
    expect(setAside).toBeDefined()
  })

  test('whose last look is unknown is looked at whole', () => {
    const { storage } = openStorage({ file, now: Date.now })
    big(storage)
    storage.close()
    damage()
    rmSync(`${file}-lock`)
    const { storage: fresh, setAside } = openStorage({ file, now: Date.now })
    open.storage = fresh
    expect(setAside).toBeDefined()
  })
})

test('a worker with nothing to do is ended, and there is another when it is wanted', async () => {
  const storage = start()
  say(storage, ['wherefore art thou'])
  let ended = 0
  let started = 0
  const startCounted = (data: Parameters<typeof startSearchWorker>[0]): Worker => {
    started += 1
    return startSearchWorker(data).once('exit', () => (ended += 1))
  }
  const searcher = createWorkerSearcher(file, startCounted, 100)
  expect(await find({ searcher }, 'wherefore')).toStrictEqual(['wherefore art thou'])
  await vi.waitFor(() => expect(ended).toBe(1), 20_000)
  expect(await find({ searcher }, 'wherefore')).toStrictEqual(['wherefore art thou'])
  expect(started).toBe(2)
  await searcher.close()
  expect(ended).toBe(2)
})

test('a worker that cannot start answers with an error', async () => {
  const searcher = createWorkerSearcher(join(folder, 'nowhere', 'linnet.db'), startSearchWorker)
  await expect(searcher.search('me', { text: 'x', limit: 1 })).rejects.toMatchObject({ code: 'other' })
  await searcher.close()
})
