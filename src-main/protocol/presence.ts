/** RFC 6121 §4: presence, and §3's subscription types as they come in. Extensions join by the table, as in message.ts. */
import type { BareJid, Jid } from '../model/jid.ts'
import { SHOWS, type Show } from '../model/presence.ts'
import { rejected, type Rejected } from './rejected.ts'
import { attribute, isStanza, ownChildText, parseAddresses, present, type Addresses } from './stanza.ts'
import { parseStanzaError, type ParsedStanzaError } from './stanza-error.ts'
import { parseOccupancy } from './xep-0045-muc/occupants.ts'
import { buildCaps, parseCaps, type Caps } from './xep-0115-capabilities.ts'
import { buildAvatarHash, parseAvatarHash } from './xep-0153-vcard-avatar.ts'
import { parseNick } from './xep-0172-nick.ts'
import { parseDelays } from './xep-0203-delay.ts'
import { parseHats } from './xep-0317-hats.ts'
import { buildIdle, parseIdle } from './xep-0319-idle.ts'
import { parsePreauth } from './xep-0379-pre-auth.ts'
import { parseOccupantId } from './xep-0421-occupant-ids.ts'
import { parseAffiliationVersions } from './xep-0463-affiliation-versioning.ts'
import { xml, type Element } from './xml.ts'

const TYPES = [
  'available',
  'unavailable',
  'subscribe',
  'subscribed',
  'unsubscribe',
  'unsubscribed',
  'probe',
  'error',
] as const
export type PresenceType = (typeof TYPES)[number]

const MAX_STATUS_LENGTH = 1024
const MAX_SHOW_LENGTH = 16

const extensions = {
  delays: parseDelays,
  nick: parseNick,
  preauth: parsePreauth,
  caps: parseCaps,
  idleSince: parseIdle,
  occupancy: parseOccupancy,
  occupantId: parseOccupantId,
  hats: parseHats,
  avatarHash: parseAvatarHash,
  affiliationVersions: parseAffiliationVersions,
} as const

type Extensions = {
  readonly [K in keyof typeof extensions]?: NonNullable<ReturnType<(typeof extensions)[K]>>
}

export interface PresenceEnvelope extends Addresses {
  readonly kind: 'presence'
  readonly type: PresenceType
  readonly show: Show
  /** The sender's words; empty when there are none. */
  readonly status: string
  /** −128 to 127. */
  readonly priority: number
  readonly error?: ParsedStanzaError
}

export type ParsedPresence = PresenceEnvelope & Extensions

/** Reads a presence stanza; rejected when its type is unknown: it could mean anything but "available". */
export function parsePresence(
  element: Element,
  context: { readonly ownBareJid: BareJid },
): ParsedPresence | Rejected {
  if (!isStanza(element, 'presence')) return rejected('not a presence')
  const addresses = parseAddresses(element, context.ownBareJid)
  if ('kind' in addresses) return addresses
  const type = parseType(element)
  if (type === undefined) return rejected('unknown presence type')
  return {
    kind: 'presence',
    type,
    ...addresses,
    show: parseShow(element),
    status: ownChildText(element, 'status', MAX_STATUS_LENGTH) ?? '',
    priority: parsePriority(element),
    ...present('error', type === 'error' ? parseStanzaError(element) : undefined),
    ...parseExtensions(element),
  }
}

/** No `type` is available (§4.7.1), and 'available' on the wire is no type at all. */
function parseType(element: Element): PresenceType | undefined {
  const type = attribute(element, 'type')
  return type === undefined ? 'available' : TYPES.slice(1).find((known) => known === type)
}

/** What is not one of §4.7.2.1's four is online. */
function parseShow(element: Element): Show {
  const text = ownChildText(element, 'show', MAX_SHOW_LENGTH)?.trim()
  return SHOWS.find((show) => show === text) ?? 'online'
}

/** An integer from −128 to 127 (§4.7.2.3); anything else is 0. */
function parsePriority(element: Element): number {
  const text = ownChildText(element, 'priority', 8)?.trim() ?? ''
  const priority = /^[+-]?\d{1,3}$/.test(text) ? Number(text) : 0
  return priority < -128 || priority > 127 ? 0 : priority
}

function parseExtensions(element: Element): Extensions {
  const parsed = Object.entries(extensions).map(([name, parse]) => [name, parse(element)] as const)
  return Object.fromEntries(parsed.filter(([, value]) => value !== undefined))
}

export interface OutgoingPresence {
  readonly show: Show
  readonly status: string
  readonly priority?: number
  readonly caps?: Caps
  /** XEP-0153: of our own picture; empty: there is none. */
  readonly avatarHash?: string | undefined
  /** XEP-0319; epoch milliseconds. */
  readonly idleSince?: number | undefined
  /** Directed presence (§4.6); absent, it goes to all who are subscribed. */
  readonly to?: Jid
}

/** Initial presence and every change of it (§4.2, §4.4). */
export function buildPresence(presence: OutgoingPresence): Element {
  return xml(
    'presence',
    { to: presence.to },
    ...(presence.show === 'online' ? [] : [xml('show', {}, presence.show)]),
    ...statusElements(presence.status),
    ...(presence.priority ? [xml('priority', {}, String(presence.priority))] : []),
    ...(presence.caps === undefined ? [] : [buildCaps(presence.caps)]),
    ...(presence.avatarHash === undefined ? [] : [buildAvatarHash(presence.avatarHash)]),
    ...(presence.idleSince === undefined ? [] : [buildIdle(presence.idleSince)]),
  )
}

/** Goodbye (§4.5); with `to`, to one address alone (§4.6). */
export function buildUnavailable(status: string, to?: Jid): Element {
  return xml('presence', { type: 'unavailable', to }, ...statusElements(status))
}

function statusElements(status: string): Element[] {
  return status === '' ? [] : [xml('status', {}, status)]
}
