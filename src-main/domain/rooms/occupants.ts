/**
 * Presence in rooms: who comes, goes, is called otherwise, and what becomes of ourselves. True only of rooms that we have
 * entered, by what the room itself adds to each presence (XEP-0045 §7.2.2).
 */
import { bareOf, resourceOf } from '../../model/jid.ts'
import type { Occupant } from '../../model/room.ts'
import { departureOf, joinErrorOf, occupantJid, type Occupancy } from '../../protocol/xep-0045-muc/index.ts'
import type { ParsedPresence } from '../../protocol/presence.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'
import { keyOfAuthor } from './authors.ts'
import { announceRoom } from './describe.ts'
import { enterRoom, failEntering } from './entering.ts'
import { noteDeparture, noteSeat } from './happenings.ts'
import { cameIn } from './inside.ts'
import type { Visit } from './memory.ts'
import { isPassing, problemOfDeparture, problemOfError } from './problems.ts'
import { stopTypingIn } from './typing.ts'

/** True: it is a room's, and dealt with. */
export function receiveRoomPresence(tools: Tools, link: Link, presence: ParsedPresence): boolean {
  const visit = tools.rooms.find(link.accountId, bareOf(presence.from))
  if (visit === undefined || !['available', 'unavailable', 'error'].includes(presence.type)) return false
  if (visit.phase !== 'joining' && visit.phase !== 'in') return true
  visit.heardAt = tools.now()
  if (presence.type === 'error') refused(tools, link, visit, presence)
  else {
    const nick = resourceOf(presence.from)
    if (nick === undefined) hearPicture(visit, presence)
    else if (presence.occupancy !== undefined) {
      take(tools, link, visit, { nick, presence, occupancy: presence.occupancy })
    }
  }
  return true
}

/** The room's own presence has the hash of its picture (XEP-0153): what else it says of itself is asked for again. */
function hearPicture(visit: Visit, { type, avatarHash }: ParsedPresence): void {
  if (type !== 'available' || avatarHash === undefined || avatarHash === visit.toldPicture) return
  visit.toldPicture = avatarHash
  if (visit.phase === 'in' && avatarHash !== (visit.traits?.avatarHash ?? '')) visit.onChanged?.()
}

/** One occupant's presence. */
interface Told {
  readonly nick: string
  readonly presence: ParsedPresence
  readonly occupancy: Occupancy
}

function take(tools: Tools, link: Link, visit: Visit, told: Told): void {
  const isOwn = isOurs(visit, told)
  if (told.presence.type === 'unavailable') return gone(tools, link, visit, told, isOwn)
  const occupant = occupantOf(visit, told)
  const known = visit.seats.get(told.nick) ?? visit.renamed.get(told.nick)
  visit.renamed.delete(told.nick)
  if (visit.phase === 'in') noteSeat(tools, visit, occupant, known?.occupant)
  tools.rooms.seat(visit, told.nick, { occupant, sinceMs: sinceOf(known, occupant, tools.now()) })
  if (isOwn) tookOurs(tools, link, visit, told, occupant)
}

/** Only the room says that it is us (status 110); once we are in, our nick is nobody else's. */
function isOurs(visit: Visit, { nick, occupancy }: Told): boolean {
  const isSaid = occupancy.statuses.includes('self')
  if (visit.phase === 'in') return nick === visit.nick
  return isSaid
}

/** Under one nick another person: what was said before was not theirs. */
function sinceOf(
  known: { readonly occupant: Occupant; readonly sinceMs: number } | undefined,
  { occupantId, jid }: Occupant,
  now: number,
): number {
  if (known === undefined) return now
  const isSame = known.occupant.occupantId === occupantId && known.occupant.jid === jid
  return isSame ? known.sinceMs : now
}

function occupantOf(visit: Visit, { nick, presence, occupancy }: Told): Occupant {
  const { traits } = visit
  const { show, status, occupantId, hats, avatarHash } = presence
  const { role, affiliation, jid } = occupancy
  const id = traits?.occupantIds === true ? occupantId : undefined
  const key = keyOfAuthor({ nick, ...(id === undefined ? {} : { occupantId: id }) })
  return {
    nick,
    ...(id === undefined ? {} : { occupantId: id }),
    ...(jid === undefined ? {} : { jid: bareOf(jid) }),
    ...{ role, affiliation, show, status },
    ...(traits?.hats === true && hats !== undefined ? { hats } : {}),
    ...(avatarHash === undefined || avatarHash === '' ? {} : { avatarHash }),
    ...(visit.ignored.has(key) ? { ignored: true } : {}),
  }
}

function tookOurs(
  tools: Tools,
  link: Link,
  visit: Visit,
  { nick, occupancy }: Told,
  { occupantId }: Occupant,
): void {
  const { role, affiliation } = occupancy
  const isNew = visit.phase === 'joining'
  const isChanged = visit.role !== role || visit.affiliation !== affiliation || visit.nick !== nick
  Object.assign(visit, { role, affiliation, nick, occupantId })
  if (isNew) {
    visit.created = occupancy.statuses.includes('created')
    return cameIn(tools, link, visit)
  }
  if (isChanged) announceRoom(tools, visit.conversationId)
}

function gone(tools: Tools, link: Link, visit: Visit, told: Told, isOwn: boolean): void {
  const departure = departureOf(told.occupancy)
  const seat = visit.seats.get(told.nick)
  tools.rooms.unseat(visit, told.nick)
  stopTypingIn(tools, visit, told.nick)
  if (visit.phase === 'in' && seat !== undefined && !isOwn) {
    noteDeparture(tools, visit, seat.occupant, departure)
  }
  if (departure.kind === 'renamed') return renamed(tools, visit, seat, departure.nick, isOwn)
  // Who leaves by our wish is out already, and does not hear it.
  if (isOwn || departure.kind === 'destroyed') failEntering(tools, link, visit, problemOfDeparture(departure))
}

function renamed(
  tools: Tools,
  visit: Visit,
  seat: ReturnType<Visit['seats']['get']>,
  nick: string,
  isOwn: boolean,
): void {
  if (seat !== undefined) visit.renamed.set(nick, seat)
  if (!isOwn) return followPrivate(tools, visit, seat?.occupant.nick, nick)
  visit.nick = nick
  tools.storage.setRoom(visit.conversationId, { nick })
  visit.onNick?.(undefined)
  announceRoom(tools, visit.conversationId)
}

/** What is said to one alone goes on with that one. */
function followPrivate({ storage, events }: Tools, visit: Visit, from: string | undefined, to: string): void {
  const [before, after] = [from, to].map((nick) =>
    nick === undefined ? undefined : occupantJid(visit.jid, nick),
  )
  if (before === undefined || after === undefined) return
  const conversation = storage.renamePrivate(visit.accountId, before, after)
  if (conversation !== undefined) events.emit('conversation.changed', { conversation })
}

/** Of coming in, or, where we are in, of what else we wanted to be: another nick, mostly. */
function refused(tools: Tools, link: Link, visit: Visit, { error, from }: ParsedPresence): void {
  if (error === undefined) return
  const problem = problemOfError(joinErrorOf(error), visit, visit.traits !== undefined)
  if (visit.phase === 'joining') return failEntering(tools, link, visit, problem)
  const nick = resourceOf(from)
  if (nick !== undefined && nick !== visit.nick) {
    visit.onNick?.(problem)
    return
  }
  // The room does not know us any more.
  if (isPassing(problem) || error.condition === 'not-acceptable') void enterRoom(tools, link, visit)
}
