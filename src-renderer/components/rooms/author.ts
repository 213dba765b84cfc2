/** Who says a message: in a room its author, elsewhere the counterpart. */
import type { Message } from '../../../src-main/model/message.ts'
import type { Author } from '../../../src-main/model/room.ts'
import { displayName } from '../../stores/address.ts'

/** The nick in a room, else `name`, the counterpart's; not for own messages. */
export function speakerOf({ author }: { readonly author?: Author }, name: string): string {
  return author?.nick ?? name
}

/** How we are called where we said it. */
export function ownNameIn({ author, sender }: Pick<Message, 'author' | 'sender'>): string {
  return author?.nick ?? displayName(sender, undefined)
}

/** What decides the colour (XEP-0392): the real address where the room shows it, else the nick. */
export function colorTextOf({ author, sender }: Pick<Message, 'author' | 'sender'>): string {
  return author === undefined ? sender : (author.jid ?? author.nick)
}

/**
 * It is certainly the same person, by what nobody can take over: the occupant-id (XEP-0421) or the real address. A nick alone
 * says nothing.
 */
export function isSurelySame(one: Author, other: Author): boolean {
  if (one.occupantId !== undefined && other.occupantId !== undefined) {
    return one.occupantId === other.occupantId
  }
  return one.jid !== undefined && one.jid === other.jid
}

/** The same person under the same nick: whoever took over a nick is another one (XEP-0421). */
export function isSameAuthor(one: Author | undefined, other: Author | undefined): boolean {
  return one?.nick === other?.nick && one?.occupantId === other?.occupantId
}
