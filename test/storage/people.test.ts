/** Notes, vCards and folded groups. */
import { beforeEach, describe, expect, test } from 'vitest'
import type { VCard } from '../../src-main/model/people.ts'
import type { Storage } from '../../src-main/storage/storage.ts'
import { createMemoryStorage } from '../helpers/memory-storage.ts'
import { JULIET, NURSE, sampleAccount, sampleItem } from './samples.ts'

let storage: Storage
let accountId: number

beforeEach(() => {
  storage = createMemoryStorage()
  accountId = storage.insertAccount(sampleAccount()).id
})

const CARD: VCard = {
  fullName: 'Juliet Capulet',
  nicknames: ['Jule'],
  emails: [{ kind: 'home', value: 'j@capulet.example' }],
  phones: [],
  organizations: [],
  titles: [],
  birthday: '',
  urls: [],
  addresses: [],
  note: '',
}

describe('a note', () => {
  test('is kept by account and address, contact or not, until it is emptied', () => {
    expect(storage.getNote(accountId, JULIET)).toBe('')
    storage.setNote(accountId, JULIET, 'likes larks')
    storage.setNote(accountId, JULIET, 'likes nightingales')
    expect(storage.getNote(accountId, JULIET)).toBe('likes nightingales')
    expect(storage.getNote(accountId, NURSE)).toBe('')
    storage.setNote(accountId, JULIET, '')
    expect(storage.getNote(accountId, JULIET)).toBe('')
  })

  test('outlives the contact and goes with the account', () => {
    storage.replaceRoster(accountId, [sampleItem()], 'v1')
    storage.setNote(accountId, JULIET, 'kept')
    storage.setCard(accountId, JULIET, { card: CARD, fetchedAt: 5 })
    storage.deleteRosterItem(accountId, JULIET, 'v2')
    expect(storage.getNote(accountId, JULIET)).toBe('kept')
    storage.deleteAccount(accountId)
    expect(storage.getNote(accountId, JULIET)).toBe('')
    expect(storage.findCard(accountId, JULIET)).toBeUndefined()
  })

  test('of an account that is not there is refused', () => {
    expect(() => storage.setNote(99, JULIET, 'x')).toThrow(expect.objectContaining({ code: 'other' }))
  })
})

test('a vCard is kept with its time, and so is that there is none', () => {
  expect(storage.findCard(accountId, JULIET)).toBeUndefined()
  storage.setCard(accountId, JULIET, { card: CARD, fetchedAt: 5 })
  expect(storage.findCard(accountId, JULIET)).toStrictEqual({ card: CARD, fetchedAt: 5 })
  storage.setCard(accountId, JULIET, { card: null, fetchedAt: 6 })
  expect(storage.findCard(accountId, JULIET)).toStrictEqual({ card: null, fetchedAt: 6 })
})

test('folded groups are kept in order, the nameless one too', () => {
  expect(storage.listFoldedGroups()).toStrictEqual([])
  storage.setFoldedGroups(['Verona', ''])
  storage.setFoldedGroups(['', 'Verona', 'ж'])
  expect(storage.listFoldedGroups()).toStrictEqual(['', 'Verona', 'ж'])
})
