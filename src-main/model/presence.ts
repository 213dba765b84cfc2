/** Presence (RFC 6121 §4): what a resource or the user tells of its availability. */
import type { BareJid } from './jid.ts'

/** Best first. An absent `<show/>` is 'online'. */
export const SHOWS = ['chat', 'online', 'away', 'xa', 'dnd'] as const
export type Show = (typeof SHOWS)[number]

export interface ResourcePresence {
  readonly resource: string
  readonly show: Show
  readonly status: string
  /** −128 to 127. */
  readonly priority: number
  /** What the device says it is, by capabilities whose hash was verified (XEP-0115); not to be trusted. */
  readonly client?: ClientIdentity
  /** It offers commands (XEP-0050), by the same capabilities. */
  readonly offersCommands?: true
}

/** XEP-0030 identity of a client: category 'client' and one of its types, such as 'pc' or 'phone'. */
export interface ClientIdentity {
  readonly name: string
  readonly type: string
}

/** All available resources of one address, the one to show first; empty when it is offline. */
export interface ContactPresence {
  readonly accountId: number
  readonly jid: BareJid
  readonly resources: readonly ResourcePresence[]
}

/** What the user chose; kept over restarts. */
export interface OwnPresence {
  readonly show: Show | 'offline'
  readonly status: string
}
