/** XEP-0045 §9, §10.3 to §10.8: who belongs to a room, who leads it, and who is kept out. */
import { setImmediate } from 'node:timers/promises'
import { parseJid, type BareJid } from '../../model/jid.ts'
import { AFFILIATIONS, type Affiliation } from '../../model/room.ts'
import type { Iq } from '../iq.ts'
import { attribute, ownChildren, present } from '../stanza.ts'
import { xml, type Element } from '../xml.ts'
import { reasonIn, saneNick } from './foreign.ts'
import type { AffiliationEntry } from './muc.types.ts'
import { NS_ADMIN } from './namespaces.ts'

/** More than anybody cares for by hand; what goes beyond is said to be left out. */
export const MAX_ENTRIES = 20_000
/** Entries read at a time: some milliseconds. */
const SLICE = 250

export interface AffiliationList {
  readonly entries: readonly AffiliationEntry[]
  readonly truncated?: true
}

/** Rejects as Iq.request does: 'forbidden' where we may not see the list. */
export async function fetchAffiliations(
  iq: Iq,
  room: BareJid,
  affiliation: Affiliation,
): Promise<AffiliationList> {
  const result = await iq.request({ type: 'get', to: room, payload: buildListRequest({ affiliation }) })
  const query = result.getChild('query', NS_ADMIN)
  return query === undefined ? { entries: [] } : parseAffiliations(query)
}

export function buildListRequest(
  of: { readonly affiliation: Affiliation } | { readonly role: string },
): Element {
  return xml('query', { xmlns: NS_ADMIN }, xml('item', of))
}

/** Reads `<query/>` in slices, so that a long list does not hold the process. The last of two for one address counts. */
export async function parseAffiliations(query: Element): Promise<AffiliationList> {
  const items = ownChildren(query, 'item')
  const entries = new Map<string, AffiliationEntry>()
  for (let start = 0; start < Math.min(items.length, MAX_ENTRIES); start += SLICE) {
    if (start > 0) await setImmediate()
    const end = Math.min(start + SLICE, MAX_ENTRIES)
    for (const entry of items.slice(start, end).flatMap(parseEntry)) entries.set(entry.jid, entry)
  }
  return { entries: [...entries.values()], ...(items.length > MAX_ENTRIES ? { truncated: true } : {}) }
}

/** An `<item/>` with an address and an affiliation that is known. */
export function parseEntry(item: Element): AffiliationEntry[] {
  const jid = parseJid(attribute(item, 'jid') ?? '')
  const affiliation = AFFILIATIONS.find((known) => known === attribute(item, 'affiliation'))
  if (jid === undefined || affiliation === undefined) return []
  return [{ jid, affiliation, ...present('nick', saneNick(attribute(item, 'nick'))), reason: reasonIn(item) }]
}

export interface AffiliationChange {
  /** May be a domain: then it is everybody there (§9.2). */
  readonly jid: BareJid
  readonly affiliation: Affiliation
  readonly reason?: string
  /** Reserved for a new member (§9.3). */
  readonly nick?: string
}

/**
 * All or none of them (§9.2). Rejects as Iq.request does: 'not-allowed' against somebody who is more than we are,
 * 'conflict' against ourselves, or where we are the last owner (§10.4).
 */
export async function setAffiliations(
  iq: Iq,
  room: BareJid,
  changes: readonly AffiliationChange[],
): Promise<void> {
  await iq.request({ type: 'set', to: room, payload: buildAffiliationChanges(changes) })
}

/** Affiliations by address alone: with a role beside them they are refused (§17.4). */
export function buildAffiliationChanges(changes: readonly AffiliationChange[]): Element {
  const items = changes.map(({ jid, affiliation, nick, reason = '' }) =>
    xml('item', { affiliation, jid, nick }, ...(reason === '' ? [] : [xml('reason', {}, reason)])),
  )
  return xml('query', { xmlns: NS_ADMIN }, ...items)
}
