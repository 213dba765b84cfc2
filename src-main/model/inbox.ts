/**
 * What comes in and belongs to no conversation (RFC 6121 §5.2.2): single messages with a subject, as letters, and the
 * feed of notices: headlines, and errors that answer nothing we sent. Plain types, what is announced, and what a window
 * starts with.
 */
import type { BareJid, Jid } from './jid.ts'
import type { Languages, MessageError, MessageState, Thread } from './message.ts'

interface SingleBase {
  readonly id: number
  readonly accountId: number
  readonly direction: 'in' | 'out'
  /** Who wrote it, or whom it is for. */
  readonly counterpart: BareJid
  /** Empty when there is none. */
  readonly subject: string
  /** Epoch milliseconds; the time of the delay stamp (XEP-0203) where there is one. */
  readonly sentAt: number
  readonly state: MessageState
  readonly unread: boolean
}

/** A row of the Inbox. */
export interface SingleSummary extends SingleBase {
  /** The beginning of the body. */
  readonly preview: string
}

export interface SingleMessage extends SingleBase {
  readonly body: string
  readonly thread?: Thread
  readonly error?: MessageError
  /** Present when it was written in more than one language. */
  readonly languages?: Languages
  /** XEP-0393: the sender wants its signs left as they are. */
  readonly unstyled?: true
}

/** A place in the Inbox's order, which is (sentAt, id), newest first. */
export interface SingleKey {
  readonly sentAt: number
  readonly id: number
}

export interface SinglePage {
  /** Newest first. */
  readonly messages: readonly SingleSummary[]
  readonly hasMore: boolean
}

/** 'turned-away': single messages of a stranger that were not kept, because too many of theirs are unread. */
export type FeedKind = 'headline' | 'error' | 'turned-away'

interface FeedBase {
  readonly id: number
  readonly accountId: number
  readonly kind: FeedKind
  readonly sender: Jid
  readonly subject: string
  /** Of an error. */
  readonly error?: MessageError
  /** How often it came. */
  readonly occurrences: number
  /** Epoch milliseconds. */
  readonly sentAt: number
  readonly unread: boolean
}

/** A row of the feed. */
export interface FeedSummary extends FeedBase {
  readonly preview: string
}

export interface FeedItem extends FeedBase {
  readonly body: string
  readonly languages?: Languages
  /** XEP-0393: the sender wants its signs left as they are. */
  readonly unstyled?: true
  /** The stanza of an error as it came; else empty. */
  readonly source: string
}

export interface InboxEvents {
  'single.added': { readonly message: SingleSummary }
  'single.changed': { readonly message: SingleSummary }
  'single.removed': { readonly messageId: number }
  /** All of them were read. */
  'single.allRead': Readonly<Record<string, never>>
  /** How many of the whole Inbox are unread now. */
  'inbox.unreadChanged': { readonly unreadCount: number }
  /** Also one that was there already and changed. */
  'feed.put': { readonly item: FeedSummary }
  'feed.removed': { readonly itemIds: readonly number[] }
}

export interface InboxState {
  readonly inbox: SinglePage & { readonly unreadCount: number }
  /** Newest first; a few hundred at most. */
  readonly feed: readonly FeedSummary[]
}
