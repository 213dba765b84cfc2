/** Columns of table `message`: who says it, in a room. */
import type { BareJid } from '../model/jid.ts'
import type { Author } from '../model/room.ts'

export interface AuthorRow {
  readonly author_nick: string | null
  readonly author_id: string | null
  readonly author_jid: BareJid | null
  readonly mention: 0 | 1
}

export const AUTHOR_COLUMNS = 'author_nick, author_id, author_jid, mention'

/** The part of a Message. */
export function toAuthor({ author_nick: nick, author_id, author_jid, mention }: AuthorRow): {
  readonly author?: Author
  readonly mention?: true
} {
  if (nick === null) return {}
  const author = {
    nick,
    ...(author_id === null ? {} : { occupantId: author_id }),
    ...(author_jid === null ? {} : { jid: author_jid }),
  }
  return { author, ...(mention === 1 ? { mention: true } : {}) }
}
