/** Secrets as a keyring gives them back, for as long as the test runs. */
import type { Secrets } from '../../src-main/domain/app.types.ts'
import { rememberRoomPasswords } from './room-passwords.ts'

export interface RunSecrets extends Secrets {
  /** Everything that is known of an account, to look for what must not be there. */
  all(accountId: number): readonly string[]
}

export function createRunSecrets({ isProtected = true } = {}): RunSecrets {
  const passwords = new Map<number, string>()
  const others = new Map<string, string>()
  const key = (id: number, kind: string): string => `${kind} ${id}`
  return {
    protected: isProtected,
    getPassword: (id) => passwords.get(id),
    setPassword(id, password) {
      passwords.set(id, password)
      others.delete(key(id, 'token'))
    },
    get: (id, kind) => others.get(key(id, kind)),
    set(id, kind, value) {
      if (value === undefined) others.delete(key(id, kind))
      else others.set(key(id, kind), value)
    },
    forget(id) {
      passwords.delete(id)
      for (const kind of ['token', 'proxy', 'next-password'] as const) others.delete(key(id, kind))
    },
    rooms: rememberRoomPasswords(),
    all: (id) => [passwords.get(id), ...[...others].flatMap(([name, value]) => (name.endsWith(` ${id}`) ? [value] : []))].filter((value) => value !== undefined), // prettier-ignore
  }
}
