import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { BareJid } from '../../src-main/model/jid.ts'
import { createSecrets } from '../../src-main/shell/secrets.ts'

const PASSWORD = 'unique-secret-4711'

let folder = ''
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'linnet-secrets-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A keyring that turns text round; `basic_text` refuses as Electron's does until it is told otherwise. */
function createKeyring(backend: 'gnome_libsecret' | 'basic_text' | 'unknown', available = true) {
  let plain = false
  const check = (): void => {
    if (backend !== 'gnome_libsecret' && !plain) throw new Error('Encryption is not available')
  }
  const turn = (text: string): string => [...text].reverse().join('')
  return {
    getSelectedStorageBackend: () => backend,
    isEncryptionAvailable: () => available && (backend === 'gnome_libsecret' || plain),
    setUsePlainTextEncryption: (use: boolean) => void (plain = use),
    encryptString: (text: string) => (check(), Buffer.from(`v11${turn(text)}`)),
    decryptString: (blob: Buffer) => {
      check()
      if (!blob.toString().startsWith('v11')) throw new Error('not ours')
      return turn(blob.toString().slice(3))
    },
  }
}

function open(
  backend: Parameters<typeof createKeyring>[0],
  platform: NodeJS.Platform = 'linux',
  available = true,
) {
  const file = join(folder, 'secrets.json')
  const logged: unknown[] = []
  const log = (...line: unknown[]): void => void logged.push(line)
  return {
    secrets: createSecrets({
      keyring: createKeyring(backend, available),
      platform,
      file,
      roomsFile: join(folder, 'rooms.json'),
      log,
    }),
    file,
    logged,
  }
}

describe('with a keyring that protects', () => {
  test('a remembered password survives the run, encrypted, in a private file', () => {
    const { secrets, file } = open('gnome_libsecret')
    expect(secrets.protected).toBe(true)
    secrets.setPassword(1, PASSWORD, { remember: true, insist: false })
    expect(open('gnome_libsecret').secrets.getPassword(1)).toBe(PASSWORD)
    expect(readFileSync(file, 'utf8')).not.toContain(PASSWORD)
    expect(readFileSync(file, 'utf8')).not.toContain(Buffer.from(PASSWORD).toString('base64'))
    expect(statSync(file).mode & 0o077).toBe(0)
  })

  test('one that is not to be remembered lasts for this run, and takes an older one away', () => {
    const { secrets, file } = open('gnome_libsecret')
    secrets.setPassword(1, 'older', { remember: true, insist: false })
    secrets.setPassword(1, PASSWORD, { remember: false, insist: false })
    expect(secrets.getPassword(1)).toBe(PASSWORD)
    expect(open('gnome_libsecret').secrets.getPassword(1)).toBeUndefined()
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ passwords: {} })
  })

  test('forgetting is for good, and touches that account alone', () => {
    const { secrets } = open('gnome_libsecret')
    secrets.setPassword(1, PASSWORD, { remember: true, insist: false })
    secrets.setPassword(12, 'other', { remember: true, insist: false })
    secrets.forget(1)
    expect(secrets.getPassword(1)).toBeUndefined()
    const again = open('gnome_libsecret').secrets
    expect([again.getPassword(1), again.getPassword(12)]).toEqual([undefined, 'other'])
  })
})

describe.each(['basic_text', 'unknown'] as const)('with the backend %s', (backend) => {
  test('nothing is written unless the user insists', () => {
    const { secrets, file } = open(backend)
    expect(secrets.protected).toBe(false)
    secrets.setPassword(1, PASSWORD, { remember: true, insist: false })
    expect(secrets.getPassword(1)).toBe(PASSWORD)
    expect(existsSync(file)).toBe(false)
    expect(open(backend).secrets.getPassword(1)).toBeUndefined()
  })

  test('insisting keeps it, marked as unprotected, and still not in plain text', () => {
    const { secrets, file } = open(backend)
    secrets.setPassword(1, PASSWORD, { remember: true, insist: true })
    expect(open(backend).secrets.getPassword(1)).toBe(PASSWORD)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ unprotected: true })
    expect(readFileSync(file, 'utf8')).not.toContain(PASSWORD)
  })
})

describe('trouble', () => {
  test('a damaged file is as good as none', () => {
    writeFileSync(join(folder, 'secrets.json'), '{"version":1,"passwords":{"__proto__":1')
    expect(open('gnome_libsecret').secrets.getPassword(1)).toBeUndefined()
  })

  test('a blob of another keyring: the user is asked again, the log says so without it', () => {
    const blob = Buffer.from('foreign').toString('base64')
    const content = { version: 1, unprotected: false, passwords: { 1: blob } }
    writeFileSync(join(folder, 'secrets.json'), JSON.stringify(content))
    const { secrets, logged } = open('gnome_libsecret')
    expect(secrets.getPassword(1)).toBeUndefined()
    expect(logged).toHaveLength(1)
    expect(JSON.stringify(logged)).not.toContain(blob)
  })

  test('no keyring at all on another system: for this run alone', () => {
    const { secrets, file } = open('gnome_libsecret', 'win32', false)
    expect(secrets.protected).toBe(false)
    secrets.setPassword(1, PASSWORD, { remember: true, insist: false })
    expect(existsSync(file)).toBe(false)
  })
})

