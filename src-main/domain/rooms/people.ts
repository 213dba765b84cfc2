/** Occupants, for the user: all of them, one alone, and one who is not to be heard. */
import type { CheckedInput } from '../../contract/commands.ts'
import type { Conversation } from '../../model/conversation.ts'
import { AFFILIATIONS, type Author, type Occupant } from '../../model/room.ts'
import { occupantJid } from '../../protocol/xep-0045-muc/index.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'
import { announceConversation } from '../conversations.ts'
import { announceMessage } from '../outgoing/outbox.ts'
import { keyOfAuthor } from './authors.ts'
import type { Visit } from './memory.ts'
import { getVisit } from './visits.ts'

/** More at once would hold the program up. */
const MOST_AT_ONCE = 2000

/** Messages with their reactions that may be on screen. */
const MOST_SHOWN = 200

/** The highest affiliation first. From now on their changes are told, and first who is left out here. */
export function listOccupants(tools: Tools, conversationId: number): readonly Occupant[] {
  const visit = getVisit(tools, conversationId)
  tools.rooms.watch(visit)
  const byAffiliation = new Map<string, Occupant[]>(AFFILIATIONS.map((affiliation) => [affiliation, []]))
  for (const { occupant } of visit.seats.values()) byAffiliation.get(occupant.affiliation)?.push(occupant)
  const all = [...AFFILIATIONS].reverse().flatMap((affiliation) => byAffiliation.get(affiliation) ?? [])
  for (const { nick } of all.slice(MOST_AT_ONCE)) tools.rooms.tell(visit, nick)
  return all.slice(0, MOST_AT_ONCE)
}

/** Also with one who has left: what was said stays there. */
export function openPrivate(
  { storage, rooms, events, now }: Tools,
  { conversationId, nick }: CheckedInput<'room.openPrivate'>,
): Conversation {
  const visit = rooms.ofConversation(conversationId)
  const address = visit && occupantJid(visit.jid, nick)
  if (visit === undefined || address === undefined) throw userError('not-found')
  const conversation = storage.insertConversation(visit.accountId, address, now(), 'private')
  const occupantId = visit.seats.get(nick)?.occupant.occupantId
  if (occupantId !== undefined) visit.meant.set(nick, occupantId)
  events.emit('conversation.changed', { conversation })
  return conversation
}

export function ignoreOccupant(
  tools: Tools,
  { conversationId, nick, ignored }: CheckedInput<'room.ignore'>,
): void {
  const visit = getVisit(tools, conversationId)
  const seat = visit.seats.get(nick)
  const who = keyOfAuthor(seat?.occupant ?? { nick })
  tools.storage.setIgnored(conversationId, who, ignored)
  if (ignored) visit.ignored.add(who)
  else {
    visit.ignored.delete(who)
    showAgain(tools, visit, seat?.occupant ?? { nick })
  }
  for (const message of tools.storage.listReactedBy(conversationId, who, MOST_SHOWN)) {
    announceMessage(tools, message)
  }
  if (seat === undefined) return
  const { ignored: _before, ...occupant } = seat.occupant
  tools.rooms.seat(visit, nick, { ...seat, occupant: ignored ? { ...occupant, ignored: true } : occupant })
}

/** What was kept of them meanwhile stands where it was said. */
function showAgain(tools: Tools, { accountId, conversationId }: Visit, author: Author): void {
  for (const id of tools.storage.unhide(conversationId, author)) {
    announceConversation(tools, id)
    tools.events.emit('archive.gapsChanged', { accountId, conversationId: id })
  }
}
