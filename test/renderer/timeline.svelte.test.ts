import { describe, expect, test } from 'vitest'
import { KEPT, PAGE_SIZE, TimelineStore } from '../../src-renderer/stores/timeline.svelte.ts'
import { makeMessage } from './make-message.ts'
import { createSource, ids, opened, range } from './timeline-source.ts'

describe('opening', () => {
  test('an empty conversation is ready and has no history', async () => {
    const { store } = await opened(0)
    expect([store.phase, store.hasOlder, store.hasNewer, ids(store)]).toEqual(['ready', false, false, []])
  })

  test('shows the newest page', async () => {
    const { store } = await opened(120)
    expect(ids(store)).toEqual(range(71, 120))
    expect([store.phase, store.hasOlder, store.hasNewer]).toEqual(['ready', true, false])
  })

  test('goes back to the first unread message', async () => {
    const { store } = await opened(300, { unreadCount: 130, firstUnreadId: 171 })
    expect(ids(store)).toEqual(range(121, 220))
    expect([store.attention.unreadFromId, store.hasOlder, store.hasNewer]).toEqual([171, true, true])
  })

  test('however far away that is', async () => {
    const { store, source } = await opened(5000, { unreadCount: 4900, firstUnreadId: 101 })
    expect(ids(store)).toContain(101)
    expect(source.pages).toBe(2)
  })

  test('and to the end where that message is gone', async () => {
    const { store } = await opened(120, { unreadCount: 1, firstUnreadId: 999 })
    expect([store.phase, store.attention.unreadFromId]).toEqual(['ready', undefined])
    expect(ids(store)).toEqual(range(71, 120))
  })

  test('can fail, and be tried again', async () => {
    const source = createSource(3)
    source.broken = true
    const store = new TimelineStore({ conversationId: 1, unreadCount: 0 }, source)
    await store.open()
    expect(store.phase).toBe('failed')
    source.broken = false
    await store.open()
    expect([store.phase, ids(store)]).toEqual(['ready', [1, 2, 3]])
  })

  test('keeps what comes while the page is on its way, without a gap or a double', async () => {
    const source = createSource(120)
    const store = new TimelineStore({ conversationId: 1, unreadCount: 0 }, source)
    const opening = store.open()
    store.add(makeMessage(121))
    // A delayed one from long ago belongs to a page that is not loaded yet.
    store.add(makeMessage(122, { sentAt: 5500 }))
    store.add(makeMessage(120))
    await opening
    expect(ids(store)).toEqual(range(71, 121))
  })
})

describe('paging', () => {
  test('older pages, each message once, until the beginning', async () => {
    const { store } = await opened(120)
    await store.loadOlder()
    await store.loadOlder()
    expect(ids(store)).toEqual(range(1, 120))
    expect(store.hasOlder).toBe(false)
  })

  test('asks once at a time, and not beyond the beginning', async () => {
    const { store, source } = await opened(70)
    await Promise.all([store.loadOlder(), store.loadOlder(), store.loadOlder()])
    await store.loadOlder()
    expect(source.pages).toBe(2)
    expect(ids(store)).toEqual(range(1, 70))
  })

  test('a failed page leaves what is there and can be asked for again', async () => {
    const { store, source } = await opened(120)
    source.broken = true
    await store.loadOlder()
    expect([store.phase, store.loadingOlder, store.messages.length]).toEqual(['ready', false, PAGE_SIZE])
    source.broken = false
    await store.loadOlder()
    expect(ids(store)).toEqual(range(21, 120))
  })

  test('lets go of the far end, and gets it back both ways', async () => {
    const count = KEPT + 300
    const { store } = await opened(count)
    while (store.hasOlder) await store.loadOlder()
    expect(ids(store)).toEqual(range(1, KEPT))
    expect(store.hasNewer).toBe(true)
    while (store.hasNewer) await store.loadNewer()
    expect(ids(store)).toEqual(range(301, count))
    expect(store.hasOlder).toBe(true)
  })

  test('messages at one instant are neither lost nor doubled at a page border', async () => {
    const source = createSource(0)
    source.history.push(...range(1, 130).map((id) => makeMessage(id, { sentAt: 7000 })))
    const store = new TimelineStore({ conversationId: 1, unreadCount: 0 }, source)
    await store.open()
    while (store.hasOlder) await store.loadOlder()
    expect(ids(store)).toEqual(range(1, 130))
  })

  test('jumping to the latest starts at the newest page again', async () => {
    const { store } = await opened(KEPT + 300)
    while (!store.hasNewer) await store.loadOlder()
    await store.jumpToLatest()
    expect(ids(store)).toEqual(range(KEPT + 251, KEPT + 300))
    expect([store.hasNewer, store.hasOlder]).toEqual([false, true])
  })
})

