/** Writes a backup: the database as it is at one moment, sealed. Runs in a worker, so it may block. */
import { closeSync, fsyncSync, openSync, readSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { copyDatabase } from '../../storage/snapshot.ts'
import { CHUNK_BYTES, seal } from './chunks.ts'
import { createHeader, type Cost } from './header.ts'

export interface BackupInput {
  readonly database: string
  readonly target: string
  /** For a copy of the database on its way; its folder is as private as that of the database. */
  readonly copy: string
  readonly password: string
  readonly version: string
  /** Epoch milliseconds. */
  readonly createdAt: number
  /** Of a guess at the password, for tests. */
  readonly cost?: Cost
}

/** Before the database there are four bytes that say how long this is, then this as JSON. */
export interface Manifest {
  readonly format: 'linnet-profile'
  readonly version: 1
  readonly createdAt: string
  /** Of Linnet. */
  readonly madeBy: string
  readonly databaseBytes: number
}

/** Half of the way is the copy. Whole or not at all; throws what SQLite and the file system throw. */
export async function writeBackup(input: BackupInput, onProgress: (done: number) => void): Promise<void> {
  const { database, copy, target, password } = input
  const draft = `${target}.part`
  try {
    await copyDatabase(database, copy, (done) => onProgress(done / 2))
    onProgress(0.5)
    const header = createHeader(password, input.cost)
    const file = openSync(draft, 'w', 0o600)
    try {
      writeAll(file, header.bytes)
      for (const sealed of seal(contentOf(input, onProgress), header)) writeAll(file, sealed)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(draft, target)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  } finally {
    rmSync(copy, { force: true })
  }
}

function* contentOf(
  { copy, version, createdAt }: BackupInput,
  onProgress: (done: number) => void,
): Generator<Buffer> {
  const databaseBytes = statSync(copy).size
  const manifest: Manifest = {
    ...{ format: 'linnet-profile', version: 1, madeBy: version, databaseBytes },
    createdAt: new Date(createdAt).toISOString(),
  }
  const json = Buffer.from(JSON.stringify(manifest))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(json.length)
  yield Buffer.concat([length, json])
  let read = 0
  for (const part of partsOf(copy, CHUNK_BYTES)) {
    yield part
    read += part.length
    onProgress(0.5 + read / databaseBytes / 2)
  }
}

/** A file from `start` on, in parts of this size, the last one shorter. */
export function* partsOf(path: string, size: number, start = 0): Generator<Buffer> {
  const file = openSync(path, 'r')
  try {
    for (let at = start; ;) {
      const part = Buffer.alloc(size)
      let length = 0
      while (length < size) {
        const read = readSync(file, part, length, size - length, at)
        if (read === 0) break
        length += read
        at += read
      }
      if (length > 0) yield part.subarray(0, length)
      if (length < size) return
    }
  } finally {
    closeSync(file)
  }
}

export function writeAll(file: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written)
}
