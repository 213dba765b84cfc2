/** What went wrong, in the terms of the model: socket errors, stream errors (RFC 6120 §4.9) and TLS refusals. */
import type { ConnectionProblem, ProblemCode } from '../../model/account.ts'
import { StreamFailure } from '../errors.ts'
import type { Element } from '../xml.ts'

export const NS_STREAM_ERRORS = 'urn:ietf:params:xml:ns:xmpp-streams'

const SOCKET_CODES: Readonly<Record<string, ProblemCode>> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'no-such-server',
  ENODATA: 'no-such-server',
  ETIMEDOUT: 'timeout',
  ERR_SSL_WRONG_VERSION_NUMBER: 'protocol',
  EPROTO: 'protocol',
}

const STREAM_CONDITIONS: Readonly<Record<string, ProblemCode>> = {
  conflict: 'conflict',
  'policy-violation': 'policy',
  'not-authorized': 'policy',
  'resource-constraint': 'policy',
  'host-gone': 'no-such-server',
  'host-unknown': 'no-such-server',
  'remote-connection-failed': 'no-such-server',
  'system-shutdown': 'server-shutdown',
  'connection-timeout': 'network',
  reset: 'server-shutdown',
  // Never followed: before TLS anyone on the way could send it, and after TLS it is the administrator's to mend SRV.
  'see-other-host': 'policy',
}

/**
 * `<close see-other-uri='…'/>` (RFC 7395 §3.6.1). On a session that is under way it is the server's end; who is only
 * about to begin may go there, when the address is safe.
 */
export class SeeOther extends StreamFailure {
  constructor(readonly uri: string) {
    super({ code: 'server-shutdown', detail: clip(`the server sends us to ${uri}`) })
  }
}

/** What Node says when a socket fails. TLS alerts and garbage in a handshake are 'protocol'. */
export function socketProblem(error: unknown): ConnectionProblem {
  const code = codeOf(error)
  // The TLS alert by which a server says that it has no certificate for the name it was asked for.
  if (code.includes('UNRECOGNIZED_NAME')) {
    return { code: 'certificate', detail: 'the server has no certificate for this domain' }
  }
  const detail = reasonOf(error) ?? (error instanceof Error && error.message !== '' ? error.message : code)
  // Of OpenSSL, of Node's HTTP parser and of the WebSocket library: what came was not what it should be.
  const known = SOCKET_CODES[code] ?? (/^(ERR_SSL|HPE_|WS_ERR_)/.test(code) ? 'protocol' : 'network')
  return { code: known, detail: clip(detail) }
}

/** Any error as a StreamFailure; one that is none already is taken for a socket's. */
export function asFailure(error: unknown): StreamFailure {
  return error instanceof StreamFailure ? error : new StreamFailure(socketProblem(error))
}

/** `<stream:error/>`, with the server's own text for the technical line. */
export function streamErrorProblem(element: Element): ConnectionProblem {
  const found = element
    .getChildElements()
    .find((child) => child.getNS() === NS_STREAM_ERRORS && child.name !== 'text')
  const condition = found?.getName() ?? 'undefined-condition'
  const text = [found?.text(), element.getChildText('text', NS_STREAM_ERRORS)].filter(Boolean).join(' ')
  const detail = `stream error ${condition}${text === '' ? '' : `: ${text}`}`
  return { code: STREAM_CONDITIONS[condition] ?? 'protocol', detail: clip(detail) }
}

/** The server's words, short enough to show and without line breaks. */
export function clip(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 300 ? `${line.slice(0, 299)}…` : line
}

/** OpenSSL's reason without its file names. */
function reasonOf(error: unknown): string | undefined {
  const reason = typeof error === 'object' && error !== null && 'reason' in error ? error.reason : undefined
  return typeof reason === 'string' ? `TLS: ${reason}` : undefined
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return ''
  return String(error.code)
}
