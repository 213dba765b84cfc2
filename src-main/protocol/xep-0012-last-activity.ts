/** XEP-0012: Last Activity, version 2.0. https://xmpp.org/extensions/xep-0012.html */
import type { LastActivity } from '../model/entity.ts'
import type { Jid } from '../model/jid.ts'
import type { Iq } from './iq.ts'
import { attribute, clip } from './stanza.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'jabber:iq:last'
export const features = [NS]

/** A century: more is a fault, and days of it would not fit a screen. */
const MAX_SECONDS = 3_155_760_000
const MAX_STATUS_LENGTH = 1024

/**
 * What it means depends on the kind of `to` (§8): idle time of a full JID, time since the log-out of a bare one, uptime
 * of a domain. Undefined when the answer can't be read. Rejects as Iq.request does: with 'forbidden' or
 * 'service-unavailable' when the other side does not tell.
 */
export async function fetchLastActivity(iq: Iq, to: Jid): Promise<LastActivity | undefined> {
  const result = await iq.request({ type: 'get', to, payload: xml('query', { xmlns: NS }) })
  const query = result.getChild('query', NS)
  return query === undefined ? undefined : parseLastActivity(query)
}

/** Reads `<query/>`; undefined unless `seconds` is a whole number of at most a hundred years. */
export function parseLastActivity(query: Element): LastActivity | undefined {
  const seconds = attribute(query, 'seconds') ?? ''
  if (!/^\d{1,10}$/.test(seconds) || Number(seconds) > MAX_SECONDS) return undefined
  return { secondsAgo: Number(seconds), status: clip(query.getText(), MAX_STATUS_LENGTH) }
}

export function buildLastActivity({ secondsAgo, status }: LastActivity): Element {
  const seconds = Math.min(MAX_SECONDS, Math.max(0, Math.floor(secondsAgo)))
  return xml('query', { xmlns: NS, seconds: String(seconds) }, ...(status === '' ? [] : [status]))
}

/** `tell` says what the asker may know; where that is nothing, the answer is the one of a resource that is not there (§4). */
export function answerLastActivity(iq: Iq, tell: (from: Jid) => LastActivity | undefined): void {
  iq.answer('get', NS, 'query', ({ from }) => {
    const activity = tell(from)
    return activity === undefined ? 'service-unavailable' : buildLastActivity(activity)
  })
}
