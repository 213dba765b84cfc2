/** Messages as stored and shown. */
import type { Done } from './actions.ts'
import type { BareJid } from './jid.ts'
import type { Author } from './room.ts'
import type { Reception } from './receipts.ts'
import type { LinkFields } from './links.ts'
import type { ReplyFields } from './replies.ts'

/** Own: pending (stored, not known to have reached the server), sent (the server has it), failed. Others': received. */
export type MessageState = 'pending' | 'sent' | 'failed' | 'received'

export interface MessageError {
  /** RFC 6120 §8.3.3 defined condition; 'blocked' when we have blocked the recipient (XEP-0191 §3.3). */
  readonly condition: string
  /** The server's own words, not to be trusted; may be empty. */
  readonly text: string
}

/** RFC 6121 §5.2.5: names a train of thought; `parent` the one that it grew from. Ids of whoever began it. */
export interface Thread {
  readonly id: string
  readonly parent?: string
}

/** What was written, in one of several languages. */
export interface TextVersion {
  /** BCP 47; empty where the sender did not say. */
  readonly lang: string
  readonly subject?: string
  readonly body: string
}

/** Of a message in several languages: which one is shown as its text, and the others. */
export interface Languages {
  readonly shown: string
  readonly others: readonly TextVersion[]
}

export interface Message extends Reception, ReplyFields, LinkFields, Done {
  readonly id: number
  readonly accountId: number
  readonly conversationId: number
  readonly direction: 'in' | 'out'
  /** Of a message in a room, or of its occupants alone: the room's address; see `author`. */
  readonly sender: BareJid
  /** In rooms, and in private conversations there. */
  readonly author?: Author
  /** In a room: it speaks to us. */
  readonly mention?: true
  readonly body: string
  /** Epoch milliseconds; the time of the delay stamp (XEP-0203) where there is one. It is shown and decides no order. */
  readonly sentAt: number
  /** Where it stands in its conversation, in microseconds: near `sentAt`, and always in the archive's order. */
  readonly place: number
  readonly state: MessageState
  readonly error?: MessageError
  /** The sender wants its signs taken as they are (XEP-0393 §6). */
  readonly unstyled?: true
  /** Present when it was written in more than one language. */
  readonly languages?: Languages
}

/** A place in a conversation's order. Pages are asked for by it, never by offset. */
export interface MessageKey {
  readonly place: number
  readonly id: number
}

/** Between two places of a conversation messages may be missing that the archive still has. */
export interface HistoryGap {
  /** Of the last row before the gap. */
  readonly afterPlace: number
  /** Of the first row after it; with its id, what `archive.loadOlder` is given to fill it from its newer end. */
  readonly beforePlace: number
}

/** What a page is wanted around: a message of the conversation, or a time in epoch milliseconds. */
export type AroundWhat = { readonly messageId: number } | { readonly time: number }

export interface MessagePage {
  /** Oldest first. */
  readonly messages: readonly Message[]
  /** More on the side that was asked for; of a page around something, on the older side. */
  readonly hasMore: boolean
  /** Of a page around something: more on the newer side. */
  readonly hasNewer?: boolean
  /** Of a page around something: the message, or the first one at or after the time; the last one where none is. */
  readonly aroundId?: number
  /** Those that lie in this page or touch one of its ends. */
  readonly gaps?: readonly HistoryGap[]
  /** Of a page with the conversation's oldest row: the archive may have more before it (`archive.loadOlder`). */
  readonly olderInArchive?: boolean
}
