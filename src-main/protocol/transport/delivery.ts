/** Hands inbound stanzas to the listeners in order, and keeps those that come before anybody listens. */
import type { Element } from '../xml.ts'
import { createListeners } from './listeners.ts'

export interface Delivery {
  listen(listener: (stanza: Element) => void): void
  /** `counted`: `onHandled` is told when the listeners have run to their end, and not before (XEP-0198 §4). */
  hand(stanza: Element, counted: boolean): void
  /** The socket is lost: the server will send again what is kept here and was not counted as handled. */
  forgetCounted(): void
}

export function createDelivery(onError: (error: unknown) => void, onHandled: () => void): Delivery {
  const listeners = createListeners<[Element]>(onError)
  let kept: { stanza: Element; counted: boolean }[] = []
  const run = (stanza: Element, counted: boolean): void => {
    listeners.call(stanza)
    if (counted) onHandled()
  }
  return {
    listen(listener) {
      listeners.add(listener)
      if (listeners.size > 1) return
      // After this turn, so that whoever subscribes next to the first gets them as well.
      queueMicrotask(() => {
        for (let next = kept.shift(); next !== undefined; next = kept.shift()) run(next.stanza, next.counted)
      })
    },
    hand(stanza, counted) {
      if (listeners.size === 0 || kept.length > 0) kept.push({ stanza, counted })
      else run(stanza, counted)
    },
    forgetCounted() {
      kept = kept.filter(({ counted }) => !counted)
    },
  }
}
