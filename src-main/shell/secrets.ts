/**
 * Passwords: in the system keyring through Electron's safeStorage (a file holds what only the keyring can decrypt), else
 * in this run's memory. Never in plain text in a file of ours, never on a command line, never in the log.
 */
import type { SafeStorage } from 'electron'
import * as v from 'valibot'
import type { Log, Secrets } from '../domain/app.types.ts'
import { readJsonFile, writeJsonFile } from './json-file.ts'

const fileShape = v.strictObject({
  version: v.literal(1),
  /** Written under an unprotected backend because the user insisted. */
  unprotected: v.boolean(),
  /** Account id -> base64 of the encrypted password. */
  passwords: v.record(v.pipe(v.string(), v.regex(/^\d+$/)), v.pipe(v.string(), v.base64())),
})

type SecretsFile = v.InferOutput<typeof fileShape>
type Keyring = Pick<
  SafeStorage,
  | 'isEncryptionAvailable'
  | 'encryptString'
  | 'decryptString'
  | 'getSelectedStorageBackend'
  | 'setUsePlainTextEncryption'
>

export interface SecretsOptions {
  readonly keyring: Keyring
  readonly platform: NodeJS.Platform
  readonly file: string
  readonly log: Log
}

/** Only after Electron's `ready`: the keyring is not there before. */
export function createSecrets({ keyring, platform, file, log }: SecretsOptions): Secrets {
  const isProtected = protects(keyring, platform)
  const thisRun = new Map<number, string>()
  let kept: SecretsFile = readJsonFile(file, fileShape) ?? { version: 1, unprotected: false, passwords: {} }
  if (kept.unprotected && !isProtected) allowUnprotected(keyring, platform)

  const save = (passwords: SecretsFile['passwords']): void => {
    kept = { version: 1, unprotected: !isProtected, passwords }
    writeJsonFile(file, kept)
  }
  const forget = (accountId: number): void => {
    thisRun.delete(accountId)
    const { [String(accountId)]: gone, ...others } = kept.passwords
    if (gone !== undefined) save(others)
  }

  return {
    protected: isProtected,
    getPassword: (accountId) => {
      const blob = kept.passwords[String(accountId)]
      return thisRun.get(accountId) ?? (blob === undefined ? undefined : decrypt(keyring, blob, log))
    },
    setPassword: (accountId, password, { remember, insist }) => {
      forget(accountId)
      thisRun.set(accountId, password)
      if (!remember || !(isProtected || insist)) return
      if (!isProtected) allowUnprotected(keyring, platform)
      const blob = encrypt(keyring, password, log)
      if (blob !== undefined) save({ ...kept.passwords, [String(accountId)]: blob })
    },
    forget,
  }
}

/** On Linux Chromium falls back to a key that stands in its source: that hides a password from nobody. */
function protects(keyring: Keyring, platform: NodeJS.Platform): boolean {
  if (platform === 'linux' && ['basic_text', 'unknown'].includes(keyring.getSelectedStorageBackend()))
    return false
  return keyring.isEncryptionAvailable()
}

function allowUnprotected(keyring: Keyring, platform: NodeJS.Platform): void {
  if (platform === 'linux') keyring.setUsePlainTextEncryption(true)
}

/** Undefined when the keyring refuses; then the password lasts for this run. */
function encrypt(keyring: Keyring, password: string, log: Log): string | undefined {
  try {
    return keyring.encryptString(password).toString('base64')
  } catch (error) {
    log('shell/secrets', 'warn', 'the keyring refused to encrypt', { error })
    return undefined
  }
}

/** Undefined when another keyring wrote it, or it was locked: the user is asked again. */
function decrypt(keyring: Keyring, blob: string, log: Log): string | undefined {
  try {
    return keyring.decryptString(Buffer.from(blob, 'base64'))
  } catch (error) {
    log('shell/secrets', 'warn', 'a kept password could not be decrypted', { error })
    return undefined
  }
}
