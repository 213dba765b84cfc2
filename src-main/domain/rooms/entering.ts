/**
 * Coming into a room (XEP-0045 §7.2): what it can do is asked first, unless that is known, since it decides what history
 * is wanted: none where its archive is asked for it.
 */
import type { RoomProblem } from '../../model/room.ts'
import { StanzaError } from '../../protocol/errors.ts'
import {
  buildJoin,
  buildLeave,
  fetchRoomInfo,
  occupantJid,
  type RoomHistory,
  type RoomInfo,
} from '../../protocol/xep-0045-muc/index.ts'
import { currentPresence } from '../current-presence.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'
import { announceRoom } from './describe.ts'
import type { Visit } from './memory.ts'
import { isPassing } from './problems.ts'
import { traitsOf, withPicture } from './traits.ts'

/** Of a room that keeps nothing: enough to see what it is about. */
const HISTORY = 50
/** Who waits longer for a room thinks that it is gone. */
const PATIENCE_MS = 45_000
const FIRST_RETRY_MS = 10_000
const MOST_RETRY_MS = 10 * 60_000

export interface EnterOptions {
  /** It is to be made if it is not there (§10.1); else a slip in its name would make one. */
  readonly mayCreate?: boolean
}

/** How often each room was tried in vain on this link. */
const tried = new WeakMap<Link, Map<Visit, number>>()

/** How it goes is told by room.changed. Never rejects. Resolves when we are in it, or it is settled that we are not. */
export async function enterRoom(
  tools: Tools,
  link: Link,
  visit: Visit,
  { mayCreate = false }: EnterOptions = {},
): Promise<void> {
  const attempt = beginAttempt(tools, link, visit)
  const isCurrent = (): boolean => !link.closed && visit.attempt === attempt && visit.phase === 'joining'
  if (visit.traits === undefined) {
    const problem = await learnTraits(tools, link, visit)
    if (!isCurrent()) return
    if (problem !== undefined && !(mayCreate && problem.code === 'not-found')) {
      return failEntering(tools, link, visit, problem)
    }
  }
  const entered = new Promise<void>((resolve) => waiting.set(visit, resolve))
  if (!sendJoin(tools, link, visit)) return
  await Promise.race([entered, link.rest(PATIENCE_MS)])
  if (isCurrent()) return failEntering(tools, link, visit, { code: 'unreachable' })
  const isByAccident = visit.created && !mayCreate && visit.attempt === attempt && visit.phase === 'in'
  if (isByAccident) giveBack(tools, link, visit)
}

/** The room that we knew is gone, and by coming in we have made another: one that nobody sets up goes with us (§10.1.3). */
function giveBack(tools: Tools, link: Link, visit: Visit): void {
  leaveRoom(tools, link, visit)
  failEntering(tools, link, visit, { code: 'not-found' })
}

/** Who waits for a room to let us in. */
const waiting = new WeakMap<Visit, () => void>()

/** We are in, or it is settled that we are not. */
export function settleEntering(visit: Visit): void {
  waiting.get(visit)?.()
  waiting.delete(visit)
}

function beginAttempt(tools: Tools, link: Link, visit: Visit): number {
  releaseAwaited(link, visit)
  visit.attempt += 1
  visit.phase = 'joining'
  visit.problem = undefined
  visit.created = false
  visit.toldPicture = undefined
  visit.caughtUp = false
  visit.wasHere = tools.storage.findConversation(visit.conversationId)?.last !== undefined
  tools.rooms.empty(visit)
  tools.storage.beginRoomAbsence(visit.conversationId)
  announceRoom(tools, visit.conversationId)
  return visit.attempt
}

/** What this visit did not see come back goes once more with the next one; the room's archive may know better. */
export function releaseAwaited(link: Link, visit: Visit): void {
  for (const id of visit.awaited) link.inFlight.delete(id)
  visit.awaited.clear()
}

