/** When updates are looked for by themselves: a minute after the start, then once a day, and only while the user wants it. */
import type { UpdateWish } from '../../model/preferences.ts'

const FIRST_MS = 60_000
const EVERY_MS = 24 * 3_600_000

/** The wish is read anew each time. It keeps nothing alive. */
export function startRounds(wish: () => UpdateWish, check: () => void): void {
  const look = (): void => {
    if (wish() === 'check') check()
  }
  setTimeout(look, FIRST_MS).unref()
  setInterval(look, EVERY_MS).unref()
}
