/** Roster items (RFC 6121 §2) and subscription requests (§3). A "contact" is a roster item in the user's words. */
import type { BareJid } from './jid.ts'

export type Subscription = 'none' | 'to' | 'from' | 'both'

export interface RosterItem {
  readonly jid: BareJid
  /** Empty when the user gave none. */
  readonly name: string
  readonly subscription: Subscription
  /** True while our own request waits for the contact's answer (`ask='subscribe'`). */
  readonly ask: boolean
  readonly approved: boolean
  readonly groups: readonly string[]
}

export interface Contact extends RosterItem {
  readonly accountId: number
}

/** Someone wants to see our presence; it waits until the user answers, over restarts too. */
export interface SubscriptionRequest {
  readonly accountId: number
  readonly jid: BareJid
  /** The `<status/>` of the request: the asker's own words, not to be trusted. */
  readonly text: string
  /** XEP-0172 nick of the request, when it has one. */
  readonly nick: string
  readonly receivedAt: number
}
