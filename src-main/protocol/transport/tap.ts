/** Lets one listener look at what goes by on a signed-in stream, from its first element on. */
import type { TrafficListener } from '../stream.ts'
import type { Element } from '../xml.ts'

/** What comes in one packet with the end of the negotiation is more than a handful on no server. */
const MAX_EARLY = 100

export interface Tap {
  tell: TrafficListener
  /** The listener is told at once of what went by before there was one. */
  listen(listener: TrafficListener): void
}

export function createTap(onListenerError: (error: unknown) => void): Tap {
  const early: Parameters<TrafficListener>[] = []
  let listener: TrafficListener = (...seen) => void (early.length < MAX_EARLY && early.push(seen))

  function tell(direction: 'in' | 'out', element: Element): void {
    try {
      listener(direction, element)
    } catch (error) {
      onListenerError(error)
    }
  }

  return {
    tell,
    listen(next) {
      listener = next
      for (const seen of early.splice(0)) tell(...seen)
    },
  }
}
