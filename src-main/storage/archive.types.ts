/** The archive (XEP-0313): catching up, older history, gaps: what the domain may ask of storage. */
import type { HistoryGap, Message } from '../model/message.ts'
import type { NewReply } from './replies.types.ts'
import type { NewMessage } from './storage.ts'

/** One end of what is here. Both are undefined where the archive had nothing yet. */
export interface KnownEnd {
  readonly order: number
  readonly id?: string
  /** Epoch milliseconds, by the server's clock. */
  readonly stampMs?: number
}

/** What is here of an account's archive: everything from `first` to `last`. */
export interface KnownArchive {
  readonly first: KnownEnd
  readonly last: KnownEnd
  /** Nothing older is in the archive. */
  readonly fromStart: boolean
}

/** How far back one conversation goes where that is further than its account does. */
export interface KnownConversationArchive {
  readonly first: KnownEnd
  readonly fromStart: boolean
}

/** Where the archive has a message: `order` grows as the archive goes on. */
export interface ArchivePosition {
  readonly order: number
  /** Epoch milliseconds. */
  readonly stampMs: number
  /** Numbers in here were given in the same count, and stay as they are. */
  readonly settled: { readonly first: number; readonly last: number }
}

export type ArchivedOutcome =
  | { readonly kind: 'added'; readonly message: Message; readonly moved: readonly Message[] }
  /** It was here. `moved`: it, or others, when the archive knew their place better; or it is now known to be sent. */
  | { readonly kind: 'known'; readonly message: Message; readonly moved: readonly Message[] }

export interface ConversationHistory {
  readonly gaps: readonly HistoryGap[]
  /** The archive may have more before the oldest row. */
  readonly olderInArchive: boolean
}

export interface ArchiveStorage {
  findArchive(accountId: number): KnownArchive | undefined
  putArchive(accountId: number, archive: KnownArchive): void
  /** The server has none any more: nothing is missing, and nothing can be asked for. */
  forgetArchive(accountId: number): void
  /** Whether the server was seen to write stanza-ids itself (XEP-0359 §6); kept from stream to stream. */
  trustsStanzaIds(accountId: number): boolean
  setTrustsStanzaIds(accountId: number, trusted: boolean): void
  /** Of a row that has none, unless another row of its conversation has it. */
  setStanzaId(messageId: number, stanzaId: string): void
  /** A stream begins: what came before it may not be all there was. A gap that is there already stays where it is. */
  beginAbsence(accountId: number): void
  endAbsence(accountId: number): void
  isAbsent(accountId: number): boolean
  findConversationArchive(conversationId: number): KnownConversationArchive | undefined
  putConversationArchive(conversationId: number, archive: KnownConversationArchive): void

  /**
   * Stores a message from the archive, or meets the row that is it (by the rules of insertMessage, and where it has no ids
   * at all by sender, words and time). Its place lies between its neighbours in the archive. The conversation's row is not
   * brought along: see refreshConversation.
   */
  takeArchived(message: NewMessage, position: ArchivePosition): ArchivedOutcome
  /** After some takeArchived, in the same transaction; `unreadChange` is how many of them are unread. */
  refreshConversation(conversationId: number, unreadChange: number): void
  /** Rows before that place are read; returns how many were not. Does not bring the conversation along. */
  readBefore(conversationId: number, place: number): number
  /** The row that an answer means: by its origin-id, or its `id`. */
  findOriginal(conversationId: number, reply: NewReply): number | undefined
  /** What is missing between the rows from `fromPlace` to `toPlace`, and before the oldest. */
  historyOf(conversationId: number, fromPlace: number, toPlace: number): ConversationHistory
}
