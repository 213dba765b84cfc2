/** What corrections, retractions and reactions that come in share: whose they are, in which conversation, and when. */
import type { Jid } from '../../model/jid.ts'
import type { Author } from '../../model/room.ts'
import type { Draft } from '../incoming/draft.ts'
import { senderOf } from '../rooms/arrival.ts'
import { keyOfAuthor } from '../rooms/authors.ts'
import type { Tools } from '../tools.ts'

export interface DeedContext {
  readonly accountId: number
  readonly counterpart: Jid
  /** Undefined while there is no conversation with them. */
  readonly conversationId: number | undefined
  /** Our own account or the counterpart, or in a room an occupant: nobody else's stanza gets into a conversation. */
  readonly sender: Jid
  /** What the sender stays known by, in a room under any nick. */
  readonly who: string
  /** In a room, of others. */
  readonly author: Author | undefined
  /** Epoch milliseconds. */
  readonly writtenAt: number
  /** Its place among the others of its kind, as of a message. */
  readonly place: number
  /** The archive said so. */
  readonly settled: boolean
  readonly ownId: string | undefined
}

export function contextOf(draft: Draft, { storage, now }: Tools): DeedContext {
  const { parsed, link, counterpart, stampMs, via, archived } = draft
  const { accountId } = link
  const writtenAt = stampMs ?? now()
  const sender = senderOf(draft, link.stream.ownBareJid)
  const author = otherIn(draft)
  return {
    accountId,
    counterpart,
    conversationId: storage.findConversationWith(accountId, counterpart)?.id,
    ...{ sender, author },
    who: whoIn(draft),
    writtenAt,
    // Stamps may be whole seconds; the archive's own order tells what one of them has in common apart.
    place: writtenAt * 1000 + (archived === undefined ? 0 : modulo(archived.position.order, 1000)),
    settled: via === 'archive',
    ownId: parsed.id ?? parsed.originId,
  }
}

/** What the sender stays known by: DeedContext.who, for which nothing is looked up. */
export function whoIn(draft: Draft): string {
  const author = otherIn(draft)
  return author !== undefined && draft.room?.kind === 'room'
    ? keyOfAuthor(author)
    : senderOf(draft, draft.link.stream.ownBareJid)
}

function otherIn({ isOwn, room }: Draft): Author | undefined {
  return isOwn ? undefined : room?.author
}

/** Also of what is below zero. */
function modulo(value: number, by: number): number {
  return ((value % by) + by) % by
}
