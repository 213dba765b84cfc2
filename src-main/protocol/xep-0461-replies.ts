/** XEP-0461: Message Replies, version 0.2.1. https://xmpp.org/extensions/xep-0461.html */
import { parseJid, type Jid } from '../model/jid.ts'
import type { TextVersion } from '../model/message.ts'
import { attribute, clip, idOf, present } from './stanza.ts'
import { bodyRegions, divideText, type Fallback } from './xep-0428-fallback.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'urn:xmpp:reply:0'
export const features = [NS]

/** More of a quote than anybody reads beside the answer. */
const MAX_QUOTE_LENGTH = 1000

export interface Reply {
  /** Outside of rooms: the origin-id of the message that is answered, or without one its `id` (§4.1). */
  readonly id: string
  /** Who wrote that message, by the word of whoever answers it. */
  readonly to?: Jid
}

/** Undefined without an id, and where there are two of them; an address that can't be read is somebody, so it is none of ours. */
export function parseReply(message: Element): Reply | undefined {
  const [reply, ...more] = message.getChildren('reply', NS)
  const id = reply === undefined ? undefined : idOf(reply)
  if (reply === undefined || id === undefined || more.length > 0) return undefined
  const to = attribute(reply, 'to')
  const author = to === undefined ? undefined : parseJid(to)
  if (to !== undefined && author === undefined) return undefined
  return { id, ...present('to', author) }
}

export function buildReply({ id, to }: Reply): Element {
  return xml('reply', { xmlns: NS, to, id })
}

interface Quoting {
  readonly reply?: Reply
  readonly fallbacks?: readonly Fallback[]
  readonly body?: string
  readonly versions?: readonly TextVersion[]
}

/**
 * The texts without the quote that stands there for those who do not know replies (§3.1), and that quote, at most 1000
 * characters of it. Where nothing else was said, all is left as it came.
 */
export function withoutQuote<M extends Quoting>(message: M): M & { readonly quote?: string } {
  const { reply, fallbacks, body, versions } = message
  const regions = reply === undefined ? [] : bodyRegions(fallbacks, NS)
  if (regions.length === 0 || body === undefined) return message
  const { kept, cut } = divideText(body, regions)
  if (kept.trim() === '') return message
  const others = versions?.map((version) => ({ ...version, body: divideText(version.body, regions).kept }))
  return {
    ...message,
    body: kept,
    ...present('versions', others),
    ...present('quote', cut.trim() === '' ? undefined : clip(cut.trim(), MAX_QUOTE_LENGTH)),
  }
}

/** What must be said of a body that begins with this quote. */
export function quoteFallback(quote: string): { readonly for: string; readonly points: number } {
  return { for: NS, points: [...quote].length }
}
