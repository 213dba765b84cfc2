/** One turn of the event loop, and whether reading has had its share of it. Nothing may hold up the process over 16 ms. */

const SHARE_MS = 4

let startedAt: number | undefined

/** From the first call in a turn on: whether the share is used up. */
export function isTurnOver(): boolean {
  if (startedAt === undefined) {
    startedAt = performance.now()
    setImmediate(() => (startedAt = undefined))
  }
  return performance.now() - startedAt > SHARE_MS
}
