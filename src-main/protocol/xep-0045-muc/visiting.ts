/** XEP-0045 §7.2, §7.6, §7.7, §7.14: coming, being called otherwise, being away, and leaving. */
import type { FullJid } from '../../model/jid.ts'
import { buildPresence, buildUnavailable, type OutgoingPresence } from '../presence.ts'
import { buildDateTime } from '../xep-0082-date-times.ts'
import { buildAffiliationsRequest } from '../xep-0463-affiliation-versioning.ts'
import { xml, type Element } from '../xml.ts'
import { NS } from './namespaces.ts'

/** How much of what was said before the room is to send itself (§7.2.14); 'none' where its archive is asked instead. */
export type RoomHistory = 'none' | { readonly maxStanzas: number; readonly sinceMs?: number | undefined }

export interface JoinRequest {
  /** The nick that is wanted, in the room: see occupantJid. */
  readonly occupant: FullJid
  /** A fresh id; some rooms give it back. */
  readonly id: string
  readonly history: RoomHistory
  readonly password?: string | undefined
  /**
   * XEP-0463: the version of the affiliations that is known, or '' for none and all of them; undefined: they are not asked
   * for. Rooms that do not know it pass it over.
   */
  readonly affiliationsSince?: string | undefined
  readonly presence: Omit<OutgoingPresence, 'to'>
}

/** Enters a room, or makes it where there is none (§10.1). Sent again it is a request to be told all anew (§17.3). */
export function buildJoin({
  occupant,
  id,
  history,
  password,
  affiliationsSince,
  presence,
}: JoinRequest): Element {
  const element = buildRoomPresence(occupant, presence, id)
  const content = [
    ...(password === undefined ? [] : [xml('password', {}, password)]),
    buildHistory(history),
    ...(affiliationsSince === undefined ? [] : [buildAffiliationsRequest(affiliationsSince)]),
  ]
  element.append(xml('x', { xmlns: NS }, ...content))
  return element
}

/** No history is zero characters of it (§7.2.14); services that know one limit only know either. */
function buildHistory(history: RoomHistory): Element {
  if (history === 'none') return xml('history', { maxchars: '0', maxstanzas: '0' })
  const since = history.sinceMs === undefined ? undefined : buildDateTime(history.sinceMs)
  return xml('history', { maxstanzas: String(history.maxStanzas), since })
}

/**
 * Another nick (§7.6), or with the same one another show or status (§7.7). In a room that has forgotten us it brings back
 * that we were removed for a technical reason.
 */
export function buildRoomPresence(
  occupant: FullJid,
  presence: Omit<OutgoingPresence, 'to'>,
  id: string,
): Element {
  const element = buildPresence({ ...presence, to: occupant })
  element.attrs['id'] = id
  return element
}

export function buildLeave(occupant: FullJid, status = ''): Element {
  return buildUnavailable(status, occupant)
}
