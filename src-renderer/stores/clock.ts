/** The time as something to draw: whoever reads `now` is drawn again every `everyMs`. It ticks only while someone reads. */
import { createSubscriber } from 'svelte/reactivity'

export interface Clock {
  /** Epoch milliseconds. */
  readonly now: number
}

export function createClock(everyMs: number): Clock {
  const subscribe = createSubscriber((update) => {
    const timer = setInterval(update, everyMs)
    return () => clearInterval(timer)
  })
  return {
    get now() {
      subscribe()
      return Date.now()
    },
  }
}
