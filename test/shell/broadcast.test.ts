import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { EventBatch } from '../../src-main/contract/events.ts'
import { createEvents } from '../../src-main/domain/events.ts'
import { createBroadcast } from '../../src-main/shell/ipc/broadcast.ts'

function setUp() {
  const received: Record<number, EventBatch[]> = { 1: [], 2: [] }
  const events = createEvents(() => undefined)
  const receiver = (windowId: number) => ({
    windowId,
    send: (batch: EventBatch) => void received[windowId]?.push(batch),
  })
  const broadcast = createBroadcast(events, () => [receiver(1), receiver(2)])
  return { received, events, broadcast }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('broadcast', () => {
  test('gathers a burst into one batch for each window, in order', () => {
    const { received, events } = setUp()
    for (let accountId = 1; accountId <= 3; accountId += 1) events.emit('account.removed', { accountId })
    expect(received[1]).toEqual([])
    vi.advanceTimersByTime(16)
    expect(received[1]).toHaveLength(1)
    expect(received[1]?.[0]).toEqual([
      { seq: 1, name: 'account.removed', payload: { accountId: 1 } },
      { seq: 2, name: 'account.removed', payload: { accountId: 2 } },
      { seq: 3, name: 'account.removed', payload: { accountId: 3 } },
    ])
    expect(received[2]).toEqual(received[1])
  })

  test('the number that a snapshot carries covers events that wait for delivery', () => {
    const { events, broadcast } = setUp()
    expect(broadcast.seq()).toBe(0)
    events.emit('account.removed', { accountId: 1 })
    expect(broadcast.seq()).toBe(1)
  })

  test('an event for one window reaches that one alone, numbered like the others', () => {
    const { received, events, broadcast } = setUp()
    events.emit('account.removed', { accountId: 1 })
    broadcast.push(2, 'view.requested', { view: { kind: 'conversation', conversationId: 5 } })
    vi.advanceTimersByTime(16)
    expect(received[1]?.flat().map(({ seq }) => seq)).toEqual([1])
    expect(received[2]?.flat().map(({ seq, name }) => [seq, name])).toEqual([
      [1, 'account.removed'],
      [2, 'view.requested'],
    ])
  })

  test('after stop nothing is sent, not even what waits', () => {
    const { received, events, broadcast } = setUp()
    events.emit('account.removed', { accountId: 1 })
    broadcast.stop()
    events.emit('account.removed', { accountId: 2 })
    vi.advanceTimersByTime(100)
    expect(received).toEqual({ 1: [], 2: [] })
  })
})
