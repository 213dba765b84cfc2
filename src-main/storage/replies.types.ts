/** Replies, spoilers and pinned messages: what the domain may ask of the database. */
import type { Jid } from '../model/jid.ts'
import type { Message } from '../model/message.ts'

/** What an answer says of the message that it answers. */
export interface NewReply {
  readonly id: string
  /** Its author; only a message of theirs is meant then. */
  readonly to?: Jid | undefined
  /** What it carries of that message for others; of an own answer it goes out as it stands here. */
  readonly quote?: string | undefined
}

export interface RepliesStorage {
  /**
   * By what an answer names the message (XEP-0461 §4.1), and who wrote it; undefined where it came without any id, and can't
   * be answered.
   */
  getReplyTarget(messageId: number): { readonly id: string; readonly to: Jid } | undefined
  /** The answers that came before this message: they know it from now on. */
  adoptReplies(message: Pick<Message, 'id' | 'conversationId'>): readonly Message[]
  /** Undefined `pinnedAt` unpins. Undefined when there is no such message or nothing changed. */
  setPinned(messageId: number, pinnedAt: number | undefined): Message | undefined
  /** At most `limit`, the one pinned last first. */
  listPinned(conversationId: number, limit: number): readonly Message[]
}
