/** Own words in rooms: they go when we are in, with what was said before us here, and are said when they come back. */
import { bareOf, resourceOf, type Jid } from '../../model/jid.ts'
import type { ConversationKind } from '../../model/conversation.ts'
import type { OutgoingMessage } from '../../protocol/message.ts'
import type { PendingMessage } from '../../storage/storage.ts'
import type { Tools } from '../tools.ts'
import type { Visit } from './memory.ts'
import { mentionsIn } from './name-others.ts'
import { waitIn } from './slow-mode.ts'
import { forgetTyping } from './tell-typing.ts'

type Rooms = Pick<Tools, 'rooms'>

function visitTo({ rooms }: Rooms, accountId: number, counterpart: Jid): Visit | undefined {
  return rooms.find(accountId, bareOf(counterpart))
}

export function kindOf(tools: Rooms, accountId: number, counterpart: Jid): ConversationKind {
  if (visitTo(tools, accountId, counterpart) === undefined) return 'chat'
  return resourceOf(counterpart) === undefined ? 'room' : 'private'
}

/** False: it waits for the room to let us in, or to take more of us. */
export function mayGo(tools: Pick<Tools, 'rooms' | 'now'>, accountId: number, counterpart: Jid): boolean {
  const visit = visitTo(tools, accountId, counterpart)
  if (visit === undefined) return true
  if (visit.phase !== 'in' || !visit.caughtUp) return false
  return counterpart !== visit.jid || waitIn(tools, visit) === 0
}

/** How a stanza to all of a room, or to one of its occupants, is addressed. */
export function addressing(
  tools: Rooms,
  accountId: number,
  counterpart: Jid,
): Pick<OutgoingMessage, 'type' | 'ofOccupant'> {
  const kind = kindOf(tools, accountId, counterpart)
  if (kind === 'chat') return { type: 'chat' }
  return kind === 'room' ? { type: 'groupchat' } : { type: 'chat', ofOccupant: true }
}

/** Whom a message to all of a room speaks to. */
export function mentionsTo(
  tools: Rooms,
  accountId: number,
  { counterpart, body, reply }: Pick<PendingMessage, 'counterpart' | 'body' | 'reply'>,
): OutgoingMessage['mentions'] {
  const visit = visitTo(tools, accountId, counterpart)
  return visit?.jid === counterpart ? mentionsIn(visit, body, reply?.quote) : undefined
}

/** It is on its way, and sent when the room sends it back. */
export function awaitReflection(tools: Rooms, accountId: number, counterpart: Jid, id: string): void {
  const visit = visitTo(tools, accountId, counterpart)
  if (visit === undefined || counterpart !== visit.jid) return
  visit.awaited.add(id)
  forgetTyping(visit)
}

/** Our server has it, which says nothing of the room. */
export function isAwaited({ rooms }: Rooms, accountId: number, id: string): boolean {
  return rooms.list(accountId).some(({ awaited }) => awaited.has(id))
}
