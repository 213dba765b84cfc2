/** Sessions over a restart, and the numbers of what was sent on them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { FullJid } from '../../src-main/model/jid.ts'
import { createStorage } from '../../src-main/storage/index.ts'
import { openDatabase, openMemoryDatabase } from '../../src-main/storage/open.ts'
import { sampleAccount } from './samples.ts'

const session = {
  id: `<"'&`,
  jid: 'romeo@montague.example/orchard' as FullJid,
  maxSeconds: 300,
  location: { host: '2001:db8::1', port: 9222, directTls: true },
  features: { rosterVersioning: true, preApproval: false, clientState: true },
  handled: 4_294_967_295,
  seenAt: 1000,
}

test('a session is kept whole, counts on, and goes with its account', () => {
  const storage = createStorage(openMemoryDatabase())
  const { id } = storage.insertAccount(sampleAccount())
  expect(storage.findSession(id)).toBeUndefined()
  storage.putSession(id, session)
  expect(storage.findSession(id)).toStrictEqual(session)
  storage.keepHandled(id, 0, 2000)
  expect(storage.findSession(id)).toStrictEqual({ ...session, handled: 0, seenAt: 2000 })
  const { maxSeconds: _max, location: _location, ...plain } = session
  storage.putSession(id, plain)
  expect(storage.findSession(id)).toStrictEqual(plain)
  storage.keepSent(id, 'm1', 1)
  storage.deleteAccount(id)
  expect([storage.findSession(id), storage.listSent(id)]).toStrictEqual([undefined, []])
})

test('numbers belong to the session that is kept: another one, or none, leaves the stanzas without', () => {
  const storage = createStorage(openMemoryDatabase())
  const { id } = storage.insertAccount(sampleAccount())
  const other = storage.insertAccount({ ...sampleAccount(), jid: 'other@montague.example' as never }).id
  const sent = () => storage.listSent(id).map(({ stanzaId, number }) => [stanzaId, number])
  storage.keepSent(other, 'theirs', 1)
  for (const end of [
    () => storage.putSession(id, session),
    () => storage.deleteSession(id),
    () => storage.forgetNumbers(id),
  ]) {
    storage.keepSent(id, 'm1', 7)
    storage.keepSent(id, 'm1', 8)
    storage.keepSent(id, 'm2', 9)
    expect(sent()).toStrictEqual([
      ['m1', 8],
      ['m2', 9],
    ])
    storage.forgetSent(id, 'm2')
    end()
    expect(sent()).toStrictEqual([['m1', undefined]])
  }
  expect(storage.listSent(other)).toStrictEqual([{ stanzaId: 'theirs', number: 1 }])
})

test('what is written without waiting for the disk leaves the others waiting for it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'linnet-streams-'))
  const { db } = openDatabase(join(folder, 'linnet.db'), Date.now)
  const storage = createStorage(db)
  const { id } = storage.insertAccount(sampleAccount())
  const FULL = 2
  storage.keepSent(id, 'm1', 1)
  storage.keepHandled(id, 1, 1)
  storage.forgetSent(id, 'm1')
  expect(db.pragma('synchronous', { simple: true })).toBe(FULL)
  storage.transaction(() => storage.keepSent(id, 'm2', 2))
  expect(db.pragma('synchronous', { simple: true })).toBe(FULL)
  expect(storage.listSent(id)).toHaveLength(1)
  storage.close()
  rmSync(folder, { recursive: true })
})
