/** Priorities, recent status texts, rules for being away, blocked addresses. */
import { describe, expect, test } from 'vitest'
import { DEFAULT_AWAY_RULES, type AwayRules } from '../../src-main/model/availability.ts'
import type { Jid } from '../../src-main/model/jid.ts'
import { createStorage } from '../../src-main/storage/index.ts'
import { openMemoryDatabase } from '../../src-main/storage/open.ts'
import { NURSE, sampleAccount } from './samples.ts'

function setUp() {
  const db = openMemoryDatabase()
  const storage = createStorage(db)
  const { id } = storage.insertAccount(sampleAccount())
  return { db, storage, id }
}

describe('priority', () => {
  test('is 0 until set, is the account’s own, and goes with it', () => {
    const { storage, id } = setUp()
    const other = storage.insertAccount(sampleAccount({ jid: NURSE })).id
    expect(storage.getPriority(id)).toBe(0)
    storage.setPriority({ accountId: id, priority: 5 })
    storage.setPriority({ accountId: id, priority: -128 })
    expect(storage.getPriority(id)).toBe(-128)
    expect(storage.getPriority(other)).toBe(0)
    storage.deleteAccount(id)
    expect(storage.listPriorities()).toEqual([])
  })

  test.each([-129, 128])('%i is none', (priority) => {
    const { storage, id } = setUp()
    expect(() => storage.setPriority({ accountId: id, priority })).toThrow('CHECK')
  })
})

describe('recent status texts', () => {
  test('the latest first, none twice, ten at most', () => {
    const { storage } = setUp()
    for (let n = 1; n <= 12; n += 1) storage.addRecentStatus(`status ${n}`)
    storage.addRecentStatus('status 5')
    const recent = storage.listRecentStatuses()
    expect(recent).toHaveLength(10)
    expect(recent.slice(0, 3)).toEqual(['status 5', 'status 12', 'status 11'])
    expect(recent.at(-1)).toBe('status 3')
    storage.clearRecentStatuses()
    expect(storage.listRecentStatuses()).toEqual([])
  })
})

describe('rules for being away', () => {
  test('are the usual ones until set', () => {
    const { storage } = setUp()
    expect(storage.getAwayRules()).toEqual(DEFAULT_AWAY_RULES)
    const rules: AwayRules = {
      enabled: false,
      awayMinutes: 3,
      xaMinutes: 0,
      whenLocked: false,
      tellSince: true,
    }
    storage.setAwayRules(rules)
    expect(storage.getAwayRules()).toEqual(rules)
  })

  test.each([
    ['{"awayMinutes":0,"xaMinutes":0,"enabled":"no"}', { xaMinutes: 0 }],
    ['{"awayMinutes":1e9,"xaMinutes":-1,"tellSince":true,"more":1}', { tellSince: true }],
    ['{"awayMinutes":2.5}', {}],
    ['[', {}],
    ['null', {}],
  ])('stored %s: what is not known is as at the beginning', (json, change) => {
    const { db, storage } = setUp()
    db.prepare("INSERT INTO setting (key, json) VALUES ('away-rules', ?)").run(json)
    expect(storage.getAwayRules()).toEqual({ ...DEFAULT_AWAY_RULES, ...change })
  })
})

describe('blocked addresses', () => {
  const SPAM = 'spam.example' as Jid
  const FULL = 'a@b.example/r' as Jid

  test('are replaced, added to and taken from', () => {
    const { storage, id } = setUp()
    storage.replaceBlocked(id, [SPAM, NURSE])
    expect(storage.listBlocked(id)).toEqual([NURSE, SPAM])
    storage.changeBlocked(id, { added: [FULL, NURSE], removed: [SPAM] })
    expect(storage.listBlocked(id)).toEqual([FULL, NURSE])
    storage.replaceBlocked(id, [])
    expect(storage.listBlocked(id)).toEqual([])
  })

  test('are the account’s own and go with it', () => {
    const { storage, id } = setUp()
    const other = storage.insertAccount(sampleAccount({ jid: NURSE })).id
    storage.replaceBlocked(id, [SPAM])
    expect(storage.listBlocked(other)).toEqual([])
    storage.deleteAccount(id)
    expect(storage.listBlocked(id)).toEqual([])
  })
})
