import { beforeEach, describe, expect, test } from 'vitest'
import type { WritableDB } from '../../src-main/storage/database.ts'
import { createStorage } from '../../src-main/storage/index.ts'
import { openMemoryDatabase } from '../../src-main/storage/open.ts'
import { MAX_CAPABILITIES } from '../../src-main/storage/services.ts'
import type { Storage } from '../../src-main/storage/storage.ts'

const DAY = 24 * 60 * 60 * 1000
const FEATURES = {
  identities: [{ category: 'client', type: 'pc', name: 'Psi' }],
  features: ['urn:xmpp:ping'],
}
const key = (ver: string, hash = 'sha-1') => ({ hash, ver })
let db: WritableDB
let storage: Storage

beforeEach(() => {
  db = openMemoryDatabase()
  storage = createStorage(db)
})

describe('capabilities', () => {
  test('are found by hash and value alone', () => {
    storage.putCapability(key('v1'), FEATURES, 1)
    expect(storage.findCapability(key('v1'), 2)).toEqual(FEATURES)
    expect(storage.findCapability(key('v1', 'sha-256'), 2)).toBeUndefined()
    expect(storage.findCapability(key('v2'), 2)).toBeUndefined()
  })

  test('the ones longest unused go first when there are too many', () => {
    for (let index = 0; index < MAX_CAPABILITIES; index += 1)
      storage.putCapability(key(`v${index}`), FEATURES, index)
    storage.findCapability(key('v0'), 2 * DAY)
    storage.putCapability(key('new'), FEATURES, 2 * DAY)
    const known = ['v0', 'v1', 'v2', 'new'].map(
      (ver) => storage.findCapability(key(ver), 2 * DAY) !== undefined,
    )
    expect(known).toEqual([true, false, true, true])
    expect(db.prepare('SELECT count(*) FROM capability').pluck().get()).toBe(MAX_CAPABILITIES)
  })

  test('a row that cannot be read counts as unknown', () => {
    db.prepare(`INSERT INTO capability VALUES ('sha-1', 'v1', '{', 1)`).run()
    expect(storage.findCapability(key('v1'), 2)).toBeUndefined()
  })
})
