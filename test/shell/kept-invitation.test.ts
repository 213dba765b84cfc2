/** An invitation waits for an account over restarts, in the keyring or not at all. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createEvents } from '../../src-main/domain/events.ts'
import { createKeptInvitation } from '../../src-main/shell/kept-invitation.ts'
import { createWaitingInvitation } from '../../src-main/shell/waiting-invitation.ts'
import { makeAccount, makeSnapshot } from '../renderer/make.ts'

const LINK = 'xmpp:romeo@montague.example?roster;preauth=secret-token;ibr=y'
const DAY_MS = 24 * 3_600_000
let folder = ''
let file = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linnet-invitation-'))
  file = join(folder, 'invitation.json')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const turn = (text: string): string => [...text].reverse().join('')
const keyring = {
  getSelectedStorageBackend: () => 'gnome_libsecret' as const,
  isEncryptionAvailable: () => true,
  setUsePlainTextEncryption: () => undefined,
  encryptString: (text: string) => Buffer.from(turn(text)),
  decryptString: (blob: Buffer) => turn(blob.toString()),
}

/** As after a start. */
const open = ({ isProtected = true, at = 0 } = {}) =>
  createKeptInvitation({ keyring, isProtected, file, now: () => at, log: () => undefined })
const written = (): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

test('it is there after the next start, and its token nowhere in plain text', () => {
  open().keep(LINK)
  expect(open().find()).toMatchObject({ jid: 'romeo@montague.example', preauth: 'secret-token' })
  expect(written()).not.toContain('secret-token')
})

test('without a keyring that protects nothing is written, and nothing read', () => {
  open({ isProtected: false }).keep(LINK)
  expect(written()).toBe('')
  open().keep(LINK)
  expect(open({ isProtected: false }).find()).toBeUndefined()
})

test('it is forgotten, and over after a month', () => {
  open().keep(LINK)
  expect(open({ at: 30 * DAY_MS }).find()).toBeDefined()
  expect(open({ at: 31 * DAY_MS }).find()).toBeUndefined()
  open().forget()
  expect(open().find()).toBeUndefined()
})

test('what is no invitation leaves the one that waits', () => {
  open().keep(LINK)
  for (const link of ['xmpp:juliet@capulet.example', 'https://a.example/#x', 'nonsense']) open().keep(link)
  expect(open().find()?.jid).toBe('romeo@montague.example')
})

test.each(['', '{', '{"version":1,"link":"bm9uc2Vuc2U=","keptAt":0}', '{"version":2}'])(
  'a damaged file, %j, is none',
  (content) => {
    writeFileSync(file, content)
    expect(open().find()).toBeUndefined()
  },
)

test('it waits only while there is no account', () => {
  const events = createEvents(() => undefined)
  const accounts = [makeAccount()]
  const waiting = (...there: typeof accounts) =>
    createWaitingInvitation({ events, state: () => makeSnapshot({ accounts: there }) }, open())
  waiting(...accounts).note(LINK)
  expect(waiting().view()).toBeUndefined()
  waiting().note(LINK)
  expect(waiting().view()).toBeDefined()
  events.emit('account.added', { account: makeAccount() })
  expect(waiting().view()).toBeUndefined()
  waiting().note(LINK)
  expect(waiting(...accounts).view()).toBeUndefined()
  expect(waiting().view()).toBeUndefined()
})
