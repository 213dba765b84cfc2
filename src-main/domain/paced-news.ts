/**
 * What many say of themselves, and as often as they like: taken in batches, and of one address not too often, so that neither
 * a sign-in that brings all of it nor one who changes it all the time holds the main process up.
 */
import type { BareJid } from '../model/jid.ts'

const BATCH_MS = 250
/** Between two changes of the same one; of those between, the last counts. */
const PACE_MS = 5000
/** More wait only when something floods us; what is left out is told again at the next sign-in. */
const MOST_WAITING = 20_000
/** Of a roster that all comes at once: more would hold the main process up. */
const MOST_AT_ONCE = 200

export interface News<Said> {
  readonly accountId: number
  readonly jid: BareJid
  readonly said: Said
}

type Who = Pick<News<unknown>, 'accountId' | 'jid'>

interface Needs<Said> {
  readonly now: () => number
  /** Of two by the same one, where neither has been taken yet. */
  readonly merge: (earlier: Said, later: Said) => Said
  /** Gives those that have changed something. */
  readonly take: (due: readonly News<Said>[]) => readonly Who[]
  /** `take` has thrown: those are lost until they are told again. */
  readonly failed: (error: unknown) => void
}

export interface PacedNews<Said> {
  note(accountId: number, jid: BareJid, said: Said): void
  /** What waits of this one is out of date. */
  forget(accountId: number, jid: BareJid): void
  /** Takes what waits, too soon or not; nothing happens later any more. */
  stop(): void
}

export function createPacedNews<Said>({ now, merge, take, failed }: Needs<Said>): PacedNews<Said> {
  const waiting = new Map<string, News<Said>>()
  /** When one was taken last. */
  const taken = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined

  function note(accountId: number, jid: BareJid, said: Said): void {
    const key = keyOf({ accountId, jid })
    const earlier = waiting.get(key)
    if (earlier === undefined && waiting.size >= MOST_WAITING) return
    waiting.set(key, { accountId, jid, said: earlier === undefined ? said : merge(earlier.said, said) })
    timer ??= setTimeout(flush, BATCH_MS)
  }

  function flush(isLast = false): void {
    clearTimeout(timer)
    timer = undefined
    const time = now()
    for (const [key, at] of taken) if (time - at >= PACE_MS) taken.delete(key)
    const free = [...waiting].filter(([key]) => isLast || !taken.has(key))
    const due = isLast ? free : free.slice(0, MOST_AT_ONCE)
    for (const [key] of due) waiting.delete(key)
    try {
      for (const who of take(due.map(([, each]) => each))) taken.set(keyOf(who), time)
    } catch (error) {
      failed(error)
    }
    if (waiting.size > 0) timer = setTimeout(flush, due.length < free.length ? BATCH_MS : PACE_MS)
  }

  return {
    note,
    forget: (accountId, jid) => void waiting.delete(keyOf({ accountId, jid })),
    stop: () => flush(true),
  }
}

function keyOf({ accountId, jid }: Who): string {
  return `${accountId} ${jid}`
}
