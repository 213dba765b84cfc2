/**
 * Hands inbound stanzas to the listeners in order: those that come before anybody listens when somebody does, and of a
 * burst a few at a time, so that windows and timers have their turn between.
 */
import type { Element } from '../xml.ts'
import { createListeners } from './listeners.ts'
import { isTurnOver } from './turn.ts'

export interface Delivery {
  listen(listener: (stanza: Element) => void): void
  /** `counted`: `onHandled` is told when the listeners have run to their end, and not before (XEP-0198 §4). */
  hand(stanza: Element, counted: boolean): void
  /** Once all that came before is dealt with, or at once while nobody listens; not at all when the socket is lost by then. */
  after(body: () => void): void
  /** All that waits, now: nothing of it would come again. */
  flush(): void
  /** The socket is lost: the server will send again what is kept here and was not counted as handled. */
  forgetCounted(): void
}

interface Kept {
  readonly run: () => void
  /** It comes again, or is not wanted, when the socket is lost before it had its turn. */
  readonly counted: boolean
}

/** What waits takes memory; beyond this a burst is taken as it comes. */
const MOST_WAITING = 2000

export function createDelivery(onError: (error: unknown) => void, onHandled: () => void): Delivery {
  const listeners = createListeners<[Element]>(onError)
  let kept: Kept[] = []
  /** Of the first one that waits. */
  let head = 0
  let scheduled = false

  const waiting = (): number => kept.length - head
  const take = (): Kept | undefined => {
    const next = kept[head]
    head += 1
    if (next === undefined) [kept, head] = [[], 0]
    return next
  }

  const drain = (isOver: () => boolean): void => {
    // Each is taken out before it runs: a listener may end all this, and have the rest handed out or forgotten.
    for (let next = take(); next !== undefined; next = isOver() ? undefined : take()) next.run()
  }
  const schedule = (): void => {
    if (scheduled) return
    scheduled = true
    setImmediate(() => {
      scheduled = false
      drain(isTurnOver)
      if (waiting() > 0) schedule()
    })
  }
  const wait = (one: Kept): void => {
    kept.push(one)
    if (listeners.size === 0) return
    if (waiting() > MOST_WAITING) drain(() => false)
    else schedule()
  }
  return {
    listen(listener) {
      listeners.add(listener)
      // After this turn, so that whoever subscribes next to the first gets them as well.
      if (listeners.size === 1) queueMicrotask(() => drain(() => false))
    },
    hand(stanza, counted) {
      const run = (): void => {
        listeners.call(stanza)
        if (counted) onHandled()
      }
      const mustWait = listeners.size === 0 || waiting() > 0 || isTurnOver()
      if (mustWait) wait({ run, counted })
      else run()
    },
    after(run) {
      if (waiting() > 0 && listeners.size > 0) wait({ run, counted: true })
      else run()
    },
    flush: () => drain(() => false),
    forgetCounted() {
      kept = kept.slice(head).filter(({ counted }) => !counted)
      head = 0
    },
  }
}