describe('what an account has besides its password', () => {
  const remembered = { remember: true, insist: false }

  test('survives the run beside a password that does, encrypted', () => {
    const { secrets, file } = open('gnome_libsecret')
    secrets.setPassword(1, PASSWORD, remembered)
    secrets.set(1, 'token', 'unique-token-4711')
    expect(open('gnome_libsecret').secrets.get(1, 'token')).toBe('unique-token-4711')
    expect(readFileSync(file, 'utf8')).not.toContain('unique-token-4711')
  })

  test('does not where the password does not', () => {
    const { secrets, file } = open('gnome_libsecret')
    secrets.setPassword(1, PASSWORD, { remember: false, insist: false })
    secrets.set(1, 'token', 'unique-token-4711')
    expect(secrets.get(1, 'token')).toBe('unique-token-4711')
    expect(existsSync(file)).toBe(false)
  })

  test('a token goes with its password, the password of a proxy stays', () => {
    const { secrets } = open('gnome_libsecret')
    secrets.setPassword(1, PASSWORD, remembered)
    secrets.set(1, 'token', 't')
    secrets.set(1, 'proxy', 'p')
    secrets.setPassword(1, 'another', remembered)
    for (const each of [secrets, open('gnome_libsecret').secrets]) {
      expect(each.get(1, 'token')).toBeUndefined()
      expect(each.get(1, 'proxy')).toBe('p')
    }
  })

  test('all of it is forgotten with the account, and nothing of another one', () => {
    const { secrets } = open('gnome_libsecret')
    for (const id of [1, 11]) {
      secrets.setPassword(id, PASSWORD, remembered)
      for (const kind of ['token', 'proxy', 'next-password'] as const) secrets.set(id, kind, `${kind} ${id}`)
    }
    secrets.forget(1)
    for (const each of [secrets, open('gnome_libsecret').secrets]) {
      for (const kind of ['token', 'proxy', 'next-password'] as const) {
        expect(each.get(1, kind)).toBeUndefined()
        expect(each.get(11, kind)).toBe(`${kind} 11`)
      }
    }
  })

  test('a file of before is read', () => {
    const { secrets, file } = open('gnome_libsecret')
    secrets.setPassword(1, PASSWORD, remembered)
    const { others: _new, ...before } = JSON.parse(readFileSync(file, 'utf8')) as { others: unknown }
    writeFileSync(file, JSON.stringify(before))
    expect(open('gnome_libsecret').secrets.getPassword(1)).toBe(PASSWORD)
  })
})

describe('passwords of rooms', () => {
  const ROOM = 'garden@rooms.example' as BareJid
  const OTHER = 'orchard@rooms.example' as BareJid

  test('survive the run, encrypted, each for its account and room', () => {
    const { secrets } = open('gnome_libsecret')
    secrets.rooms.keep(1, ROOM, PASSWORD)
    secrets.rooms.keep(2, ROOM, 'another')
    const again = open('gnome_libsecret').secrets.rooms
    expect([again.get(1, ROOM), again.get(2, ROOM), again.get(1, OTHER)]).toEqual([
      PASSWORD,
      'another',
      undefined,
    ])
    expect(readFileSync(join(folder, 'rooms.json'), 'utf8')).not.toContain(PASSWORD)
    expect(statSync(join(folder, 'rooms.json')).mode & 0o077).toBe(0)
  })

  test('go with the room, and with the account', () => {
    const { secrets } = open('gnome_libsecret')
    for (const [account, room] of [[1, ROOM], [1, OTHER], [12, ROOM]] as const) secrets.rooms.keep(account, room, PASSWORD) // prettier-ignore
    secrets.rooms.forget(1, OTHER)
    secrets.forget(12)
    const again = open('gnome_libsecret').secrets.rooms
    expect([again.get(1, ROOM), again.get(1, OTHER), again.get(12, ROOM)]).toEqual([
      PASSWORD,
      undefined,
      undefined,
    ])
  })

  test('are never written where nothing protects them', () => {
    const { secrets } = open('basic_text')
    secrets.rooms.keep(1, ROOM, PASSWORD)
    expect(secrets.rooms.get(1, ROOM)).toBeUndefined()
    expect(existsSync(join(folder, 'rooms.json'))).toBe(false)
  })

  test('a file that is damaged, or of another keyring, asks again and breaks nothing', () => {
    writeFileSync(join(folder, 'rooms.json'), '{"version":1,"passwords":{"nonsense":"x"}}')
    expect(open('gnome_libsecret').secrets.rooms.get(1, ROOM)).toBeUndefined()
    const foreign = Buffer.from('other').toString('base64')
    writeFileSync(
      join(folder, 'rooms.json'),
      JSON.stringify({ version: 1, passwords: { [`1 ${ROOM}`]: foreign } }),
    )
    const { secrets } = open('gnome_libsecret')
    expect(secrets.rooms.get(1, ROOM)).toBeUndefined()
    secrets.rooms.keep(1, ROOM, PASSWORD)
    expect(secrets.rooms.get(1, ROOM)).toBe(PASSWORD)
  })
})
