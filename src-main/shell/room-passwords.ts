/**
 * Passwords of rooms: kept over restarts in a file that only the system keyring can decrypt, where it protects. Where it does
 * not, a room asks again. Never in the database, and never unprotected.
 */
import * as v from 'valibot'
import type { Log, RoomPasswords } from '../domain/app.types.ts'
import { readJsonFile, writeJsonFile } from './json-file.ts'
import { decrypt, encrypt, type Keyring } from './keyring.ts'

/** More rooms with a password than anybody is in; the oldest go. */
const MOST = 500

const fileShape = v.strictObject({
  version: v.literal(1),
  /** "account id, space, address of the room" -> base64 of the encrypted password. */
  passwords: v.record(v.pipe(v.string(), v.regex(/^\d+ \S+@\S+$/)), v.pipe(v.string(), v.base64())),
})

export interface RoomPasswordsOptions {
  readonly keyring: Keyring
  readonly isProtected: boolean
  readonly file: string
  readonly log: Log
}

export interface KeptRoomPasswords extends RoomPasswords {
  forgetAccount(accountId: number): void
}

export function createRoomPasswords({
  keyring,
  isProtected,
  file,
  log,
}: RoomPasswordsOptions): KeptRoomPasswords {
  const kept = new Map(Object.entries((isProtected && readJsonFile(file, fileShape)?.passwords) || {}))

  function save(): void {
    try {
      writeJsonFile(file, { version: 1, passwords: Object.fromEntries(kept) })
    } catch (error) {
      // The room asks again after the next start.
      log('shell/room-passwords', 'warn', 'passwords of rooms were not written', { error })
    }
  }

  function read(key: string): string | undefined {
    const blob = kept.get(key)
    return blob === undefined ? undefined : decrypt(keyring, blob, log)
  }

  return {
    get: (accountId, room) => read(keyOf(accountId, room)),
    keep(accountId, room, password) {
      const key = keyOf(accountId, room)
      if (!isProtected || read(key) === password) return
      const blob = encrypt(keyring, password, log)
      if (blob === undefined) return
      kept.delete(key)
      kept.set(key, blob)
      const [oldest] = kept.keys()
      if (kept.size > MOST && oldest !== undefined) kept.delete(oldest)
      save()
    },
    forget(accountId, room) {
      if (kept.delete(keyOf(accountId, room))) save()
    },
    forgetAccount(accountId) {
      const own = [...kept.keys()].filter((key) => key.startsWith(`${accountId} `))
      for (const key of own) kept.delete(key)
      if (own.length > 0) save()
    },
  }
}

/** An address of a room has no space in it. */
function keyOf(accountId: number, room: string): string {
  return `${accountId} ${room}`
}
