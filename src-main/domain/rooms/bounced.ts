/** A message of ours that the room gave back because we are not in it: we were taken out and did not hear it. */
import type { ParsedMessage } from '../../protocol/message.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'
import { enterRoom } from './entering.ts'
import type { Visit } from './memory.ts'

/** What came back once already: another time it has failed. */
const bounced = new WeakMap<Visit, Set<string>>()
const MOST_REMEMBERED = 1000

/** True: it goes once more when we are back in, which `rejoin` sees to. */
export function comesAgain(visit: Visit, { id, error }: ParsedMessage): boolean {
  if (id === undefined || visit.phase !== 'in' || error?.condition !== 'not-acceptable') return false
  const known = bounced.get(visit) ?? new Set<string>()
  if (known.has(id) || known.size >= MOST_REMEMBERED) return false
  bounced.set(visit, known.add(id))
  return true
}

export function rejoin(tools: Tools, link: Link, visit: Visit): void {
  if (visit.phase === 'in') void enterRoom(tools, link, visit)
}
