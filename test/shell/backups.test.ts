/** A backup that is given up while its thread works: no failure, and nothing of it is left. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createHeader } from '../../src-main/domain/backup/header.ts'
import { createBackups, type Backups } from '../../src-main/shell/backups.ts'

let folder: string
let target: string
let copy: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linnet-backups-'))
  target = join(folder, 'all.linnet-backup')
  copy = join(folder, 'linnet.sqlite.copy')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** `script`: what the thread does in place of a backup. */
function backupsBy(script: string, onProgress: () => unknown): Backups {
  return createBackups({
    startWorker: () => new Worker(script, { eval: true }),
    files: {
      chooseTarget: () => Promise.resolve(target),
      chooseSource: () => Promise.resolve(target),
    },
    paths: { database: join(folder, 'linnet.sqlite'), restored: join(folder, 'restored') },
    events: { emit: () => void onProgress() },
    version: '0',
    now: Date.now,
  })
}

const TELLS = "require('node:worker_threads').parentPort.postMessage({ kind: 'progress', done: 0.5 });"

test('given up', async () => {
  let begun = false
  const backups = backupsBy(`${TELLS} setInterval(() => {}, 1000)`, () => (begun = true))
  const outcome = backups.create(1, 'correct horse')
  await expect.poll(() => begun, { timeout: 20_000 }).toBe(true)
  for (const left of [copy, `${target}.part`]) writeFileSync(left, 'half')
  backups.cancel()
  expect(await outcome).toEqual({ kind: 'cancelled' })
  expect([copy, `${target}.part`].filter((left) => existsSync(left))).toEqual([])
})

test('a restore that is given up: what was read so far is gone, all else is as it was', async () => {
  let begun = false
  writeFileSync(target, createHeader('correct horse', { log2N: 14, r: 8, p: 1 }).bytes)
  writeFileSync(join(folder, 'linnet.sqlite'), 'what is here')
  const backups = backupsBy(`${TELLS} setInterval(() => {}, 1000)`, () => (begun = true))
  await backups.choose(1)
  const outcome = backups.restore('correct horse')
  await expect.poll(() => begun, { timeout: 20_000 }).toBe(true)
  mkdirSync(join(folder, 'restored'))
  writeFileSync(join(folder, 'restored', 'database.sqlite'), 'half')
  backups.cancel()
  expect(await outcome).toEqual({ kind: 'cancelled' })
  expect(readdirSync(folder).sort()).toEqual(['all.linnet-backup', 'linnet.sqlite'])
})

test('ended by itself without a word is a failure', async () => {
  const backups = backupsBy(TELLS, () => undefined)
  await expect(backups.create(1, 'correct horse')).rejects.toThrow('ended')
})

test('what a killed run left beside the database goes at the next start', () => {
  for (const part of ['', '-journal', '-wal']) writeFileSync(`${copy}${part}`, 'half')
  backupsBy('', () => undefined)
  expect(['', '-journal', '-wal'].filter((part) => existsSync(`${copy}${part}`))).toEqual([])
})
