import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { beforeEach, describe, expect, test } from 'vitest'
import { createStorage, openStorage } from '../../src-main/storage/index.ts'
import { openDatabase, openMemoryDatabase } from '../../src-main/storage/open.ts'
import { received, sampleAccount, withConversation } from './samples.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linnet-storage-'))
  file = join(folder, 'linnet.db')
  return () => rmSync(folder, { recursive: true })
})

const open = () => openStorage({ file, now: Date.now })
const writer = (): ChildProcess =>
  spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'writer.ts'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
const linesOf = (child: ChildProcess) => createInterface({ input: child.stdout ?? process.stdin })

describe('one writer', () => {
  test('a second process is refused with locked, and the first goes on', async () => {
    const { storage } = open()
    const child = writer()
    const [line] = await Promise.all([once(linesOf(child), 'line'), once(child, 'exit')])
    expect(line).toStrictEqual(['locked'])
    expect(storage.insertAccount(sampleAccount()).id).toBe(1)
    storage.close()
  })

  test('a second one in this process too; the lock goes with the first', () => {
    const { storage } = open()
    const before = readFileSync(file)
    expect(open).toThrow(expect.objectContaining({ name: 'StorageError', code: 'locked' }))
    expect(readFileSync(file).equals(before)).toBe(true)
    storage.close()
    open().storage.close()
  })
})

test('kill -9 while it writes: every message that was said to be stored is there, and the file is whole', async () => {
  for (const lines of [1, 40, 150]) {
    const child = writer()
    const stored: number[] = []
    for await (const line of linesOf(child)) {
      if (line !== 'open') stored.push(Number(line))
      if (stored.length === lines) child.kill('SIGKILL')
    }
    const { storage, setAside } = open()
    expect(setAside).toBeUndefined()
    for (const id of stored) expect(storage.findMessage(id)).toBeDefined()
    const [conversation] = storage.listConversations()
    const { messages } = storage.pageMessages({ conversationId: conversation?.id ?? 0, limit: 1e6 })
    expect(conversation?.unreadCount).toBe(messages.length)
    expect(messages.length).toBeGreaterThanOrEqual(stored.length)
    storage.close()
  }
})

describe('a full disk', () => {
  test('is StorageError disk-full; what was there stays, and it goes on once there is room', () => {
    const { db } = openDatabase(file, Date.now)
    const storage = createStorage(db)
    const conversation = withConversation(storage)
    const kept = storage.insertMessage(received(conversation, { body: 'kept' }))
    db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true }))}`)
    const big = received(conversation, { body: 'x'.repeat(100_000), sentAt: 2000, unread: true })
    const diskFull: unknown = expect.objectContaining({ name: 'StorageError', code: 'disk-full' })
    expect(() => storage.insertMessage(big)).toThrow(diskFull)
    expect(() => storage.setDraft(conversation.id, big.body)).toThrow(diskFull)
    expect(() =>
      storage.transaction(() => {
        storage.deleteMessage(kept?.id ?? 0)
        storage.insertMessage(big)
      }),
    ).toThrow(diskFull)
    expect(storage.findConversation(conversation.id)).toMatchObject({
      last: { body: 'kept' },
      unreadCount: 0,
      draft: '',
    })
    db.pragma('max_page_count = 100000')
    expect(storage.insertMessage(big)).toBeDefined()
    storage.close()
  })
})

test('damage that shows only later is StorageError damaged, and the next start sets the file aside', () => {
  const first = open().storage
  const conversation = withConversation(first)
  first.transaction(() => {
    for (let index = 0; index < 2000; index += 1)
      first.insertMessage(received(conversation, { body: `line ${index}` }))
  })
  first.close()
  const { db } = openDatabase(file, Date.now)
  const storage = createStorage(db)
  const bytes = readFileSync(file)
  bytes.fill(0xa5, 20 * 4096)
  writeFileSync(file, bytes)
  db.pragma('shrink_memory')
  expect(() => storage.pageMessages({ conversationId: conversation.id, limit: 3000 })).toThrow(
    expect.objectContaining({ name: 'StorageError', code: 'damaged' }),
  )
  storage.close()
  const next = open()
  expect(next.setAside).toMatch(/linnet\.db\.damaged-\d{8}T\d{6}Z$/)
  next.storage.close()
})

describe('transactions', () => {
  test('are all or nothing, nested ones too, and pass on an error of the body as it is', () => {
    const storage = createStorage(openMemoryDatabase())
    const conversation = withConversation(storage)
    const error = new Error('of the body')
    const attempt = () =>
      storage.transaction(() => {
        storage.insertMessage(received(conversation))
        expect(() => storage.transaction(() => storage.insertAccount(sampleAccount()))).toThrow(/UNIQUE/)
        expect(storage.findConversation(conversation.id)?.last).toBeDefined()
        throw error
      })
    expect(attempt).toThrow(error)
    expect(storage.findConversation(conversation.id)).not.toHaveProperty('last')
    expect(storage.transaction(() => 7)).toBe(7)
  })
})

test('a slow function is told of by name, a quick one is not', () => {
  const db = openMemoryDatabase()
  const slow: [string, number][] = []
  const storage = createStorage(db, { onSlow: (name, ms) => slow.push([name, ms]) })
  const conversation = withConversation(storage)
  expect(slow).toStrictEqual([])
  db.function('wait', () => {
    for (const until = performance.now() + 60; performance.now() < until;);
    return 1
  })
  db.exec('CREATE TEMP TRIGGER slow AFTER UPDATE OF draft ON main.conversation BEGIN SELECT wait(); END')
  storage.setDraft(conversation.id, 'x')
  expect(slow).toStrictEqual([['setDraft', expect.any(Number)]])
  expect(slow[0]?.[1]).toBeGreaterThanOrEqual(60)
})
