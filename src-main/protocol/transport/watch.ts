/**
 * Whether the server still listens: asks it after a burst of stanzas, after silence and when told to, and notices when
 * no byte comes back, or bytes but no acknowledgement.
 */
import type { Limits } from './limits.ts'
import { createBurstTimer, createKeepAlive } from './timers.ts'

export interface Watch {
  /** Bytes came. Begins the watch, also anew after `stop`. */
  heard(): void
  /** Something was sent that is to be acknowledged. */
  sent(): void
  /** Asks now, and gives the server `limitMs` for a sign of life. */
  check(limitMs: number): void
  /** The server answered what was asked. */
  answered(): void
  stop(): void
}

export interface WatchOptions {
  readonly limits: Limits
  /** Sends what the server has to answer; false when nothing can be sent now. */
  readonly ask: () => boolean
  /** No byte in time. */
  readonly onDead: () => void
  /** Bytes, but no answer for long; undefined where any byte is one. */
  readonly onUnanswered: (() => void) | undefined
}

export function createWatch({ limits, ask, onDead, onUnanswered }: WatchOptions): Watch {
  let unanswered: NodeJS.Timeout | undefined
  const check = (limitMs: number): void => {
    if (!ask()) return
    keepAlive.expect(limitMs)
    if (onUnanswered !== undefined) unanswered ??= setTimeout(onUnanswered, limits.acknowledge)
  }
  const checkSoon = (): void => {
    check(limits.answer)
  }
  const keepAlive = createKeepAlive(limits.silence, checkSoon, onDead)
  const burst = createBurstTimer(limits.ackDelay, limits.ackDelayMax, checkSoon)
  const answered = (): void => {
    clearTimeout(unanswered)
    unanswered = undefined
  }
  return {
    heard: keepAlive.heard,
    sent: burst.touch,
    check,
    answered,
    stop() {
      keepAlive.stop()
      burst.stop()
      answered()
    },
  }
}
