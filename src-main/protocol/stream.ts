/**
 * The port between a live XMPP stream and everything above it. One Stream is one logical session: it may lose its
 * socket and resume (XEP-0198) without the layers above noticing anything but `onResumed`. When it can't be resumed it
 * closes for good; the domain then decides when to open a new one.
 */
import type { ConnectionOptions, ConnectionProblem, ConnectionStep, Transport } from '../model/account.ts'
import type { BareJid, FullJid } from '../model/jid.ts'
import type { Element } from './xml.ts'

/** The element belongs to the stream: it must be neither changed nor kept. */
export type TrafficListener = (direction: 'in' | 'out', element: Element) => void

export interface Stream {
  readonly jid: FullJid
  readonly ownBareJid: BareJid
  /** For the user's eyes: 'TLSv1.3' and 'SCRAM-SHA-256-PLUS'. */
  readonly tls: string
  readonly mechanism: string
  readonly transport: Transport
  /** Server offers roster versioning (RFC 6121 §2.6), subscription pre-approval (§3.4). */
  readonly features: { readonly rosterVersioning: boolean; readonly preApproval: boolean }
  /**
   * Hands a stanza to the socket. Returns at once. False: the stream is not able to send now (closed or resuming), the
   * stanza was not taken and the caller must keep it. Illegal XML characters are cleaned before it is written.
   */
  send(stanza: Element): boolean
  /** Every inbound stanza, in order. The listener runs to its end before the stanza is counted as handled (`h`). */
  onStanza(listener: (stanza: Element) => void): void
  /**
   * The server has the stanza with this `id` attribute (message stanzas only): by XEP-0198, or, where the server has no
   * stream management, because it answered a ping (XEP-0199) that was sent after it.
   */
  onAck(listener: (stanzaId: string) => void): void
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
}

export interface StreamCredentials {
  readonly jid: BareJid
  readonly password: string
  readonly resource: string
  /** Strongest mechanism seen so far with this account; weaker offers are refused (downgrade, attack S13). */
  readonly strongestSeen?: string | undefined
}

export interface ConnectRequest extends StreamCredentials, ConnectionOptions {
  readonly signal: AbortSignal
  readonly onStep: (step: ConnectionStep) => void
}

/**
 * Opens a stream up to a bound resource. Rejects with StreamFailure (errors.ts) within the time limit of each step.
 * Stanzas that arrive before a listener is set are kept and delivered to the first one.
 */
export type Connect = (request: ConnectRequest) => Promise<Stream>
