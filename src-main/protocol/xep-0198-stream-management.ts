/**
 * XEP-0198: Stream Management, version 1.6.3. https://xmpp.org/extensions/xep-0198.html
 * The nonzas, and the counting of both directions. Counters are modulo 2^32 (§4).
 */
import type { StreamLocation } from '../model/stream-session.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'urn:xmpp:sm:3'

/** Seconds for which we ask to be resumable. */
const PREFERRED_MAX = 600

export const buildEnable = (): Element =>
  xml('enable', { xmlns: NS, resume: 'true', max: String(PREFERRED_MAX) })
export const buildRequest = (): Element => xml('r', { xmlns: NS })
export const buildAnswer = (h: number): Element => xml('a', { xmlns: NS, h: String(h) })
export const buildResume = (resume: Resumption): Element =>
  xml('resume', { xmlns: NS, h: String(resume.h), previd: resume.id })
/** The application condition of the stream error that answers a count we never reached (§4). */
export const buildCountTooHigh = (h: number, sent: number): Element =>
  xml('handled-count-too-high', { xmlns: NS, h: String(h), 'send-count': String(sent) })

export interface Resumption {
  readonly id: string
  /** Stanzas handled so far. */
  readonly h: number
  /** The place to try first. */
  readonly location?: StreamLocation | undefined
  /** Where the session is gone: a new one is begun on the same connection (§5, the last but one paragraph). */
  readonly orBind?: boolean
}

export interface Enabled {
  /** Undefined: acknowledgements only, no resumption. */
  readonly id: string | undefined
  /** Seconds for which the server keeps the session; undefined when it does not say. */
  readonly maxSeconds: number | undefined
  /** Where it wants to be reached for a resumption (RFC 6120 §4.9.3.19); undefined: wherever it is. */
  readonly location?: Pick<StreamLocation, 'host' | 'port'>
}

export function parseEnabled(element: Element): Enabled {
  const { id, resume, max, location } = element.attrs as Readonly<Record<string, string | undefined>>
  const resumable = (resume === 'true' || resume === '1') && id !== undefined && id !== ''
  const place = parseLocation(location ?? '')
  return {
    id: resumable ? id : undefined,
    maxSeconds: parseCount(max),
    ...(place === undefined ? {} : { location: place }),
  }
}

/** Longer than any domain name with a port. */
const MAX_LOCATION = 300
const XMPP_PORT = 5222

/** "domainpart:port", the port optional, IPv6 addresses in brackets. */
function parseLocation(text: string): Enabled['location'] {
  if (text.length > MAX_LOCATION) return undefined
  const [, six, name, digits] = /^(?:\[([\da-fA-F:.]+)\]|([^\s:/@[\]]+))(?::(\d{1,5}))?$/.exec(text) ?? []
  const host = six ?? name
  const port = digits === undefined ? XMPP_PORT : Number(digits)
  return host === undefined || port < 1 || port > 65_535 ? undefined : { host, port }
}

/** The `h` of `<a/>`, `<resumed/>` or `<failed/>`; undefined when there is none or it is no count. */
export function parseHandled(element: Element): number | undefined {
  return parseCount((element.attrs as Readonly<Record<string, string | undefined>>)['h'])
}

function parseCount(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,10}$/.test(text) && Number(text) < 2 ** 32 ? Number(text) : undefined
}

/** A stanza on its way: not known to have arrived. */
export interface SentStanza {
  readonly stanza: Element
  readonly sentAt: number
}

export interface AckCounter {
  /** Inbound stanzas handled. */
  readonly handled: number
  /** Outbound stanzas since the start. */
  readonly sent: number
  readonly unacknowledged: readonly SentStanza[]
  countSent(stanza: SentStanza): void
  countHandled(): void
  /** The stanzas newly acknowledged by `h`, in order; undefined when `h` is a count that we never reached. */
  acknowledge(h: number): readonly SentStanza[] | undefined
}

/** `from`: the counts with which a session goes on whose stanzas on their way are no longer known. */
export function createAckCounter(
  from: Pick<AckCounter, 'handled' | 'sent'> = { handled: 0, sent: 0 },
): AckCounter {
  const queue: SentStanza[] = []
  let { handled, sent } = from
  return {
    get handled() {
      return handled
    },
    get sent() {
      return sent
    },
    unacknowledged: queue,
    countSent(stanza) {
      queue.push(stanza)
      sent = (sent + 1) >>> 0
    },
    countHandled() {
      handled = (handled + 1) >>> 0
    },
    acknowledge(h) {
      const left = (sent - h) >>> 0
      return left > queue.length ? undefined : queue.splice(0, queue.length - left)
    },
  }
}
