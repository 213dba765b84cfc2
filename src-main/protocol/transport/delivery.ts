/** Hands inbound stanzas to the listeners in order, and keeps those that come before anybody listens. */
import type { Element } from '../xml.ts'
import { createListeners } from './listeners.ts'

export interface Delivery {
  listen(listener: (stanza: Element) => void): void
  /** `done` is called when the listeners have run to their end: only then is a stanza handled (XEP-0198 §4). */
  hand(stanza: Element, done: () => void): void
}

export function createDelivery(onError: (error: unknown) => void): Delivery {
  const listeners = createListeners<[Element]>(onError)
  const kept: { stanza: Element; done: () => void }[] = []
  const run = ({ stanza, done }: { stanza: Element; done: () => void }): void => {
    listeners.call(stanza)
    done()
  }
  return {
    listen(listener) {
      listeners.add(listener)
      if (listeners.size > 1) return
      // After this turn, so that whoever subscribes next to the first gets them as well.
      queueMicrotask(() => {
        for (let next = kept.shift(); next !== undefined; next = kept.shift()) run(next)
      })
    },
    hand(stanza, done) {
      if (listeners.size === 0 || kept.length > 0) kept.push({ stanza, done })
      else run({ stanza, done })
    },
  }
}
