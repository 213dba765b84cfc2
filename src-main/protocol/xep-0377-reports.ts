/** XEP-0377: Blocking Command Reports, version 0.4.1. https://xmpp.org/extensions/xep-0377.html */
import type { Jid } from '../model/jid.ts'
import type { ReportReason } from '../model/requests.ts'
import { NS as NS_STANZA_ID } from './xep-0359-stanza-ids.ts'
import { xml, type Element } from './xml.ts'

/** What a server that takes reports lists in disco#info (§3). Clients announce nothing. */
export const NS = 'urn:xmpp:reporting:1'

export interface Report {
  readonly reason: ReportReason
  /** What is reported, by the ids of the archive that has it (§6). */
  readonly messages: readonly { readonly by: Jid; readonly id: string }[]
}

/**
 * Stands in the item of a block request. Without <report-origin/> and <third-party/> the server keeps it to itself (§5): to
 * whom a report goes on, the user was not asked.
 */
export function buildReport({ reason, messages }: Report): Element {
  const ids = messages.map(({ by, id }) => xml('stanza-id', { xmlns: NS_STANZA_ID, by, id }))
  return xml('report', { xmlns: NS, reason: `urn:xmpp:reporting:${reason}` }, ...ids)
}
