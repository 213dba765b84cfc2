/**
 * Who has read how far in a room (XEP-0333 §4.3), both ways: in rooms for members who all know each other, and while they
 * are few. The message is named by the id that the room gave it; the reader is known by occupant-id or real address, never
 * by a nick (§7), and speaks for nobody else.
 */
import type { RoomReader } from '../../model/room-readers.ts'
import { buildDisplayedMarker } from '../../protocol/xep-0333-markers.ts'
import type { IncomingStep } from '../incoming/draft.ts'
import type { Link } from '../link.ts'
import { tellOnce } from '../receipts/duties.ts'
import type { Tools } from '../tools.ts'
import type { Visit } from './memory.ts'
import { getVisit } from './visits.ts'

/** With more people each message would be answered by a crowd. */
const MOST_OCCUPANTS = 30

/** Its members see each other's addresses, and so presence: nobody learns what they might not (§7). */
function tellsReaders({ traits, seats }: Visit): boolean {
  const { membersOnly = false, nonAnonymous = false, stanzaIds = false } = traits ?? {}
  return membersOnly && nonAnonymous && stanzaIds && seats.size <= MOST_OCCUPANTS
}

/** Before the step that leaves out what has no words. */
export const hearReader: IncomingStep = (draft, tools) => {
  const { room, parsed, isOwn, stampMs, announcements } = draft
  const stanzaId = parsed.displayed
  if (room?.kind !== 'room' || stanzaId === undefined || room.author === undefined) return 'continue'
  const { visit, author } = room
  const { conversationId } = visit
  const { occupantId, jid, nick } = author
  // The newest one is ours, whichever of our devices sent it.
  if (isOwn) tools.storage.setRoomMarkerTold(conversationId, stanzaId)
  const who = occupantId === undefined ? jid && `jid ${jid}` : `id ${occupantId}`
  if (isOwn || who === undefined || !tellsReaders(visit)) return 'continue'
  const at = stampMs ?? tools.now()
  const isNews = tools.storage.setRoomReader({ conversationId, who, nick, jid, stanzaId, at })
  if (isNews) announcements.push(() => announceReaders(tools, conversationId))
  return 'continue'
}

function announceReaders({ storage, events }: Tools, conversationId: number): void {
  events.emit('room.readersChanged', { conversationId, readers: storage.listRoomReaders(conversationId) })
}

/** None where the room is no longer of that kind. Throws UserError 'not-found'. */
export function listReaders(tools: Tools, conversationId: number): readonly RoomReader[] {
  return tellsReaders(getVisit(tools, conversationId)) ? tools.storage.listRoomReaders(conversationId) : []
}

/** Tells rooms that we are in how far the user has read; what this stream can't take now stays owed. */
export function tellRooms(tools: Tools, link: Link): void {
  const { storage, rooms } = tools
  for (const { conversationId, stanzaId } of storage.listRoomMarkersDue(link.accountId)) {
    const visit = rooms.ofConversation(conversationId)
    if (visit?.phase !== 'in' || !visit.caughtUp) continue
    const settle = (): void => storage.setRoomMarkerTold(conversationId, stanzaId)
    if (!tellsReaders(visit) || !storage.getSettings().tellDisplayed) settle()
    else {
      const marker = buildDisplayedMarker({
        to: visit.jid,
        id: link.newId(),
        displayed: stanzaId,
        type: 'groupchat',
      })
      tellOnce(link, marker, `marker ${conversationId} ${stanzaId}`, settle)
    }
  }
}
