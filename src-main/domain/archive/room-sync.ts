/** The archive of a room we have come into: what was said meanwhile is fetched, from the newest message that is here. */
import { RequestTimeout, StanzaError } from '../../protocol/errors.ts'
import type { Link } from '../link.ts'
import type { Visit } from '../rooms/memory.ts'
import type { Tools } from '../tools.ts'
import { catchUp } from './catch-up.ts'
import { roomSource } from './sources.ts'
import { beginReading, endReading, isUnsettled, QUIET_MS } from './unsettled.ts'

const RETRY_MS = 10_000
const MOST_TRIES = 5

const syncing = new WeakMap<Visit, Promise<void>>()

/** Never rejects. Resolves when it is done, refused, or in vain. Once at a time. */
export function syncRoom(tools: Tools, link: Link, visit: Visit): Promise<void> {
  const running = syncing.get(visit)
  if (running !== undefined) return running
  const run = sync(tools, link, visit).finally(() => syncing.delete(visit))
  syncing.set(visit, run)
  return run
}

/** Resolves when none is running: what it has half stored is no place to go on from. */
export async function whenSynced(visit: Visit): Promise<void> {
  await syncing.get(visit)
}

async function sync(tools: Tools, link: Link, visit: Visit): Promise<void> {
  const { attempt } = visit
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    if (link.closed || visit.attempt !== attempt || visit.phase !== 'in') return
    try {
      beginReading(visit)
      await catchUp(tools, link, roomSource(tools, link, visit))
      if (!isUnsettled(visit)) endReading(visit)
      else void settleOrder(tools, link, visit)
      return
    } catch (error) {
      tools.log('domain/archive', 'info', 'the archive of a room does not answer', { error })
      if (!isPassing(error)) return
    }
    await link.rest(RETRY_MS)
  }
}

/** By the room's clock it may have said before what stands after. Each is placed once, so this comes to an end. */
async function settleOrder(tools: Tools, link: Link, visit: Visit): Promise<void> {
  await link.rest(QUIET_MS)
  await syncRoom(tools, link, visit)
}

function isPassing(error: unknown): boolean {
  return error instanceof RequestTimeout || (error instanceof StanzaError && error.type === 'wait')
}
