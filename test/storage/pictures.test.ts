/** Pictures kept by their hash: those that were used last stay. */
import { beforeEach, expect, test } from 'vitest'
import { createStorage } from '../../src-main/storage/index.ts'
import { openMemoryDatabase } from '../../src-main/storage/open.ts'
import { MAX_PICTURES } from '../../src-main/storage/pictures.ts'
import type { Storage } from '../../src-main/storage/storage.ts'

const DAY_MS = 86_400_000
let storage: Storage
const hash = (number: number): string => number.toString(16).padStart(40, '0')
const picture = (size = 3) => ({ type: 'image/png' as const, bytes: new Uint8Array(size).fill(7) })

beforeEach(() => {
  storage = createStorage(openMemoryDatabase())
})

test('one comes back as it was put, and nothing for another hash', () => {
  storage.putPicture(hash(1), picture(), 1000)
  expect(storage.findPicture(hash(1), 1000)).toEqual(picture())
  expect(storage.findPicture(hash(2), 1000)).toBeUndefined()
})

test('the ones that nobody has looked at for longest go first', () => {
  for (let number = 0; number < MAX_PICTURES; number += 1) storage.putPicture(hash(number), picture(), number)
  expect(storage.findPicture(hash(0), 2 * DAY_MS)).toEqual(picture())
  storage.putPicture(hash(MAX_PICTURES), picture(), 3 * DAY_MS)
  expect(storage.findPicture(hash(0), 3 * DAY_MS)).toEqual(picture())
  expect(storage.findPicture(hash(1), 3 * DAY_MS)).toBeUndefined()
  expect(storage.findPicture(hash(2), 3 * DAY_MS)).toEqual(picture())
})

test('large ones push out more than one', () => {
  const large = picture(16 * 1024 * 1024)
  for (let number = 0; number < 5; number += 1) storage.putPicture(hash(number), large, number)
  const kept = [0, 1, 2, 3, 4].filter((number) => storage.findPicture(hash(number), 10) !== undefined)
  expect(kept).toEqual([1, 2, 3, 4])
})
