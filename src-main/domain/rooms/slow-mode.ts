/**
 * Rooms that want some time between two texts of one person (XEP-0500 §6): what the user says sooner waits here, so that the
 * room need not refuse it. The time runs from when the room has said the one before; owners and admins do not wait.
 */
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'
import type { Visit } from './memory.ts'

/** When the last text of ours was said, epoch milliseconds. */
const saidAt = new WeakMap<Visit, number>()
/** Streams on which somebody waits to say more. */
const waiting = new WeakSet<Link>()

/** Milliseconds until the room takes another text of ours; 0: now. One on its way counts as said just now. */
export function waitIn({ now }: Pick<Tools, 'now'>, visit: Visit): number {
  const seconds = pauseOf(visit)
  if (seconds === undefined) return 0
  if (visit.awaited.size > 0) return seconds * 1000
  return Math.max(0, (mayTalkAgainAt(visit) ?? 0) - now())
}

/** Epoch milliseconds; undefined: at any time. */
export function mayTalkAgainAt(visit: Visit): number | undefined {
  const [seconds, said] = [pauseOf(visit), saidAt.get(visit)]
  return seconds === undefined || said === undefined ? undefined : said + seconds * 1000
}

function pauseOf({ traits, affiliation }: Visit): number | undefined {
  return affiliation === 'owner' || affiliation === 'admin' ? undefined : traits?.slowModeSeconds
}

/** The room has said our words to all. */
export function noteSaid({ now, rooms }: Pick<Tools, 'now' | 'rooms'>, visit: Visit): void {
  if (pauseOf(visit) === undefined) return
  saidAt.set(visit, now())
  rooms.touch(visit)
}

/** Calls `flush` when the first of the rooms that make us wait takes more. One call waits at a time. */
export function whenAllowed(tools: Pick<Tools, 'now' | 'rooms'>, link: Link, flush: () => void): void {
  const waits = tools.rooms.list(link.accountId).map((visit) => waitIn(tools, visit))
  const first = Math.min(...waits.filter((ms) => ms > 0))
  if (!Number.isFinite(first) || waiting.has(link)) return
  waiting.add(link)
  void link.rest(first).then(() => {
    waiting.delete(link)
    if (!link.closed) flush()
  })
}
