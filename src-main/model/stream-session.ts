/**
 * A session of stream management (XEP-0198 §5) as it outlives its connection, and this program. Its id lets whoever also
 * has the password take the session over: it is kept like the messages themselves and written to no log.
 */
import type { FullJid } from './jid.ts'

export interface StreamSession {
  /** The server's name for it (SM-ID). */
  readonly id: string
  readonly jid: FullJid
  /** Seconds for which the server keeps it without a connection; absent when it does not say. */
  readonly maxSeconds?: number
  /** Where the server wants to be reached for it. */
  readonly location?: StreamLocation
  readonly features: SessionFeatures
}

/** What the server offered when the session began; a resumption is not told anew. */
export interface SessionFeatures {
  /** RFC 6121 §2.6. */
  readonly rosterVersioning: boolean
  /** RFC 6121 §3.4. */
  readonly preApproval: boolean
  /** XEP-0352. */
  readonly clientState: boolean
}

export interface StreamLocation {
  readonly host: string
  readonly port: number
  /** As on the connection on which the server named it. */
  readonly directTls: boolean
}
