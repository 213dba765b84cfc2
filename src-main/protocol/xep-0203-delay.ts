/** XEP-0203: Delayed Delivery, version 2.0. https://xmpp.org/extensions/xep-0203.html */
import { parseJid, type Jid } from '../model/jid.ts'
import { attribute, present } from './stanza.ts'
import { buildDateTime, parseDateTime } from './xep-0082-date-times.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'urn:xmpp:delay'

/** More stamps than a stanza can honestly have: sender, sender's server, our server. */
const MAX_DELAYS = 8
/** A clock that is a little ahead of ours is no forgery. */
const TOLERATED_AHEAD_MS = 5 * 60_000

export interface Delay {
  /** Epoch milliseconds. */
  readonly stampMs: number
  /** Who held the stanza, by its own word: anyone can write anyone here (§6). */
  readonly from?: Jid
}

/** For a message of ours that is sent again: when it was first sent, in epoch milliseconds. */
export function buildDelay(stampMs: number): Element {
  return xml('delay', { xmlns: NS, stamp: buildDateTime(stampMs) })
}

/** Every readable `<delay/>`; undefined when there is none. Nothing of it is to be believed: see trustedDelay. */
export function parseDelays(stanza: Element): readonly Delay[] | undefined {
  const delays = stanza.getChildren('delay', NS).slice(0, MAX_DELAYS).flatMap(parseDelay)
  return delays.length === 0 ? undefined : delays
}

function parseDelay(element: Element): Delay[] {
  const stampMs = parseDateTime(attribute(element, 'stamp') ?? '')
  const fromText = attribute(element, 'from')
  const from = fromText === undefined ? undefined : parseJid(fromText)
  // An address that can't be read is not the same as none, which would be the sender's.
  if (stampMs === undefined || (fromText !== undefined && from === undefined)) return []
  return [{ stampMs, ...present('from', from) }]
}

/**
 * When the stanza was sent, in epoch milliseconds: the earliest stamp of those whose `from` the caller trusts and that do
 * not lie in the future; undefined when none is left, and the stanza was then sent just now. A stamp without `from` is
 * taken as the stanza's sender's. Trust the own server and account, and the sender for what it sent itself; a server
 * that does not strip forged stamps lets the sender write ours, so a stamp may order messages and must decide nothing.
 */
export function trustedDelay(
  stanza: { readonly from: Jid; readonly delays?: readonly Delay[] },
  options: { readonly trusted: (from: Jid) => boolean; readonly nowMs: number },
): number | undefined {
  const stamps = (stanza.delays ?? [])
    .filter((delay) => options.trusted(delay.from ?? stanza.from))
    .map((delay) => delay.stampMs)
    .filter((stampMs) => stampMs <= options.nowMs + TOLERATED_AHEAD_MS)
  return stamps.length === 0 ? undefined : Math.min(options.nowMs, ...stamps)
}
