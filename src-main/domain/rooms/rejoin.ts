/** On a fresh stream we go back into all rooms that are wanted: a few at a time, so that it is no storm. */
import { StorageError } from '../../storage/storage.ts'
import { isUnsettled } from '../archive/unsettled.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'
import { watchActivity } from './activity.ts'
import { announceRoom } from './describe.ts'
import { enterRoom } from './entering.ts'
import type { Visit } from './memory.ts'
import { watchRooms } from './self-ping.ts'
import { stopAllTypingIn } from './typing.ts'

const AT_ONCE = 5

/** Not waited for. */
export function rejoinRooms(tools: Tools, link: Link): void {
  const wanted = tools.storage
    .listRooms()
    .filter((room) => room.accountId === link.accountId && room.wanted)
    .flatMap(({ conversationId }) => tools.rooms.ofConversation(conversationId) ?? [])
  const next = async (): Promise<void> => {
    for (let visit = wanted.shift(); visit !== undefined && !link.closed; visit = wanted.shift()) {
      // One that the user wanted meanwhile has been dealt with.
      if (visit.phase === 'out') await enterRoom(tools, link, visit)
    }
  }
  for (let each = 0; each < AT_ONCE; each += 1) void next()
  void watchRooms(tools, link)
  void watchActivity(tools, link)
}

/**
 * The stream is gone, and we with it from all rooms; those that are wanted are joined by the next one. It may be gone
 * because the database takes nothing: then that is not the moment to say so once more.
 */
export function leaveWithStream(tools: Tools, accountId: number): void {
  try {
    leaveAll(tools, accountId)
  } catch (error) {
    if (!(error instanceof StorageError)) throw error
    tools.log('domain/rooms', 'warn', 'how far rooms are here could not be kept', { error })
  }
}

function leaveAll(tools: Tools, accountId: number): void {
  for (const visit of tools.rooms.list(accountId)) {
    if (visit.phase === 'out' || isSettled(tools, visit)) continue
    // Where the order is not known yet, the archive is to be asked for all of it again.
    if (visit.caughtUp && !isUnsettled(visit)) tools.storage.checkpointRoom(visit.conversationId)
    resetVisit(tools, visit)
    announceRoom(tools, visit.conversationId)
  }
}

/** Thrown out for good: why that was stays to be seen. */
function isSettled({ storage }: Tools, { phase, conversationId }: Visit): boolean {
  return phase === 'failed' && storage.findRoom(conversationId)?.wanted === false
}

function resetVisit(tools: Tools, visit: Visit): void {
  visit.attempt += 1
  visit.phase = 'out'
  visit.problem = undefined
  visit.role = 'none'
  visit.caughtUp = false
  visit.awaited.clear()
  stopAllTypingIn(tools, visit)
  tools.rooms.empty(visit)
}
