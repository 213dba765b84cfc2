/** Messages as stored and shown. */
import type { BareJid } from './jid.ts'

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

export interface Message {
  readonly id: number
  readonly accountId: number
  readonly conversationId: number
  readonly direction: 'in' | 'out'
  readonly sender: BareJid
  readonly body: string
  /** Epoch milliseconds; the time of the delay stamp (XEP-0203) where there is one. */
  readonly sentAt: number
  readonly state: MessageState
  readonly error?: MessageError
  /** The sender wants its signs taken as they are (XEP-0393 §6). */
  readonly unstyled?: true
  /** Present when it was written in more than one language. */
  readonly languages?: Languages
}

/** A place in a conversation's order. Pages are asked for by it, never by offset. */
export interface MessageKey {
  readonly sentAt: number
  readonly id: number
}

export interface MessagePage {
  /** Oldest first. */
  readonly messages: readonly Message[]
  /** More on the side that was asked for. */
  readonly hasMore: boolean
}
