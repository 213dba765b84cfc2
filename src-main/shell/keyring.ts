/** The system keyring, as Electron's safeStorage has it: whether it protects at all, and what it makes of a password. */
import type { SafeStorage } from 'electron'
import type { Log } from '../domain/app.types.ts'

export type Keyring = Pick<
  SafeStorage,
  | 'isEncryptionAvailable'
  | 'encryptString'
  | 'decryptString'
  | 'getSelectedStorageBackend'
  | 'setUsePlainTextEncryption'
>

/** On Linux Chromium falls back to a key that stands in its source: that hides a password from nobody. */
export function protects(keyring: Keyring, platform: NodeJS.Platform): boolean {
  if (platform === 'linux' && ['basic_text', 'unknown'].includes(keyring.getSelectedStorageBackend()))
    return false
  return keyring.isEncryptionAvailable()
}

/** The user insists. */
export function allowUnprotected(keyring: Keyring, platform: NodeJS.Platform): void {
  if (platform === 'linux') keyring.setUsePlainTextEncryption(true)
}

/** Base64; undefined when the keyring refuses; then the password lasts for this run. */
export function encrypt(keyring: Keyring, password: string, log: Log): string | undefined {
  try {
    return keyring.encryptString(password).toString('base64')
  } catch (error) {
    log('shell/secrets', 'warn', 'the keyring refused to encrypt', { error })
    return undefined
  }
}

/** Undefined when another keyring wrote it, or it was locked: the user is asked again. */
export function decrypt(keyring: Keyring, blob: string, log: Log): string | undefined {
  try {
    return keyring.decryptString(Buffer.from(blob, 'base64'))
  } catch (error) {
    log('shell/secrets', 'warn', 'what was kept could not be decrypted', { error })
    return undefined
  }
}
