/**
 * The domain's events on their way to the windows: numbered, and gathered for a frame so that a burst costs one message.
 * A window subscribes first, then asks for the snapshot, and drops the events up to the snapshot's number.
 */
import type { AppEvent, EventBatch } from '../../contract/events.ts'
import type { Events } from '../../domain/app.types.ts'
import type { AppEventName, AppEvents } from '../../model/events.ts'

const BATCH_MS = 16

/** A window, as far as events go. `send` must bear a window that is going. */
export interface Receiver {
  readonly windowId: number
  send(batch: EventBatch): void
}

export interface Broadcast {
  /** The number of the newest event; what a snapshot taken now already contains. */
  seq(): number
  /** An event for one window alone. */
  push<N extends AppEventName>(windowId: number, name: N, payload: AppEvents[N]): void
  stop(): void
}

/** `receivers` is asked at each delivery. */
export function createBroadcast(events: Events, receivers: () => readonly Receiver[]): Broadcast {
  let seq = 0
  let queue: { readonly only: number | undefined; readonly event: AppEvent }[] = []
  let timer: NodeJS.Timeout | undefined

  const enqueue = <N extends AppEventName>(name: N, payload: AppEvents[N], only?: number): void => {
    seq += 1
    queue.push({ only, event: { seq, name, payload } as AppEvent })
    timer ??= setTimeout(deliver, BATCH_MS)
  }
  const deliver = (): void => {
    const due = queue
    queue = []
    timer = undefined
    for (const receiver of receivers()) {
      const batch = due
        .filter(({ only }) => only === undefined || only === receiver.windowId)
        .map(({ event }) => event)
      if (batch.length > 0) receiver.send(batch)
    }
  }
  const unsubscribe = events.onAny((name, payload) => enqueue(name, payload))
  return {
    seq: () => seq,
    push: (windowId, name, payload) => enqueue(name, payload, windowId),
    stop: () => {
      unsubscribe()
      clearTimeout(timer)
    },
  }
}
