/** Many roster sets in a row: a few at once, told how far they are, stopped at any time, failures gathered. */
import type { BareJid } from '../../model/jid.ts'
import type { FailedChange, RosterOutcome } from '../../model/people.ts'
import { StanzaError } from '../../protocol/errors.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'

/** So many wait for the server at a time. */
const AT_ONCE = 4
/** Progress is told about a hundred times, whatever the number. */
const STEPS = 100

/** Rejects only with what is a fault of ours; what the server refuses is in the outcome. */
export async function changeMany<T extends { readonly jid: BareJid }>(
  tools: Tools,
  link: Link,
  items: readonly T[],
  signal: AbortSignal,
  change: (item: T) => Promise<void>,
): Promise<RosterOutcome> {
  const total = items.length
  const failed: FailedChange[] = []
  const waiting = items.values()
  let done = 0
  const tell = (): void => tools.events.emit('roster.progressed', { done: done + failed.length, total })

  async function work(): Promise<void> {
    for (const item of waiting) {
      if (signal.aborted || link.closed) return
      try {
        await change(item)
        done += 1
      } catch (error) {
        failed.push({ jid: item.jid, detail: detailOf(error) })
      }
      if ((done + failed.length) % Math.ceil(total / STEPS) === 0) tell()
    }
  }

  tell()
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  tell()
  return { total, done, failed }
}

/** The condition as the server named it. */
function detailOf(error: unknown): string {
  if (error instanceof StanzaError) return [error.condition, error.text].filter(Boolean).join(': ')
  return error instanceof Error ? error.message : 'unknown error'
}
