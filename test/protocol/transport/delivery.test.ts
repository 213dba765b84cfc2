/** Stanzas are handed on in order, a few at a time, and counted when they were. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createDelivery, type Delivery } from '../../../src-main/protocol/transport/delivery.ts'
import { xml, type Element } from '../../../src-main/protocol/xml.ts'

const stanza = (id: number): Element => xml('message', { id: String(id) })
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

let now = 0
let heard: string[]
let handled: number
let delivery: Delivery
beforeEach(() => {
  now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  heard = []
  handled = 0
  delivery = createDelivery(
    () => undefined,
    () => (handled += 1),
  )
})
afterEach(async () => {
  vi.restoreAllMocks()
  // The share of a turn is one for all.
  await nextTurn()
})

/** Each takes so many milliseconds. */
async function listen(ms: number, meanwhile: (id: string) => void = () => undefined): Promise<void> {
  delivery.listen((element) => {
    now += ms
    heard.push(String(element.attrs['id']))
    meanwhile(String(element.attrs['id']))
  })
  await Promise.resolve()
}

test('what comes before anybody listens waits', async () => {
  for (const id of [1, 2]) delivery.hand(stanza(id), true)
  expect(handled).toBe(0)
  await listen(1)
  expect([heard, handled]).toEqual([['1', '2'], 2])
})

test('a burst leaves others their turn, and keeps its order', async () => {
  await listen(4)
  for (let id = 1; id <= 6; id += 1) delivery.hand(stanza(id), true)
  expect([heard, handled]).toEqual([['1', '2'], 2])
  const turns: number[] = []
  while (heard.length < 6 && turns.length < 20) {
    await nextTurn()
    turns.push(heard.length)
  }
  expect(heard).toEqual(['1', '2', '3', '4', '5', '6'])
  expect(new Set(turns).size).toBeGreaterThan(1)
  delivery.hand(stanza(7), true)
  await nextTurn()
  await nextTurn()
  expect([heard.at(-1), handled]).toEqual(['7', 7])
})

test('what would not come again is handed on at once, also from within', async () => {
  await listen(7, (id) => {
    if (id === '2') delivery.flush()
  })
  for (let id = 1; id <= 5; id += 1) delivery.hand(stanza(id), true)
  expect(heard).toEqual(['1'])
  delivery.flush()
  expect([heard, handled]).toEqual([['1', '2', '3', '4', '5'], 5])
})

test('with the socket goes what was not counted', async () => {
  await listen(7, (id) => {
    if (id === '2') delivery.forgetCounted()
  })
  for (let id = 1; id <= 3; id += 1) delivery.hand(stanza(id), true)
  delivery.hand(stanza(4), false)
  delivery.flush()
  expect([heard, handled]).toEqual([['1', '2', '4'], 2])
})

test('what is to be said of them is said after them, and not without the socket', async () => {
  await listen(7)
  const said: number[] = []
  for (const id of [1, 2]) {
    delivery.hand(stanza(id), true)
    delivery.after(() => said.push(handled))
  }
  expect(said).toEqual([1])
  delivery.flush()
  expect(said).toEqual([1, 2])
  delivery.hand(stanza(3), true)
  delivery.after(() => said.push(handled))
  delivery.forgetCounted()
  delivery.flush()
  expect(said).toEqual([1, 2])
})

test('it does not take all memory', async () => {
  await listen(7)
  for (let id = 1; id <= 2010; id += 1) delivery.hand(stanza(id), true)
  expect(heard.length).toBeGreaterThan(2000)
})
