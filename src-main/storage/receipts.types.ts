/** What is known of messages on their way, and what we owe their senders: what the domain may ask of the database. */
import type { Jid } from '../model/jid.ts'
import type { Message } from '../model/message.ts'

export type ReceiptKind = 'delivered' | 'displayed'

export interface WaitingReceipt {
  readonly kind: ReceiptKind
  /** Epoch milliseconds. */
  readonly at: number
}

/** Whose it is: a message is named by the `id` attribute that its sender gave it, which others may have given too. */
export interface NamedMessage {
  readonly accountId: number
  readonly counterpart: Jid
  readonly messageId: string
}

export interface ReceiptDue {
  /** Of the row. */
  readonly id: number
  readonly sender: Jid
  readonly messageId: string
}

export interface MarkerDue {
  readonly conversationId: number
  readonly counterpart: Jid
  readonly messageId: string
}

export interface ReceiptsStorage {
  /** An own message of the conversation by its `id` attribute or a correction's; the latest where it was given twice. */
  findOwnMessageTo(conversationId: number, sender: Jid, messageId: string): Message | undefined
  /** It is with the recipient, so also with the server: pending and failed become sent. Undefined when that was known. */
  setDelivered(messageId: number, at: number): Message | undefined
  /**
   * This own message and all before it were displayed. Returns what changed by that, oldest first, of it the latest 500;
   * nothing where one at or after it was displayed already.
   */
  setDisplayed(messageId: number, at: number): readonly Message[]
  /** It failed and goes out again: markers from before `at` say nothing of it. */
  setResent(messageId: number, at: number): void

  /** Of one account about 1000 wait; the oldest go. */
  keepWaitingReceipt(message: NamedMessage, receipt: WaitingReceipt): void
  /** They don't wait any longer. */
  takeWaitingReceipts(message: NamedMessage): readonly WaitingReceipt[]

  /** Messages of others that asked for a receipt which the server is not known to have: at most 500, oldest first. */
  listReceiptsDue(accountId: number): readonly ReceiptDue[]
  setReceiptTold(messageId: number): void
  /** The user sees the conversation: a marker is due for the newest unread message whose sender wants one. Before markRead. */
  oweMarker(conversationId: number): void
  listMarkersDue(accountId: number): readonly MarkerDue[]
  /** The sender knows that we displayed this message of theirs, by this device or another one of ours. */
  setMarkerTold(conversationId: number, messageId: string): void
}
