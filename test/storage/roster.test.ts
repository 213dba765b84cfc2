import { beforeEach, describe, expect, test } from 'vitest'
import type { BareJid } from '../../src-main/model/jid.ts'
import type { Storage } from '../../src-main/storage/storage.ts'
import { createMemoryStorage } from '../helpers/memory-storage.ts'
import { JULIET, NURSE, sampleAccount, sampleItem } from './samples.ts'

let storage: Storage
let accountId: number
beforeEach(() => {
  storage = createMemoryStorage()
  accountId = storage.insertAccount(sampleAccount()).id
  return () => storage.close()
})

describe('the roster', () => {
  test('keeps every field, and groups in their order', () => {
    const items = [
      sampleItem({ groups: ['Friends', 'Capulet', 'été 🌻'], approved: true }),
      sampleItem({ jid: NURSE, name: '', subscription: 'none', ask: true }),
    ]
    storage.replaceRoster(accountId, items, 'v7')
    expect(storage.listContacts()).toStrictEqual(items.map((item) => ({ accountId, ...item })))
    expect(storage.findContact(accountId, NURSE)).toStrictEqual({ accountId, ...items[1] })
    expect(storage.findContact(accountId, 'x@y' as BareJid)).toBeUndefined()
    expect(storage.getRosterVersion(accountId)).toBe('v7')
  })

  test('a group that is named twice counts once', () => {
    storage.upsertRosterItem(accountId, sampleItem({ groups: ['a', 'b', 'a'] }), undefined)
    expect(storage.findContact(accountId, JULIET)?.groups).toStrictEqual(['a', 'b'])
  })

  test('replacing it forgets who is not in the new one', () => {
    storage.replaceRoster(accountId, [sampleItem({ groups: ['a'] }), sampleItem({ jid: NURSE })], 'v1')
    storage.replaceRoster(accountId, [sampleItem({ jid: NURSE, name: 'Angelica' })], undefined)
    expect(storage.listContacts()).toStrictEqual([
      { accountId, ...sampleItem({ jid: NURSE, name: 'Angelica' }) },
    ])
    expect(storage.getRosterVersion(accountId)).toBeUndefined()
  })

  test('a push changes one item, its groups and the version', () => {
    storage.replaceRoster(accountId, [sampleItem({ groups: ['a', 'b'] })], 'v1')
    storage.upsertRosterItem(accountId, sampleItem({ name: 'J', groups: ['c'] }), 'v2')
    expect(storage.listContacts()).toStrictEqual([{ accountId, ...sampleItem({ name: 'J', groups: ['c'] }) }])
    expect(storage.getRosterVersion(accountId)).toBe('v2')
    storage.deleteRosterItem(accountId, JULIET, 'v3')
    expect(storage.listContacts()).toStrictEqual([])
    expect(storage.getRosterVersion(accountId)).toBe('v3')
  })

  test('is replaced whole or not at all', () => {
    storage.replaceRoster(accountId, [sampleItem()], 'v1')
    const broken = sampleItem({ jid: NURSE, subscription: 'remove' as never })
    expect(() => storage.replaceRoster(accountId, [broken], 'v2')).toThrow(
      expect.objectContaining({ code: 'other' }),
    )
    expect(storage.listContacts()).toStrictEqual([{ accountId, ...sampleItem() }])
    expect(storage.getRosterVersion(accountId)).toBe('v1')
  })
})

describe('subscription requests', () => {
  test('wait, the oldest first, one per address', () => {
    const first = { accountId, jid: NURSE, text: 'it is me', nick: 'Nurse', receivedAt: 5 }
    const second = { accountId, jid: JULIET, text: '', nick: '', receivedAt: 6 }
    storage.putRequest(second)
    storage.putRequest({ ...first, text: 'older words' })
    storage.putRequest(first)
    expect(storage.listRequests()).toStrictEqual([first, second])
    storage.deleteRequest(accountId, NURSE)
    expect(storage.listRequests()).toStrictEqual([second])
  })
})
