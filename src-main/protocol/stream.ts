/**
 * The port between a live XMPP stream and everything above it. One Stream is one logical session: it may lose its
 * socket and resume (XEP-0198) without the layers above noticing anything but `onResumed`. When it can't be resumed it
 * closes for good; the domain then decides when to open a new one.
 */
import type { ConnectionOptions, ConnectionProblem, ConnectionStep, Transport } from '../model/account.ts'
import type { BareJid, FullJid } from '../model/jid.ts'
import type { StreamSession } from '../model/stream-session.ts'
import type { FastTokens } from './xep-0484-fast.ts'
import type { Element } from './xml.ts'

/** The element belongs to the stream: it must be neither changed nor kept. */
export type TrafficListener = (direction: 'in' | 'out', element: Element) => void

export interface Stream {
  readonly jid: FullJid
  readonly ownBareJid: BareJid
  /** For the user's eyes: 'TLSv1.3' and 'SCRAM-SHA-256-PLUS'. */
  readonly tls: string
  readonly mechanism: string
  /** The server has proved that it offers nothing better than this mechanism (XEP-0474). */
  readonly offerProven: boolean
  readonly transport: Transport
  readonly features: ServerOffers
  /** What resumes this session on another stream, should this one end; undefined where nothing does. */
  readonly session: StreamSession | undefined
  /** What became of the session that ConnectRequest asked to resume; undefined when it asked for none. */
  readonly restored: Restored | undefined
  /** Stanzas sent on the session, by its own count (XEP-0198 §4, modulo 2^32); undefined where nothing is counted. */
  readonly sentCount: number | undefined
  /** Whether `send` would take a stanza in this turn. */
  readonly ready: boolean
  /**
   * Hands a stanza to the socket. Returns at once. False: the stream is not able to send now (closed or resuming), the
   * stanza was not taken and the caller must keep it. Illegal XML characters are cleaned before it is written.
   */
  send(stanza: Element): boolean
  /** Tells the server that the user looks or does not (XEP-0352). Nothing where it is not offered, or not sendable now. */
  setActive(active: boolean): void
  /** Every inbound stanza, in order. The listener runs to its end before the stanza is counted as handled (`h`). */
  onStanza(listener: (stanza: Element) => void): void
  /**
   * The server has the stanza with this `id` attribute (message stanzas only): by XEP-0198, or, where the server has no
   * stream management, because it answered a ping (XEP-0199) that was sent after it.
   */
  onAck(listener: (stanzaId: string) => void): void
  /**
   * The server is about to be told that so many stanzas are handled (XEP-0198 §4). What is kept of the count must be kept
   * now: a server may refuse a session that is resumed with less.
   */
  onAcknowledging(listener: (handled: number) => void): void
  /** The socket was lost and a resumption is being tried, or it succeeded; unacknowledged stanzas were sent again. */
  onInterrupted(listener: (problem: ConnectionProblem) => void): void
  onResumed(listener: () => void): void
  /** For good, with the reason. Stanzas not acknowledged by then may or may not have arrived. */
  onClosed(listener: (problem: ConnectionProblem) => void): void
  /**
   * Every stanza and nonza as it is written or read, once there is a resource: nothing of TLS, SASL and binding, also when
   * the stream resumes. One listener; what came before it is told to it at once.
   */
  onTraffic(listener: TrafficListener): void
  /** Tries a resumption at once or checks that the socket lives (after wake-up or when the network is back). */
  wake(): void
  /** Ends the stream in order (`</stream:stream>`), waits at most a second. `onClosed` fires with 'cancelled'. */
  close(): Promise<void>
  /** Ends it without a word, as a lost cable does: the server keeps the session to be resumed. `onClosed` as in `close`. */
  cut(): void
}

/** A session and how much of it was handled here. */
export interface SavedSession extends StreamSession {
  readonly handled: number
}

export interface Restored {
  /** False: the server no longer knew it, and this stream is a new one. */
  readonly isResumed: boolean
  /** How many of our stanzas the server had handled; undefined when it does not tell. Always there when `isResumed`. */
  readonly handled: number | undefined
}

/** What the server offered or did while the stream was negotiated. */
export interface ServerOffers {
  /** RFC 6121 §2.6. */
  readonly rosterVersioning: boolean
  /** RFC 6121 §3.4. */
  readonly preApproval: boolean
  /** It wants to hear whether the user looks (XEP-0352). */
  readonly clientState: boolean
  /** Carbons (XEP-0280) are on already, by Bind 2. */
  readonly carbons: boolean
}

export interface StreamCredentials {
  readonly jid: BareJid
  readonly password: string
  /** For signing in again: the password may have been changed meanwhile. As before where it gives none. */
  readonly currentPassword?: (() => string | undefined) | undefined
  readonly resource: string
  /** Strongest mechanism seen so far with this account; weaker offers are refused (downgrade, attack S13). */
  readonly strongestSeen?: string | undefined
  /** Signs in without the password where it can (XEP-0484). Absent: no token is asked for. */
  readonly tokens?: FastTokens | undefined
}

export interface ConnectRequest extends StreamCredentials, ConnectionOptions {
  /** Of `proxy`. */
  readonly proxyPassword?: string | undefined
  /** A session of an earlier stream, or of an earlier run, that is tried first. */
  readonly resume?: SavedSession | undefined
  readonly signal: AbortSignal
  readonly onStep: (step: ConnectionStep) => void
}

/**
 * Opens a stream up to a bound resource. Rejects with StreamFailure (errors.ts) within the time limit of each step.
 * Stanzas that arrive before a listener is set are kept and delivered to the first one.
 */
export type Connect = (request: ConnectRequest) => Promise<Stream>
