/** Single messages and the feed of notices: what the domain may ask of the database. */
import type {
  FeedItem,
  FeedKind,
  FeedSummary,
  SingleKey,
  SingleMessage,
  SinglePage,
  SingleSummary,
} from '../model/inbox.ts'
import type { BareJid, Jid } from '../model/jid.ts'
import type { Languages, MessageError, MessageState, Thread } from '../model/message.ts'

export interface NewSingle {
  readonly accountId: number
  readonly direction: 'in' | 'out'
  readonly counterpart: BareJid
  readonly subject: string
  readonly body: string
  readonly sentAt: number
  readonly state: MessageState
  readonly unread: boolean
  /** As in NewMessage. */
  readonly messageId?: string | undefined
  readonly originId?: string | undefined
  readonly thread?: Thread | undefined
  readonly languages?: Languages | undefined
  readonly unstyled?: true | undefined
}

export interface PendingSingle {
  readonly counterpart: BareJid
  readonly messageId: string
  readonly subject: string
  readonly body: string
  readonly thread?: Thread
  readonly sentAt: number
}

/** What unread messages take: how many, and UTF-16 units of their texts. */
export interface Load {
  readonly count: number
  readonly size: number
}

export interface NewFeedItem {
  readonly accountId: number
  readonly kind: FeedKind
  readonly sender: Jid
  readonly senderBare: BareJid
  /** A contact or our own server: goes last when there are too many. */
  readonly known: boolean
  readonly subject: string
  readonly body: string
  readonly languages?: Languages | undefined
  readonly unstyled?: true | undefined
  readonly error?: MessageError | undefined
  readonly source: string
  readonly sentAt: number
  readonly messageId?: string | undefined
  readonly originId?: string | undefined
}

export interface FeedBounds {
  readonly perSender: number
  readonly perAccount: number
}

export interface InboxStorage {
  /**
   * Undefined when it is there already: same account, counterpart and direction, and the same origin-id, or the same
   * message id, subject and body.
   */
  insertSingle(message: NewSingle): SingleMessage | undefined
  findSingle(messageId: number): SingleMessage | undefined
  /** Own one by its stanza `id`. */
  findOwnSingle(accountId: number, stanzaId: string): SingleMessage | undefined
  /** Undefined when there is no such message or it is in that state already. */
  setSingleState(messageId: number, state: MessageState, error?: MessageError): SingleMessage | undefined
  /** Undefined when there is no such message or it is so already. */
  setSingleUnread(messageId: number, unread: boolean): SingleSummary | undefined
  markAllSinglesRead(): void
  deleteSingle(messageId: number): void
  /** Own ones that the server is not known to have, in the order they were written. */
  listPendingSingles(accountId: number): readonly PendingSingle[]
  pageSingles(page: { readonly before?: SingleKey | undefined; readonly limit: number }): SinglePage
  countUnreadSingles(): number
  loadOfUnreadFrom(accountId: number, counterpart: BareJid): Load
  /** From all who are not in the roster. */
  loadOfUnreadFromStrangers(accountId: number): Load

  /** Newest first. */
  listFeed(): readonly FeedSummary[]
  findFeedItem(itemId: number): FeedItem | undefined
  /** Undefined when it is there already, by the rules of insertSingle. */
  insertFeedItem(item: NewFeedItem): FeedSummary | undefined
  /** One row a sender: counts once more and is unread again. */
  countTurnedAway(accountId: number, sender: BareJid, sentAt: number): FeedSummary
  /** Drops the oldest beyond the bounds, those of strangers first; returns their ids. */
  trimFeed(accountId: number, bounds: FeedBounds): readonly number[]
  /** Undefined when there is none, or it was read. */
  markFeedItemRead(itemId: number): FeedSummary | undefined
  deleteFeedItem(itemId: number): void
  /** Returns their ids. */
  clearFeed(): readonly number[]
}
