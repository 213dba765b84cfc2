/** The part of a row of table `message` that is about replies, spoilers and pins. */
import { bareOf, type BareJid, type Jid } from '../model/jid.ts'
import type { LinkFields } from '../model/links.ts'
import type { Original, Reply, ReplyFields } from '../model/replies.ts'
import type { Author } from '../model/room.ts'
import { toLinkFields, type LinkRow } from './link-rows.ts'
import type { NewReply } from './replies.types.ts'

export interface ReplyRow {
  readonly reply_id: string | null
  readonly reply_quote: string | null
  /** JSON of an Original, its spoiler null where it is none. */
  readonly reply_original: string | null
  readonly spoiler: string | null
  readonly pinned_at: number | null
}

/** As much of a message as stands beside its answer. */
const SHOWN = 300

/** One row by its key for each answer, and only of the same conversation. */
const ORIGINAL = `(
  SELECT json_object('id', o.id, 'direction', o.direction, 'sender', o.sender, 'body', substr(o.body, 1, ${SHOWN}),
    'sentAt', o.sent_at, 'place', o.place, 'spoiler', o.spoiler, 'retractedAt', o.retracted_at,
    'author', CASE WHEN o.author_nick IS NULL THEN NULL
      ELSE json_object('nick', o.author_nick, 'occupantId', o.author_id, 'jid', o.author_jid) END)
  FROM message AS o WHERE o.id = message.reply_row AND o.conversation_id = message.conversation_id
    AND o.hidden = 0)`

export const REPLY_COLUMNS = `reply_id, reply_quote, ${ORIGINAL} AS reply_original, spoiler, pinned_at`

export function toReplyFields(row: ReplyRow): ReplyFields {
  return {
    ...(row.reply_id === null ? {} : { reply: toReply(row) }),
    ...(row.spoiler === null ? {} : { spoiler: row.spoiler }),
    ...(row.pinned_at === null ? {} : { pinnedAt: row.pinned_at }),
  }
}

function toReply({ reply_original: json, reply_quote: quote }: ReplyRow): Reply {
  return {
    ...(json === null ? {} : { original: toOriginal(json) }),
    ...(quote === null ? {} : { quote }),
  }
}

type Nullable = 'spoiler' | 'retractedAt'

interface AuthorJson {
  readonly nick: string
  readonly occupantId: string | null
  readonly jid: BareJid | null
}

function toOriginal(json: string): Original {
  const { spoiler, retractedAt, author, ...original } = JSON.parse(json) as Omit<
    Original,
    Nullable | 'author'
  > & { readonly [K in Nullable]: Required<Original>[K] | null } & { readonly author: AuthorJson | null }
  return {
    ...original,
    sender: bareOf(original.sender),
    ...(author === null ? {} : { author: authorOf(author) }),
    ...(spoiler === null ? {} : { spoiler }),
    ...(retractedAt === null ? {} : { retractedAt }),
  }
}

function authorOf({ nick, occupantId, jid }: AuthorJson): Author {
  return { nick, ...(occupantId === null ? {} : { occupantId }), ...(jid === null ? {} : { jid }) }
}

/** The part of an own message that is not sent yet. */
export interface PendingReplyRow extends LinkRow {
  readonly reply_id: string | null
  readonly reply_to: Jid | null
  readonly reply_quote: string | null
  readonly spoiler: string | null
}

export const PENDING_REPLY_COLUMNS = 'm.reply_id, m.reply_to, m.reply_quote, m.spoiler, m.links'

export function toPendingReply(row: PendingReplyRow): LinkFields & {
  readonly reply?: NewReply
  readonly spoiler?: string
} {
  const { reply_id: id, reply_to: to, reply_quote: quote, spoiler } = row
  return {
    ...(id === null ? {} : { reply: { id, to: to ?? undefined, quote: quote ?? undefined } }),
    ...(spoiler === null ? {} : { spoiler }),
    ...toLinkFields(row),
  }
}

export const REPLY_INSERT = {
  columns: 'reply_id, reply_to, reply_row, reply_quote, spoiler',
  values: ':replyId, :replyTo, :replyRow, :replyQuote, :spoiler',
} as const

export interface ReplyParameters {
  readonly replyId: string | null
  readonly replyTo: string | null
  readonly replyRow: number | null
  readonly replyQuote: string | null
  readonly spoiler: string | null
}

/** `row`: the message that is answered, where it is here. */
export function toReplyParameters(
  reply: NewReply | undefined,
  spoiler: string | undefined,
  row: number | undefined,
): ReplyParameters {
  return {
    replyId: reply?.id ?? null,
    replyTo: reply?.to ?? null,
    replyRow: row ?? null,
    replyQuote: reply?.quote ?? null,
    spoiler: spoiler ?? null,
  }
}
