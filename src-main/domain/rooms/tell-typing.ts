/**
 * That we type, told to a room (XEP-0085): where the user lets it be known, and in small rooms alone, for in a large one it
 * is a message to everybody on every key. Nothing is told to an occupant alone, who is a stranger (attack S19).
 */
import type { Conversation } from '../../model/conversation.ts'
import type { ChatState } from '../../model/receipts.ts'
import { buildMessage } from '../../protocol/message.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'
import type { Visit } from './memory.ts'

const MOST_OCCUPANTS = 50

const told = new WeakMap<Visit, ChatState>()

export function tellTyping(tools: Tools, link: Link, { id, kind }: Conversation, wish: ChatState): void {
  const visit = kind === 'room' ? tools.rooms.ofConversation(id) : undefined
  if (visit === undefined || !mayTell(tools, visit)) return
  // A room is told when somebody begins and ends; that one has gone it sees itself (§5.4).
  const state = wish === 'composing' ? 'composing' : 'paused'
  if ((told.get(visit) ?? 'paused') === state) return
  const isTaken = link.stream.send(
    buildMessage({ to: visit.jid, type: 'groupchat', id: link.newId(), chatState: state, hint: 'no-store' }),
  )
  if (isTaken) told.set(visit, state)
}

/** Visitors of a moderated room would only be refused. */
function mayTell({ storage }: Tools, { phase, role, seats, traits }: Visit): boolean {
  const mayTalk = role !== 'visitor' || traits?.moderated === false
  return phase === 'in' && mayTalk && seats.size <= MOST_OCCUPANTS && storage.getSettings().tellTyping
}

/** Our words end it. */
export function forgetTyping(visit: Visit): void {
  told.delete(visit)
}
