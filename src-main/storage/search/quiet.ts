/** Waits for a moment in which nothing happens. */

export interface Quiet {
  /** Something happens: a moment of quiet is due after it. */
  touch(): void
  stop(): void
}

/** Holds no process open. */
export function createQuiet(waitMs: number, onQuiet: () => void): Quiet {
  let timer: NodeJS.Timeout | undefined
  let touchedAt = 0

  function wait(ms: number): void {
    timer = setTimeout(() => {
      timer = undefined
      const left = waitMs - (performance.now() - touchedAt)
      if (left > 1) wait(left)
      else onQuiet()
    }, ms).unref()
  }
  return {
    // Called very often: one timer, which goes on by itself.
    touch() {
      touchedAt = performance.now()
      if (timer === undefined) wait(waitMs)
    },
    stop: () => clearTimeout(timer),
  }
}
