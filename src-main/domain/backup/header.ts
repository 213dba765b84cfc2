/** The first 92 bytes of a backup (docs/backup.md): what it is, and how the keys come from the password. */
import { createHmac, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'
import { BackupRefused } from './refused.ts'

/** What a transfer as text or a cut to seven bits would change is part of it. */
const MAGIC = Buffer.from('LinnetBackup\r\n\u001a\n', 'latin1')
const VERSION = 1
export const HEADER_BYTES = 92
const SIGNED_BYTES = 60
const SALT = 21
const PREFIX = 53

/** 128 MiB and some tenths of a second for each guess. */
const COST = { log2N: 17, r: 8, p: 1 }
/** A file may not make us do more than this. */
const MOST = { log2N: 20, r: 8, p: 4 }
const LEAST_LOG2N = 14

export interface Keys {
  readonly encryption: Buffer
  readonly header: Buffer
}

export interface Header {
  readonly bytes: Buffer
  /** The beginning of every nonce: seven bytes. */
  readonly noncePrefix: Buffer
}

export interface Cost {
  readonly log2N: number
  readonly r: number
  readonly p: number
}

/** A fresh salt and nonce each time. `cost` is for tests. */
export function createHeader(password: string, cost: Cost = COST): Header & { readonly keys: Keys } {
  const bytes = Buffer.alloc(HEADER_BYTES)
  MAGIC.copy(bytes)
  bytes.writeUInt16BE(VERSION, 16)
  bytes.set([cost.log2N, cost.r, cost.p], 18)
  randomBytes(32).copy(bytes, SALT)
  randomBytes(7).copy(bytes, PREFIX)
  const keys = deriveKeys(password, bytes)
  sign(bytes, keys).copy(bytes, SIGNED_BYTES)
  return { bytes, noncePrefix: bytes.subarray(PREFIX, SIGNED_BYTES), keys }
}

/** Throws BackupRefused 'foreign', 'newer' and 'damaged'; it needs no password. */
export function checkBeginning(bytes: Buffer): void {
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) throw new BackupRefused('foreign')
  if (bytes.length < HEADER_BYTES) throw new BackupRefused('damaged')
  const version = bytes.readUInt16BE(16)
  if (version > VERSION) throw new BackupRefused('newer')
  const { log2N, r, p } = costOf(bytes)
  const isPossible = log2N >= LEAST_LOG2N && log2N <= MOST.log2N && r === MOST.r && p >= 1 && p <= MOST.p
  if (version !== VERSION || !isPossible) throw new BackupRefused('damaged')
}

/** Throws BackupRefused as checkBeginning, and 'password'. */
export function openHeader(bytes: Buffer, password: string): Header & { readonly keys: Keys } {
  checkBeginning(bytes)
  const keys = deriveKeys(password, bytes)
  if (!timingSafeEqual(sign(bytes, keys), bytes.subarray(SIGNED_BYTES, HEADER_BYTES))) {
    throw new BackupRefused('password')
  }
  return { bytes, noncePrefix: bytes.subarray(PREFIX, SIGNED_BYTES), keys }
}

/** The same words typed on another keyboard are the same password (NFKC). */
function deriveKeys(password: string, bytes: Buffer): Keys {
  const { log2N, r, p } = costOf(bytes)
  const N = 2 ** log2N
  const salt = bytes.subarray(SALT, PREFIX)
  const both = scryptSync(password.normalize('NFKC'), salt, 64, { N, r, p, maxmem: 256 * N * r })
  return { encryption: both.subarray(0, 32), header: both.subarray(32) }
}

function costOf(bytes: Buffer): Cost {
  return { log2N: bytes[18] ?? 0, r: bytes[19] ?? 0, p: bytes[20] ?? 0 }
}

function sign(bytes: Buffer, { header }: Keys): Buffer {
  return createHmac('sha256', header).update(bytes.subarray(0, SIGNED_BYTES)).digest()
}
