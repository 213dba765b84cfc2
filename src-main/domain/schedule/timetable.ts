/**
 * Sends scheduled messages when their time has come, while the program runs; what fell due before goes at the start. Time is
 * looked at anew at least each minute and after each wake-up, for computers sleep and clocks are set.
 */
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import { releaseScheduled } from './release.ts'

const LOOK_EVERY_MS = 60_000

export interface Timetable {
  start(): void
  /** Something was scheduled or changed, or the computer woke up. */
  look(): void
  stop(): void
}

export function createTimetable(tools: Tools, sessions: Sessions): Timetable {
  let running = false
  let timer: NodeJS.Timeout | undefined

  function look(): void {
    clearTimeout(timer)
    if (!running) return
    try {
      const wait = releaseDue()
      if (wait !== undefined) timer = setTimeout(look, Math.min(wait, LOOK_EVERY_MS))
    } catch (error) {
      // A database that takes nothing now: the messages are still there.
      tools.log('domain/schedule', 'error', 'scheduled messages could not be sent', { error })
      timer = setTimeout(look, LOOK_EVERY_MS)
    }
  }

  /** Milliseconds until the next one; undefined when none is left. */
  function releaseDue(): number | undefined {
    const scheduled = tools.storage.listScheduled()
    const now = tools.now()
    for (const { id } of scheduled.filter(({ dueAt }) => dueAt <= now)) {
      const message = releaseScheduled(tools, id)
      if (message !== undefined) sessions.get(message.accountId).flush()
    }
    const next = scheduled.find(({ dueAt }) => dueAt > now)
    return next && next.dueAt - now
  }

  return {
    start() {
      running = true
      look()
    },
    look,
    stop() {
      running = false
      clearTimeout(timer)
    },
  }
}
