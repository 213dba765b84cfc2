/**
 * Messages of rooms among all that arrive: what is said to all in one that we are in, and what an occupant says to us alone
 * (XEP-0045 §7.4, §7.5), which is never a chat with a contact (attack S20). The room stands behind the address it comes
 * from, its ids and occupant-ids where it announces them (S6); for everything else the occupant alone.
 */
import { bareOf, resourceOf, type BareJid, type FullJid, type Jid } from '../../model/jid.ts'
import type { Author } from '../../model/room.ts'
import { trustedStanzaId, type ParsedMessage } from '../../protocol/message.ts'
import { rejected, type Rejected } from '../../protocol/rejected.ts'
import type { Arrival } from '../incoming/arrival.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'
import type { Visit } from './memory.ts'
import { noteSaid } from './slow-mode.ts'

/** In a room, or alone with one of its occupants. */
export interface InRoom {
  readonly kind: 'room' | 'private'
  readonly visit: Visit
  /** Undefined: the room itself speaks. */
  readonly author?: Author | undefined
}

/** As it came, where it is no room's; with `room` where it is; rejected where it must not be shown. */
export function placeInRoom(tools: Tools, link: Link, arrival: Arrival): Arrival | Rejected {
  const { parsed, via, isOwn } = arrival
  if (parsed.type === 'error' || parsed.type === 'headline') return arrival
  if (parsed.type === 'groupchat') return via === 'live' ? groupArrival(tools, link, arrival) : ofNoRoom()
  const occupant = isOwn ? parsed.to : parsed.from
  if (occupant === undefined) return arrival
  const visit = tools.rooms.find(link.accountId, bareOf(occupant))
  if (visit !== undefined && resourceOf(occupant) !== undefined) {
    return privateArrival(link, arrival, visit, occupant as FullJid)
  }
  // Another device of ours is in a room that is not known here.
  return visit === undefined && parsed.ofOccupant === true && hasWords(parsed) ? ofNoRoom() : arrival
}

function ofNoRoom(): Rejected {
  return rejected('a message of a room that is not joined')
}

/** An invitation is marked in the same way, and nobody's private words. */
function hasWords({ invitation, declination, type }: ParsedMessage): boolean {
  return type === 'chat' && invitation === undefined && declination === undefined
}

function groupArrival(tools: Tools, link: Link, arrival: Arrival): Arrival | Rejected {
  const { parsed } = arrival
  const visit = tools.rooms.find(link.accountId, bareOf(parsed.from))
  if (visit === undefined || (visit.phase !== 'in' && visit.phase !== 'joining')) return ofNoRoom()
  visit.heardAt = tools.now()
  const author = authorOf(visit, parsed)
  const isOwn = author !== undefined && isOurs(visit, author)
  if (isOwn && parsed.body !== undefined && arrival.stampMs === undefined) noteSaid(tools, visit)
  return {
    ...arrival,
    isOwn,
    stanzaId: idBy(visit, parsed),
    room: { kind: 'room', visit, author },
  }
}

/** Now, by nick: an occupant of the moment is known by it. */
function authorOf(visit: Visit, parsed: ParsedMessage): Author | undefined {
  const nick = resourceOf(parsed.from)
  if (nick === undefined) return undefined
  const jid = visit.seats.get(nick)?.occupant.jid
  return { ...archivedAuthor(visit, nick, parsed), ...(jid === undefined ? {} : { jid }) }
}

/** Of the past nothing is known but what stands in the message. */
export function archivedAuthor(visit: Visit, nick: string, { occupantId }: ParsedMessage): Author {
  const isTrusted = visit.traits?.occupantIds === true
  return { nick, ...(isTrusted && occupantId !== undefined ? { occupantId } : {}) }
}

/** Our nick is ours alone while we are in; by occupant-id it is us, also from another device under another nick. */
function isOurs(visit: Visit, { nick, occupantId }: Author): boolean {
  if (occupantId !== undefined && visit.occupantId !== undefined) return occupantId === visit.occupantId
  return nick === visit.nick && visit.phase === 'in'
}

export function idBy(visit: Visit, parsed: ParsedMessage): string | undefined {
  return visit.traits?.stanzaIds === true ? trustedStanzaId(parsed, visit.jid) : undefined
}

/** The conversation is with the occupant's address in the room. No id in it is the room's. */
function privateArrival(link: Link, arrival: Arrival, visit: Visit, occupant: FullJid): Arrival | Rejected {
  const { parsed, isOwn } = arrival
  if (parsed.invitation !== undefined || parsed.declination !== undefined) return arrival
  const nick = resourceOf(occupant) ?? ''
  return {
    ...arrival,
    parsed: { ...parsed, type: 'chat' },
    isOwn: isOwn || isOurEcho(link, visit, arrival),
    counterpart: occupant,
    room: {
      kind: 'private',
      visit,
      author: isOwn ? { nick: visit.nick } : privateAuthor(visit, nick, arrival),
    },
  }
}

/** Not every room marks what it hands on from one to another; who is there now has an id all the same. */
function privateAuthor(visit: Visit, nick: string, { parsed, via }: Arrival): Author {
  const author = archivedAuthor(visit, nick, parsed)
  const occupantId = via === 'archive' ? undefined : visit.seats.get(nick)?.occupant.occupantId
  return author.occupantId !== undefined || occupantId === undefined ? author : { ...author, occupantId }
}

/** What we say to ourselves alone comes back from our own nick. */
function isOurEcho({ stream }: Link, visit: Visit, { parsed }: Arrival): boolean {
  return (
    bareOf(parsed.from) === stream.ownBareJid ||
    (visit.phase === 'in' && resourceOf(parsed.from) === visit.nick)
  )
}

/** As whom the row of a message is written down: of our own words it is us, in every room. */
export function senderOf({ room, isOwn, parsed }: Arrival, own: BareJid): Jid {
  if (room === undefined) return bareOf(parsed.from)
  return isOwn ? own : parsed.from
}
