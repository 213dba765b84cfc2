import { describe, expect, test } from 'vitest'
import type { HistoryGap, Message } from '../../src-main/model/message.ts'
import { KEPT, TimelineStore } from '../../src-renderer/stores/timeline.svelte.ts'
import { makeMessage } from './make-message.ts'
import { createSource, ids, opened, range } from './timeline-source.ts'

describe('from the archive of the server', () => {
  const old = (count: number): Message[] =>
    range(1, count).map((id) => makeMessage(1000 + id, { sentAt: -1000 + id }))

  async function openedAbove(archive: Message[] | undefined, count = 3) {
    const source = createSource(count)
    source.archive = archive
    const store = new TimelineStore({ conversationId: 1, unreadCount: 0 }, source)
    await store.open()
    return { store, source }
  }

  test('older history comes where the database ends, until the beginning', async () => {
    const { store } = await openedAbove(old(15))
    expect([store.hasOlder, store.olderInArchive]).toEqual([false, true])
    await store.loadOlder()
    expect(ids(store)).toEqual([...range(1006, 1015), 1, 2, 3])
    expect(store.olderInArchive).toBe(true)
    await store.loadOlder()
    expect(ids(store)).toEqual([...range(1001, 1015), 1, 2, 3])
    expect(store.olderInArchive).toBe(false)
  })

  test('an empty conversation asks for it at once', async () => {
    const { store } = await openedAbove(old(2), 0)
    await expect.poll(() => ids(store)).toEqual([1001, 1002])
  })

  test('that can’t be had is not asked for again until it is wished', async () => {
    const { store, source } = await openedAbove(undefined)
    await store.loadOlder()
    await store.loadOlder()
    expect([store.olderFailed, store.loadingOlder, source.asked.length]).toEqual([true, false, 1])
    source.archive = old(1)
    await store.retryOlder()
    expect([store.olderFailed, ids(store)[0]]).toEqual([false, 1001])
  })

  test('its rows go to their places, and are new only behind the newest', async () => {
    const { store } = await opened(3)
    store.setView({ focused: true, atEnd: false })
    store.addHistory(1, [makeMessage(9, { sentAt: 1500 }), makeMessage(10), makeMessage(11)])
    store.addHistory(2, [makeMessage(12)])
    expect(ids(store)).toEqual([1, 9, 2, 3, 10, 11])
    expect([store.attention.newCount, store.attention.unreadFromId]).toEqual([2, 10])
  })

  test('beyond what is loaded they wait for their page', async () => {
    const { store } = await opened(120)
    store.addHistory(1, [makeMessage(500, { sentAt: 1500 })])
    expect(ids(store)).toEqual(range(71, 120))
  })
})

describe('gaps', () => {
  const gap: HistoryGap = { afterPlace: 100_000_000, beforePlace: 101_000_000 }

  test('are told by pages, filled from the row behind them, and asked for again', async () => {
    const source = createSource(120)
    source.gaps = [gap]
    const store = new TimelineStore({ conversationId: 1, unreadCount: 0 }, source)
    await store.open()
    expect(store.gaps).toEqual([gap])
    source.archive = [makeMessage(900, { sentAt: 100_500 })]
    const filling = store.fillGap(gap)
    expect(store.filling).toEqual({ afterPlace: gap.afterPlace, failed: false })
    source.gaps = []
    await filling
    expect(source.asked).toEqual([{ place: 101_000_000, id: 101 }])
    expect([store.gaps, store.filling]).toEqual([[], undefined])
    expect(ids(store)).toEqual([...range(71, 100), 900, ...range(101, 120)])
  })

  test('that can’t be filled say so, and can be tried again', async () => {
    const source = createSource(120)
    source.gaps = [gap]
    source.archive = undefined
    const store = new TimelineStore({ conversationId: 1, unreadCount: 0 }, source)
    await store.open()
    await store.fillGap(gap)
    expect(store.filling).toEqual({ afterPlace: gap.afterPlace, failed: true })
    source.archive = []
    source.gaps = []
    await store.fillGap(gap)
    expect([store.gaps, store.filling]).toEqual([[], undefined])
  })

  test('that were found are there after all of the window was asked for', async () => {
    const { store, source } = await opened(500)
    while (store.hasOlder) await store.loadOlder()
    source.gaps = [gap]
    await Promise.all([store.refresh(), store.refresh()])
    expect(store.gaps).toEqual([gap])
    expect(ids(store)).toEqual(range(1, 500))
  })
})

describe('jumping', () => {
  test('to a message far away, with what is around it, and back', async () => {
    const { store } = await opened(5000)
    expect(await store.jumpTo({ messageId: 1000 })).toBe(1000)
    expect(ids(store)).toEqual(range(950, 1049))
    expect([store.hasOlder, store.hasNewer]).toEqual([true, true])
    await store.loadNewer()
    await store.loadOlder()
    expect(ids(store)).toEqual(range(900, 1099))
    await store.jumpToLatest()
    expect(ids(store)).toEqual(range(4951, 5000))
  })

  test('to one that is loaded moves nothing', async () => {
    const { store, source } = await opened(120)
    expect(await store.jumpTo({ messageId: 100 })).toBe(100)
    expect([source.pages, ids(store)]).toEqual([1, range(71, 120)])
  })

  test('to a time', async () => {
    const { store } = await opened(5000)
    expect(await store.jumpTo({ time: 2000 * 1000 - 1 })).toBe(2000)
    expect(ids(store)).toContain(2000)
  })

  test('to one that is gone fails, and leaves what is there', async () => {
    const { store } = await opened(120)
    await expect(store.jumpTo({ messageId: 999 })).rejects.toThrow()
    expect(ids(store)).toEqual(range(71, 120))
  })

  test('a page that was on its way to the old place adds nothing to the new one', async () => {
    const { store } = await opened(5000)
    const loading = store.loadOlder()
    await store.jumpTo({ messageId: 1000 })
    await loading
    expect(ids(store)).toEqual(range(950, 1049))
  })
})

describe('memory', () => {
  test('is bounded however much comes while the end is seen, and while it is not', async () => {
    const { store } = await opened(10)
    store.setView({ focused: true, atEnd: true })
    for (const id of range(11, 3000)) store.add(makeMessage(id))
    expect(store.messages.length).toBeLessThan(KEPT + 200)
    expect([store.messages.at(-1)?.id, store.hasOlder, store.hasNewer]).toEqual([3000, true, false])
    store.setView({ focused: true, atEnd: false, farEnd: 'newer' })
    for (const id of range(3001, 6000)) store.add(makeMessage(id))
    expect(store.messages.length).toBeLessThan(KEPT + 200)
    expect(store.hasNewer).toBe(true)
  })
})
