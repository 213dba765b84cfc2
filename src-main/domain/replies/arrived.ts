/** Answers as they come in, and messages that come after their answers did. */
import type { ConversationKind } from '../../model/conversation.ts'
import { bareOf, type Jid } from '../../model/jid.ts'
import type { Message } from '../../model/message.ts'
import type { ParsedMessage } from '../../protocol/message.ts'
import type { NewReply } from '../../storage/replies.types.ts'
import type { Tools } from '../tools.ts'

/**
 * What is kept of an answer. It may name anyone's message; only one of its own conversation is ever looked for, and shown
 * as what is stored here, never as what the answer says of it (attack S5).
 */
export function newReply(
  { reply, quote }: Pick<ParsedMessage, 'reply'> & { readonly quote?: string },
  kind: ConversationKind = 'chat',
): NewReply | undefined {
  if (reply === undefined) return undefined
  return { id: reply.id, to: reply.to && authorNamed(reply.to, kind), quote }
}

/** The ids of a room are its own, and enough; alone with an occupant the address in the room tells who is meant. */
function authorNamed(to: Jid, kind: ConversationKind): Jid | undefined {
  if (kind === 'room') return undefined
  return kind === 'private' ? to : bareOf(to)
}

/** Call in the transaction that stored the message; call what it gives back when that is done. */
export function adoptReplies({ storage, events }: Tools, message: Message): () => void {
  const adopted = storage.adoptReplies(message)
  return () => {
    for (const message of adopted) events.emit('message.changed', { message })
  }
}
