import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { beforeEach, describe, expect, test } from 'vitest'
import { openStorage } from '../../src-main/storage/index.ts'
import { MIGRATIONS } from '../../src-main/storage/migrate.ts'
import { received, sampleAccount, withConversation } from './samples.ts'

const NOW = Date.UTC(2026, 0, 31, 23, 59, 59, 500)
const ASIDE = 'linnet.db.damaged-20260131T235959Z'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linnet-storage-'))
  file = join(folder, 'linnet.db')
  return () => rmSync(folder, { recursive: true })
})

const open = () => openStorage({ file, now: () => NOW })

/** A closed database with this many messages. */
function fill(count: number): void {
  const { storage } = open()
  const conversation = withConversation(storage)
  storage.transaction(() => {
    for (let index = 0; index < count; index += 1)
      storage.insertMessage(received(conversation, { body: `line ${index}` }))
  })
  storage.close()
}

/** Opens what must be damaged; the fresh database must work and the old bytes must be there. */
function expectSetAside(before: Buffer): void {
  const { storage, setAside } = open()
  expect(setAside).toBe(join(folder, ASIDE))
  expect(storage.listAccounts()).toStrictEqual([])
  expect(storage.insertAccount(sampleAccount()).id).toBe(1)
  storage.close()
  expect(readFileSync(join(folder, ASIDE)).equals(before)).toBe(true)
  const again = open()
  expect(again.setAside).toBeUndefined()
  expect(again.storage.listAccounts()).toHaveLength(1)
  again.storage.close()
}

describe('a healthy database', () => {
  test('is made with its folder, and keeps what was written', () => {
    file = join(folder, 'not', 'there', 'yet', 'linnet.db')
    const first = open()
    expect(first).not.toHaveProperty('setAside')
    const account = first.storage.insertAccount(sampleAccount())
    first.storage.close()
    const second = open()
    expect(second.storage.listAccounts()).toStrictEqual([account])
    second.storage.close()
    expect(readdirSync(dirname(file))).toStrictEqual(['linnet.db', 'linnet.db-lock'])
  })

  test('is read and written by its owner alone, the files beside it too', () => {
    const umask = process.umask(0)
    try {
      const { storage } = open()
      storage.insertAccount(sampleAccount())
      const modes = readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o777])
      expect(modes).toStrictEqual([
        ['linnet.db', 0o600],
        ['linnet.db-lock', 0o600],
        ['linnet.db-shm', 0o600],
        ['linnet.db-wal', 0o600],
      ])
      storage.close()
      chmodSync(file, 0o644)
      open().storage.close()
      expect(statSync(file).mode & 0o777).toBe(0o600)
    } finally {
      process.umask(umask)
    }
  })

  test('writes to disk before it goes on, checks references and wipes what is deleted', () => {
    const { storage } = open()
    const conversation = withConversation(storage)
    const message = storage.insertMessage(received(conversation, { body: 'wherefore art thou' }))
    storage.close()
    expect(readFileSync(file).includes('wherefore')).toBe(true)
    const second = open().storage
    second.deleteMessage(message?.id ?? 0)
    second.close()
    expect(readFileSync(file).includes('wherefore')).toBe(false)
    expect(readFileSync(file).readUInt8(18)).toBe(2) // WAL
  })

  test('an empty file is a new one', () => {
    writeFileSync(file, '')
    const { storage, setAside } = open()
    expect(setAside).toBeUndefined()
    expect(storage.listAccounts()).toStrictEqual([])
    storage.close()
  })
})

describe('a newer database', () => {
  test('is refused and not touched', () => {
    fill(3)
    const db = new Sqlite(file)
    db.pragma(`user_version = ${MIGRATIONS.length + 1}`)
    db.close()
    chmodSync(file, 0o640)
    const before = readFileSync(file)
    const { mtimeMs, mode } = statSync(file)
    expect(open).toThrow(expect.objectContaining({ name: 'StorageError', code: 'newer' }))
    expect(readFileSync(file).equals(before)).toBe(true)
    expect(statSync(file)).toMatchObject({ mtimeMs, mode })
    expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toStrictEqual([])
  })
})

describe('a damaged database is set aside with its bytes', () => {
  test.each<[string, Buffer]>([
    ['words', Buffer.from('But soft, what light through yonder window breaks?')],
    ['zeros, as after a power cut', Buffer.alloc(8192)],
    ['a header and nothing else', Buffer.from('SQLite format 3\0')],
    ['two bytes', Buffer.from('xy')],
    ['noise', Buffer.from(Array.from({ length: 20_000 }, (_, index) => (index * 7919 + (index >> 3)) & 255))],
  ])('%s', (_, bytes) => {
    writeFileSync(file, bytes)
    expectSetAside(bytes)
  })

  test.each([100, 1000, 4096, 4097, 40_960, 100_000])('cut off after %d bytes', (length) => {
    fill(2000)
    expect(statSync(file).size).toBeGreaterThan(120_000)
    truncateSync(file, length)
    expectSetAside(readFileSync(file))
  })

  test.each([1, 3, 10, 'of messages'])('page %s overwritten', (which) => {
    fill(2000)
    const bytes = readFileSync(file)
    const page = typeof which === 'number' ? which : Math.floor(bytes.indexOf('line 1000') / 4096)
    bytes.fill(0xa5, page * 4096 + 8, page * 4096 + 600)
    writeFileSync(file, bytes)
    expectSetAside(bytes)
  })

  test('with the write-ahead log of the last run', () => {
    writeFileSync(file, 'not a database')
    writeFileSync(`${file}-wal`, 'the latest messages')
    const { storage, setAside } = open()
    storage.close()
    expect(setAside).toBe(join(folder, ASIDE))
    expect(readFileSync(`${setAside}-wal`, 'utf8')).toBe('the latest messages')
    expect(existsSync(`${file}-wal`)).toBe(false)
  })

  test('twice within a second: neither replaces the other', () => {
    writeFileSync(file, 'first')
    open().storage.close()
    writeFileSync(file, 'second')
    const { storage, setAside } = open()
    storage.close()
    expect(basename(setAside ?? '')).toBe(`${ASIDE}-2`)
    expect(readFileSync(join(folder, ASIDE), 'utf8')).toBe('first')
    expect(readFileSync(join(folder, `${ASIDE}-2`), 'utf8')).toBe('second')
  })
})

test('a place that cannot hold a database is StorageError other', () => {
  mkdirSync(file)
  expect(open).toThrow(expect.objectContaining({ name: 'StorageError', code: 'other' }))
  writeFileSync(join(folder, 'blocked'), '')
  file = join(folder, 'blocked', 'linnet.db')
  expect(open).toThrow(expect.objectContaining({ name: 'StorageError', code: 'other' }))
})
