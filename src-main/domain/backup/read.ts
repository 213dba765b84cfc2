/**
 * Reads a backup into a folder beside the profile's files, and leaves it there ready only when all of it was whole. Runs in a worker, so
 * it may block.
 */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs'
import { settleRestored } from '../../storage/restored.ts'
import { SEALED_BYTES, unseal } from './chunks.ts'
import { checkBeginning, HEADER_BYTES, openHeader } from './header.ts'
import { BackupRefused } from './refused.ts'
import { markReady, stagedDatabase } from './staged.ts'
import { partsOf, writeAll, type Manifest } from './write.ts'

const MAX_MANIFEST_BYTES = 16 * 1024

export interface RestoreInput {
  readonly source: string
  /** It must not be there, or hold what an earlier try has left. */
  readonly folder: string
  readonly password: string
  /** Epoch milliseconds. */
  readonly now: number
}

/** Throws BackupRefused 'foreign', 'newer', 'damaged', and what the file system throws. */
export function checkBackup(source: string): void {
  checkBeginning(beginningOf(source))
}

/** Throws BackupRefused, StorageError 'newer', and what SQLite and the file system throw; the folder is gone then. */
export function readBackup(
  { source, folder, password, now }: RestoreInput,
  onProgress: (done: number) => void,
): void {
  rmSync(folder, { recursive: true, force: true })
  try {
    const header = openHeader(beginningOf(source), password)
    mkdirSync(folder, { mode: 0o700 })
    const database = stagedDatabase(folder)
    const all = statSync(source).size
    let read = 0
    const sealed = counted(partsOf(source, SEALED_BYTES, HEADER_BYTES), (bytes) => {
      read += bytes
      onProgress((0.9 * read) / all)
    })
    unpack(unseal(sealed, header), database)
    settleRestored(database)
    markReady(folder, now)
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

function beginningOf(source: string): Buffer {
  const [beginning] = partsOf(source, HEADER_BYTES)
  return beginning ?? Buffer.alloc(0)
}

function* counted(parts: Iterable<Buffer>, count: (bytes: number) => void): Generator<Buffer> {
  for (const part of parts) {
    count(part.length)
    yield part
  }
}

/** Exactly as many bytes as were announced. */
function unpack(plain: Generator<Buffer>, database: string): void {
  const { manifest, rest } = readManifest(plain)
  const file = openSync(database, 'wx', 0o600)
  try {
    let left = manifest.databaseBytes
    const write = (part: Buffer): void => {
      left -= part.length
      if (left < 0) throw new BackupRefused('damaged')
      writeAll(file, part)
    }
    write(rest)
    for (const part of plain) write(part)
    if (left !== 0) throw new BackupRefused('damaged')
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** It fits into the first chunk. */
function readManifest(plain: Generator<Buffer>): { readonly manifest: Manifest; readonly rest: Buffer } {
  const first = plain.next()
  const chunk = first.done === true ? Buffer.alloc(0) : first.value
  const length = chunk.length < 4 ? 0 : chunk.readUInt32BE(0)
  if (length === 0 || length > MAX_MANIFEST_BYTES || chunk.length < 4 + length)
    throw new BackupRefused('damaged')
  const manifest = parseManifest(chunk.toString('utf8', 4, 4 + length))
  return { manifest, rest: chunk.subarray(4 + length) }
}

/** Whoever has the password may have written anything. */
function parseManifest(json: string): Manifest {
  let value: Partial<Record<keyof Manifest, unknown>> | null
  try {
    value = JSON.parse(json) as typeof value
  } catch {
    throw new BackupRefused('damaged')
  }
  if (value?.format !== 'linnet-profile') throw new BackupRefused('foreign')
  if (typeof value.version === 'number' && value.version > 1) throw new BackupRefused('newer')
  const isWhole = value.version === 1 && Number.isSafeInteger(value.databaseBytes)
  if (!isWhole) throw new BackupRefused('damaged')
  return value as Manifest
}

/** What a try that was ended has left. */
export function dropStaged(folder: string): void {
  if (existsSync(folder)) rmSync(folder, { recursive: true, force: true })
}