describe('live changes', () => {
  test('each message once, in its place', async () => {
    const { store } = await opened(3)
    store.add(makeMessage(5))
    store.add(makeMessage(4, { sentAt: 4500 }))
    store.add(makeMessage(5))
    store.add(makeMessage(6, { sentAt: 1500 }))
    expect(ids(store)).toEqual([1, 6, 2, 3, 4, 5])
  })

  test('other conversations do not matter', async () => {
    const { store } = await opened(1)
    store.add(makeMessage(2, { conversationId: 2 }))
    store.change(makeMessage(3, { conversationId: 2 }))
    expect(ids(store)).toEqual([1])
  })

  test('a message older than what is loaded waits for its page', async () => {
    const { store, source } = await opened(120)
    const late = makeMessage(200, { sentAt: 30_500 })
    source.history.push(late)
    store.add(late)
    expect(ids(store)).toEqual(range(71, 120))
    await store.loadOlder()
    await store.loadOlder()
    expect(ids(store)).toEqual([...range(1, 30), 200, ...range(31, 120)])
  })

  test('one older than all of a history that is loaded whole goes first', async () => {
    const { store } = await opened(3)
    store.add(makeMessage(9, { sentAt: 1 }))
    expect(ids(store)).toEqual([9, 1, 2, 3])
  })

  test('beyond a far end that was let go, new messages are only counted', async () => {
    const { store, source } = await opened(KEPT + 60)
    while (!store.hasNewer) await store.loadOlder()
    store.setView({ focused: true, atEnd: true })
    const fresh = makeMessage(KEPT + 61)
    source.history.push(fresh)
    store.add(fresh)
    expect(store.messages.at(-1)?.id).toBe(KEPT + 10)
    expect(store.attention.newCount).toBe(1)
    await store.jumpToLatest()
    expect(store.messages.at(-1)?.id).toBe(KEPT + 61)
    expect(store.attention.newCount).toBe(0)
  })

  test('a changed state replaces the message; a changed time moves it', async () => {
    const { store } = await opened(2)
    store.add(makeMessage(3, { direction: 'out', state: 'pending' }))
    store.change(makeMessage(3, { direction: 'out', state: 'failed' }))
    expect(store.messages.map(({ state }) => state)).toEqual(['received', 'received', 'failed'])
    store.change(makeMessage(3, { direction: 'out', state: 'sent', sentAt: 1500 }))
    expect(ids(store)).toEqual([1, 3, 2])
  })

  test('a change of a message that is not loaded adds nothing', async () => {
    const { store } = await opened(120)
    store.change(makeMessage(5))
    expect(ids(store)).toEqual(range(71, 120))
  })

  test('a removed message is gone, also from a page that was on its way', async () => {
    const { store } = await opened(120)
    store.remove(80)
    expect(ids(store)).not.toContain(80)
    const loading = store.loadOlder()
    store.remove(50)
    await loading
    expect(ids(store)).not.toContain(50)
    expect(ids(store)).toContain(49)
  })
})

describe('reading', () => {
  test('unread messages are read once, when the end is in sight of a focused window', async () => {
    const { store, source } = await opened(3, { unreadCount: 2, firstUnreadId: 2 })
    store.setView({ focused: false, atEnd: true })
    store.setView({ focused: true, atEnd: false })
    expect(source.reads).toBe(0)
    store.setView({ focused: true, atEnd: true })
    store.setView({ focused: true, atEnd: true })
    expect(source.reads).toBe(1)
  })

  test('the line stays until the conversation is left', async () => {
    const { store } = await opened(3, { unreadCount: 2, firstUnreadId: 2 })
    store.setView({ focused: true, atEnd: true })
    store.add(makeMessage(4))
    expect(store.attention.unreadFromId).toBe(2)
  })

  test('nothing unread: nothing is marked', async () => {
    const { store, source } = await opened(3)
    store.setView({ focused: true, atEnd: true })
    store.add(makeMessage(4, { direction: 'out' }))
    expect(source.reads).toBe(0)
  })

  test('what comes in sight is read at once and counts as nothing', async () => {
    const { store, source } = await opened(3)
    store.setView({ focused: true, atEnd: true })
    store.add(makeMessage(4))
    store.add(makeMessage(5))
    expect([source.reads, store.attention.newCount, store.attention.unreadFromId]).toEqual([2, 0, undefined])
  })

  test('what comes to a window without focus waits, below a line at its first', async () => {
    const { store, source } = await opened(3)
    store.setView({ focused: false, atEnd: true })
    store.add(makeMessage(4))
    store.add(makeMessage(5))
    expect([source.reads, store.attention.unreadFromId]).toEqual([0, 4])
    store.setView({ focused: true, atEnd: true })
    expect([source.reads, store.attention.unreadFromId]).toEqual([1, 4])
    // The next time the line moves on.
    store.setView({ focused: false, atEnd: true })
    store.add(makeMessage(6))
    expect(store.attention.unreadFromId).toBe(6)
  })

  test('out of sight they are counted until the end is seen', async () => {
    const { store } = await opened(3)
    store.setView({ focused: true, atEnd: false })
    store.add(makeMessage(4))
    store.add(makeMessage(4))
    store.add(makeMessage(5))
    store.add(makeMessage(6, { direction: 'out' }))
    expect(store.attention.newCount).toBe(2)
    store.setView({ focused: true, atEnd: true })
    expect(store.attention.newCount).toBe(0)
  })

  test('the line goes with its message', async () => {
    const { store } = await opened(3, { unreadCount: 1, firstUnreadId: 3 })
    store.remove(3)
    expect(store.attention.unreadFromId).toBeUndefined()
  })
})
