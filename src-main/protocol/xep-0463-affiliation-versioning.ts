/** XEP-0463: MUC Affiliations Versioning, version 0.2.0. https://xmpp.org/extensions/xep-0463.html */
import type { AffiliationEntry } from './xep-0045-muc/muc.types.ts'
import { attribute, ownChildren, present } from './stanza.ts'
import { parseEntry } from './xep-0045-muc/affiliations.ts'
import { roomElement, roomSpeaking } from './xep-0045-muc/foreign.ts'
import { xml, type Element } from './xml.ts'

/** Announced by rooms, not by clients. */
export const NS = 'urn:xmpp:muc:affiliations:1'

const MAX_VERSION = 1024
/** Of one message; servers limit its size, so that a long list comes in several (§5.2.1). */
const MAX_ENTRIES = 2000

/** From which version to which; opaque, of one room. */
export interface AffiliationVersions {
  readonly since?: string
  readonly until?: string
}

/** What a room tells of affiliations by a message, also of who is not there (XEP-0045 §10.3). */
export interface AffiliationNews extends AffiliationVersions {
  /** These are all there are, up to `until`, or the first of them where more follow from there. */
  readonly whole: boolean
  readonly entries: readonly AffiliationEntry[]
}

/** Inside the `<x/>` of a join (§5.1); '' asks for all. */
export function buildAffiliationsRequest(since: string): Element {
  return xml('mav', { xmlns: NS, since: since === '' ? undefined : since })
}

/**
 * Of an occupant's presence (§5.2). Our own, with 'self', ends the coming in: without it or with another version than the
 * one that is known, what is known is out of date (§5.2.1).
 */
export function parseAffiliationVersions(presence: Element): AffiliationVersions | undefined {
  const room = roomElement(presence)
  return room && versionsIn(room)
}

/** Undefined where it says nothing of affiliations, and from an occupant, who has nothing to say of them. */
export function parseAffiliationNews(message: Element): AffiliationNews | undefined {
  const room = roomElement(message)
  const versions = room && versionsIn(room)
  const entries = room === undefined ? [] : entriesIn(room)
  const isNews = versions !== undefined || entries.length > 0
  if (!isNews || roomSpeaking(message) === undefined) return undefined
  const whole = versions?.until !== undefined && versions.since === undefined
  return { whole, ...versions, entries }
}

function versionsIn(room: Element): AffiliationVersions | undefined {
  const mav = room.getChild('mav', NS)
  if (mav === undefined) return undefined
  return { ...present('since', version(mav, 'since')), ...present('until', version(mav, 'until')) }
}

function version(mav: Element, name: string): string | undefined {
  const text = attribute(mav, name)
  return text === undefined || text === '' || text.length > MAX_VERSION ? undefined : text
}

/** The last of two for one address counts. */
function entriesIn(room: Element): AffiliationEntry[] {
  const entries = ownChildren(room, 'item').slice(0, MAX_ENTRIES).flatMap(parseEntry)
  return [...new Map(entries.map((entry) => [entry.jid, entry])).values()]
}
