/** An account, how its connection stands, and what can go wrong with it. */
import type { AccountColor } from './accounts.ts'
import type { BareJid, FullJid } from './jid.ts'

/** How the connection is secured; `automatic` asks DNS and prefers direct TLS (XEP-0368). TLS itself is not optional. */
export type Security = 'automatic' | 'direct-tls' | 'starttls'

/** What the stream goes over: TCP (RFC 6120) or WebSocket (RFC 7395). */
export type Transport = 'tcp' | 'websocket'

/** A way out that the user chose. Its password is in the keyring. */
export interface ProxyOptions {
  /** SOCKS5 (RFC 1928), or CONNECT of an HTTP proxy (RFC 9110 §9.3.6). Names are looked up by the proxy either way. */
  readonly kind: 'socks5' | 'http'
  readonly host: string
  readonly port: number
  readonly username?: string | undefined
}

/** Where and how to connect, beyond what the address says. */
export interface ConnectionOptions {
  /** Over TCP. */
  readonly host?: string | undefined
  readonly port?: number | undefined
  readonly security: Security
  /** `automatic`, as when absent: TCP, and WebSocket where that leads nowhere. */
  readonly transport?: 'automatic' | Transport | undefined
  /** wss: of the WebSocket; else the domain names it (XEP-0156). */
  readonly webSocketUrl?: string | undefined
  /** Everything of the account goes through it, or does not go at all. */
  readonly proxy?: ProxyOptions | undefined
  /** SHA-256 of the one certificate that does not hold and is trusted all the same; colon separated. */
  readonly trustedCertificate?: string | undefined
}

export interface Account extends ConnectionOptions {
  readonly id: number
  readonly jid: BareJid
  readonly enabled: boolean
  /** Asked for at binding; random per installation so that it tells nothing about the machine. */
  readonly resource: string
  /** Whether the password is kept in the system keyring over restarts. */
  readonly remember: boolean
  /** What the user calls it; absent: nothing but its address. */
  readonly label?: string
  /** Tells its conversations from those of other accounts. Storage chooses one where none is given. */
  readonly color?: AccountColor
  /** It was removed from this computer but for its history, which can be read. */
  readonly retired?: true | undefined
}

/** The steps of signing in, in order; the setup screen shows them. */
export type ConnectionStep = 'looking-up' | 'connecting' | 'securing' | 'signing-in' | 'loading-contacts'

export type ProblemCode =
  | 'no-such-server' // DNS knows no such domain, or it serves no XMPP
  | 'refused' // nobody listens there
  | 'network' // no route, cable out, connection lost
  | 'timeout'
  | 'proxy' // the account's proxy can't be reached, or does not let us through
  | 'certificate'
  | 'no-tls' // the server offers no encryption
  | 'no-web-socket' // the domain names no address for XMPP over WebSocket
  | 'credentials' // wrong address or password
  | 'server-unproven' // the server could not prove that it knows the password
  | 'tampered' // somebody on the way changed what the server offers
  | 'no-mechanism' // no way to sign in that both sides know and that is safe
  | 'account-disabled'
  | 'policy' // the server refuses by its policy
  | 'conflict' // another device took our resource
  | 'server-shutdown'
  | 'protocol' // the server said something that XMPP does not allow
  | 'password-missing' // it was not kept; ask the user
  | 'cancelled'

export interface CertificateProblem {
  /** Why it is refused: Node's code, such as CERT_HAS_EXPIRED or ERR_TLS_CERT_ALTNAME_INVALID. */
  readonly reason: string
  readonly subject: string
  readonly issuer: string
  readonly validFrom: string
  readonly validTo: string
  /** SHA-256, colon separated. */
  readonly fingerprint: string
  /** The user trusted another one before: it was changed, by whoever. */
  readonly isChanged?: true
}

export interface ConnectionProblem {
  readonly code: ProblemCode
  /** For the technical line behind a click; never holds a secret. */
  readonly detail?: string
  readonly certificate?: CertificateProblem
}

export type ConnectionState =
  | { readonly phase: 'offline'; readonly problem?: ConnectionProblem }
  | { readonly phase: 'connecting'; readonly step: ConnectionStep }
  | {
      readonly phase: 'online'
      readonly jid: FullJid
      readonly tls: string
      readonly mechanism: string
      readonly transport: Transport
    }
  /** Between two tries. `retryAt` is epoch milliseconds. */
  | { readonly phase: 'waiting'; readonly retryAt: number; readonly problem: ConnectionProblem }
