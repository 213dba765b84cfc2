/** The two clocks of a live stream: one notices a burst's end, the other that the server is gone. */

export interface BurstTimer {
  /** Something was sent: `fire` comes when it has been quiet for `quietMs`, `longestMs` after the first at the latest. */
  touch(): void
  stop(): void
}

export function createBurstTimer(quietMs: number, longestMs: number, fire: () => void): BurstTimer {
  let quiet: NodeJS.Timeout | undefined
  let longest: NodeJS.Timeout | undefined
  const stop = (): void => {
    clearTimeout(quiet)
    clearTimeout(longest)
    longest = undefined
  }
  const end = (): void => {
    stop()
    fire()
  }
  return {
    touch() {
      clearTimeout(quiet)
      quiet = setTimeout(end, quietMs)
      longest ??= setTimeout(end, longestMs)
    },
    stop,
  }
}

export interface KeepAlive {
  /** Bytes came: the server lives. */
  heard(): void
  /** Something was asked that the server must answer: without a byte for `ms` it is dead. The shortest counts. */
  expect(ms: number): void
  stop(): void
}

/** After `silenceMs` without a byte `ask` is called (it must call `expect`). Begins, also anew after `stop`, with `heard`. */
export function createKeepAlive(silenceMs: number, ask: () => void, onDead: () => void): KeepAlive {
  let answer: { timer: NodeJS.Timeout; due: number } | undefined
  const forget = (): void => {
    clearTimeout(answer?.timer)
    answer = undefined
  }
  let silence: NodeJS.Timeout | undefined
  return {
    heard() {
      forget()
      clearTimeout(silence)
      silence = setTimeout(ask, silenceMs)
    },
    expect(ms) {
      const due = performance.now() + ms
      if (answer !== undefined && answer.due <= due) return
      forget()
      answer = { timer: setTimeout(onDead, ms), due }
    },
    stop() {
      forget()
      clearTimeout(silence)
    },
  }
}
