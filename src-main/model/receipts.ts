/** What is known of messages on their way, and who types: plain types, what is announced, and what a window starts with. */
import type { BareJid } from './jid.ts'

/** Of an own message; each absent as long as nobody told us. */
export interface Reception {
  /** Epoch milliseconds: it has reached a device of the recipient (XEP-0184). */
  readonly deliveredAt?: number
  /** Epoch milliseconds: it, or one after it, was displayed there (XEP-0333). */
  readonly displayedAt?: number
}

/** Somebody who writes to us right now (XEP-0085). */
export interface Typist {
  readonly accountId: number
  readonly jid: BareJid
}

/** What the user does with a conversation, as far as it is told (XEP-0085 §2). */
export const CHAT_STATES = ['active', 'composing', 'paused', 'inactive', 'gone'] as const
export type ChatState = (typeof CHAT_STATES)[number]

export interface ReceiptsEvents {
  'typing.changed': Typist & { readonly typing: boolean }
}

export interface ReceiptsState {
  readonly typing: readonly Typist[]
}
