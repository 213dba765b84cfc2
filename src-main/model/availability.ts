/** Availability: own presence in detail, blocked addresses: plain types, what is announced, and what a window starts with. */
import type { BareJid, Jid } from './jid.ts'

/** What stands in place of the chosen presence while nobody is at the computer. */
export type AutomaticShow = 'away' | 'xa'

/** How long nobody has been at the computer, by the user's own rules; in memory only. */
export type Idle =
  | { readonly level: 'active' }
  /** `since`: the last touch of keyboard or mouse, epoch milliseconds. */
  | { readonly level: AutomaticShow; readonly since: number }

/** When to go away automatically. */
export interface AwayRules {
  readonly enabled: boolean
  readonly awayMinutes: number
  /** Counted from the same moment; 0 is never. */
  readonly xaMinutes: number
  /** Whether a locked screen is away at once. */
  readonly whenLocked: boolean
  /** Whether contacts are told since when (XEP-0319). */
  readonly tellSince: boolean
}

export const DEFAULT_AWAY_RULES: AwayRules = {
  enabled: true,
  awayMinutes: 10,
  xaMinutes: 60,
  whenLocked: true,
  tellSince: false,
}

export interface AccountPriority {
  readonly accountId: number
  /** −128 to 127; a negative one takes no message to the bare address (RFC 6121 §4.7.2.3). */
  readonly priority: number
}

/** Who is shown our presence without a subscription, until the stream ends (RFC 6121 §4.6). */
export interface DirectedPresence {
  readonly accountId: number
  readonly jids: readonly BareJid[]
}

/** XEP-0191. What the server said last; nothing changes it but the server. */
export interface BlockList {
  readonly accountId: number
  /** False until the server of this stream is known to keep one. */
  readonly supported: boolean
  readonly jids: readonly Jid[]
}

export interface AvailabilityEvents {
  'presence.priorityChanged': AccountPriority
  /** Null: what the user chose is what others see. */
  'presence.automaticChanged': { readonly automatic: AutomaticShow | null }
  'presence.awayRulesChanged': { readonly rules: AwayRules }
  /** Whether this desktop tells how long keyboard and mouse were idle. */
  'presence.idleSourceChanged': { readonly works: boolean }
  'presence.recentChanged': { readonly statuses: readonly string[] }
  'presence.directedChanged': DirectedPresence
  /** `replaced`: the whole list is `added`. */
  'blocking.changed': {
    readonly accountId: number
    readonly supported: boolean
    readonly replaced: boolean
    readonly added: readonly Jid[]
    readonly removed: readonly Jid[]
  }
  'server.learned': ServerAbilities
}

/** What of the account's server the screens must know. */
export interface ServerAbilities {
  readonly accountId: number
  /** RFC 6121 §3.4. */
  readonly preApproval: boolean
}

export interface AvailabilityState {
  readonly priorities: readonly AccountPriority[]
  readonly automatic: AutomaticShow | null
  readonly awayRules: AwayRules
  readonly idleSourceWorks: boolean
  /** The latest first. */
  readonly recentStatuses: readonly string[]
  readonly directed: readonly DirectedPresence[]
  readonly blockLists: readonly BlockList[]
  readonly serverAbilities: readonly ServerAbilities[]
}
