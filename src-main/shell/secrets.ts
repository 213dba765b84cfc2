/**
 * Passwords, tokens and the like: in the system keyring through Electron's safeStorage (a file holds what only the keyring can decrypt), else
 * in this run's memory. Never in plain text in a file of ours, never on a command line, never in the log.
 */
import * as v from 'valibot'
import { SECRET_KINDS, type Log, type SecretKind, type Secrets } from '../domain/app.types.ts'
import { readJsonFile, writeJsonFile } from './json-file.ts'
import { allowUnprotected, decrypt, encrypt, protects, type Keyring } from './keyring.ts'
import { createRoomPasswords } from './room-passwords.ts'

const fileShape = v.strictObject({
  version: v.literal(1),
  /** Written under an unprotected backend because the user insisted. */
  unprotected: v.boolean(),
  /** Account id -> base64 of the encrypted password. */
  passwords: v.record(v.pipe(v.string(), v.regex(/^\d+$/)), v.pipe(v.string(), v.base64())),
  /** What else an account has, by kind and account id: `token 3`. Kept only beside a password. */
  others: v.optional(
    v.record(v.pipe(v.string(), v.regex(/^[a-z-]+ \d+$/)), v.pipe(v.string(), v.base64())),
    {},
  ),
})

type SecretsFile = v.InferOutput<typeof fileShape>
export interface SecretsOptions {
  readonly keyring: Keyring
  readonly platform: NodeJS.Platform
  readonly file: string
  /** Of the passwords of rooms. */
  readonly roomsFile: string
  readonly log: Log
}

/** Only after Electron's `ready`: the keyring is not there before. */
export function createSecrets({ keyring, platform, file, roomsFile, log }: SecretsOptions): Secrets {
  const isProtected = protects(keyring, platform)
  const { forgetAccount, ...rooms } = createRoomPasswords({ keyring, isProtected, file: roomsFile, log })
  const thisRun = new Map<number, string>()
  const othersOfThisRun = new Map<string, string>()
  let kept: SecretsFile = readJsonFile(file, fileShape) ?? {
    ...{ version: 1, unprotected: false, passwords: {}, others: {} },
  }
  if (kept.unprotected && !isProtected) allowUnprotected(keyring, platform)

  const save = (change: Partial<Pick<SecretsFile, 'passwords' | 'others'>>): void => {
    kept = { ...kept, ...change, unprotected: !isProtected }
    writeJsonFile(file, kept)
  }
  const forgetPassword = (accountId: number): void => {
    thisRun.delete(accountId)
    const { [String(accountId)]: gone, ...passwords } = kept.passwords
    if (gone !== undefined) save({ passwords })
  }
  const set = (accountId: number, kind: SecretKind, value: string | undefined): void => {
    const name = `${kind} ${accountId}`
    const { [name]: gone, ...others } = kept.others
    othersOfThisRun.delete(name)
    if (value !== undefined) othersOfThisRun.set(name, value)
    const isKept = value !== undefined && kept.passwords[String(accountId)] !== undefined
    const blob = isKept ? encrypt(keyring, value, log) : undefined
    if (blob !== undefined) save({ others: { ...others, [name]: blob } })
    else if (gone !== undefined) save({ others })
  }

  return {
    protected: isProtected,
    getPassword: (accountId) => {
      const blob = kept.passwords[String(accountId)]
      return thisRun.get(accountId) ?? (blob === undefined ? undefined : decrypt(keyring, blob, log))
    },
    setPassword: (accountId, password, { remember, insist }) => {
      forgetPassword(accountId)
      set(accountId, 'token', undefined)
      thisRun.set(accountId, password)
      if (!remember || !(isProtected || insist)) return
      if (!isProtected) allowUnprotected(keyring, platform)
      const blob = encrypt(keyring, password, log)
      if (blob !== undefined) save({ passwords: { ...kept.passwords, [String(accountId)]: blob } })
    },
    get: (accountId, kind) => {
      const name = `${kind} ${accountId}`
      const blob = kept.others[name]
      return othersOfThisRun.get(name) ?? (blob === undefined ? undefined : decrypt(keyring, blob, log))
    },
    set,
    forget(accountId) {
      forgetPassword(accountId)
      for (const kind of SECRET_KINDS) set(accountId, kind, undefined)
      forgetAccount(accountId)
    },
    rooms,
  }
}