function sendJoin(tools: Tools, link: Link, visit: Visit): boolean {
  const occupant = occupantJid(visit.jid, visit.nick)
  const presence = currentPresence(tools, link)
  if (presence === undefined) return false
  if (occupant === undefined) {
    failEntering(tools, link, visit, { code: 'nick-refused' })
    return false
  }
  visit.heardAt = tools.now()
  link.addressed.add(visit.jid)
  visit.password ??= tools.secrets.rooms.get(link.accountId, visit.jid)
  const { password } = visit
  return link.stream.send(
    buildJoin({ occupant, id: link.newId(), history: historyFor(visit), password, presence }),
  )
}

function historyFor({ traits }: Visit): RoomHistory {
  return traits?.archived === true ? 'none' : { maxStanzas: HISTORY }
}

/** Undefined: we may try. A room that says nothing of itself may let us in all the same. */
export async function learnTraits(tools: Tools, link: Link, visit: Visit): Promise<RoomProblem | undefined> {
  try {
    const info = await fetchRoomInfo(link.iq, visit.jid)
    if (info === undefined) return { code: 'not-found' }
    takeTraits(tools, link, visit, info)
    return undefined
  } catch (error) {
    if (!(error instanceof StanzaError)) return undefined
    if (error.condition === 'item-not-found') return { code: 'not-found' }
    if (error.condition === 'gone') return { code: 'gone' }
    const isLost = error.condition.startsWith('remote-server-')
    return isLost ? { code: 'unreachable' } : undefined
  }
}

/** The room has told what it is. */
export function takeTraits({ storage, rooms }: Tools, link: Link, visit: Visit, info: RoomInfo): void {
  const traits = withPicture(traitsOf(info), visit.toldPicture)
  visit.traits = traits
  visit.askedOn = link
  storage.setRoom(visit.conversationId, { traits })
  rooms.touch(visit)
}

export function failEntering(tools: Tools, link: Link, visit: Visit, problem: RoomProblem): void {
  visit.phase = 'failed'
  visit.problem = problem
  visit.role = 'none'
  releaseAwaited(link, visit)
  link.addressed.delete(visit.jid)
  tools.rooms.empty(visit)
  // Who was thrown out does not knock at each start.
  if (!isPassing(problem)) tools.storage.setRoom(visit.conversationId, { wanted: keepsTrying(problem) })
  announceRoom(tools, visit.conversationId)
  settleEntering(visit)
  if (isPassing(problem)) void tryAgain(tools, link, visit)
}

/** What may be another way tomorrow. */
function keepsTrying({ code }: RoomProblem): boolean {
  return ['full', 'locked', 'nick-taken', 'password', 'other'].includes(code)
}

async function tryAgain(tools: Tools, link: Link, visit: Visit): Promise<void> {
  const { attempt } = visit
  const counts = tried.get(link) ?? new Map<Visit, number>()
  tried.set(link, counts)
  const times = counts.get(visit) ?? 0
  counts.set(visit, times + 1)
  await link.rest(Math.min(FIRST_RETRY_MS * 2 ** times, MOST_RETRY_MS))
  if (!link.closed && visit.attempt === attempt && visit.phase === 'failed')
    await enterRoom(tools, link, visit)
}

export function forgetTries(link: Link, visit: Visit): void {
  tried.get(link)?.delete(visit)
}

/** Says goodbye; the room is out from now on, whatever it answers. Its conversation stays. */
export function leaveRoom(tools: Tools, link: Link | undefined, visit: Visit): void {
  const occupant = occupantJid(visit.jid, visit.nick)
  const isThere = visit.phase === 'in' || visit.phase === 'joining'
  visit.attempt += 1
  visit.phase = 'out'
  visit.problem = undefined
  visit.role = 'none'
  if (link !== undefined) {
    if (isThere && occupant !== undefined) link.stream.send(buildLeave(occupant))
    releaseAwaited(link, visit)
    link.addressed.delete(visit.jid)
  }
  tools.rooms.empty(visit)
  tools.storage.setRoom(visit.conversationId, { wanted: false })
  announceRoom(tools, visit.conversationId)
  settleEntering(visit)
}
