/**
 * What the server sent, in order: pulled one by one while the stream is negotiated, then pushed to whoever takes over.
 * So a stanza that comes in one packet with the end of the negotiation is neither lost nor seen too early.
 */
import type { StreamFailure } from '../errors.ts'
import type { Element } from '../xml.ts'

export interface Inbox {
  put(element: Element): void
  /** The next element; rejects when the stream failed. One caller at a time. */
  next(): Promise<Element>
  /** Everything still here and everything to come goes to `taker`, at once. */
  take(taker: (element: Element) => void): void
  /** Elements that came before are still handed out first. */
  fail(failure: StreamFailure): void
}

export function createInbox(): Inbox {
  const waiting: Element[] = []
  let taker: ((element: Element) => void) | undefined
  let reader: { resolve: (element: Element) => void; reject: (failure: StreamFailure) => void } | undefined
  let failed: StreamFailure | undefined
  return {
    put(element) {
      if (failed !== undefined) return
      if (taker !== undefined) return taker(element)
      const served = reader
      reader = undefined
      if (served === undefined) waiting.push(element)
      else served.resolve(element)
    },
    next() {
      const first = waiting.shift()
      if (first !== undefined) return Promise.resolve(first)
      if (failed !== undefined) return Promise.reject(failed)
      return new Promise((resolve, reject) => {
        reader = { resolve, reject }
      })
    },
    take(newTaker) {
      for (const element of waiting.splice(0)) newTaker(element)
      taker = newTaker
    },
    fail(failure) {
      failed ??= failure
      reader?.reject(failed)
      reader = undefined
    },
  }
}
