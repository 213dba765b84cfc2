/** What the contact page shows beyond the roster: the user's note, the vCard, and what devices tell when they are asked. */
import type { CheckedInput } from '../../contract/commands.ts'
import type { EntityTime, LastActivity, SoftwareVersion } from '../../model/entity.ts'
import { parseJid, type BareJid, type Jid } from '../../model/jid.ts'
import type { CachedCard, ContactFile } from '../../model/people.ts'
import { RequestTimeout, StanzaError } from '../../protocol/errors.ts'
import type { Iq } from '../../protocol/iq.ts'
import { fetchLastActivity } from '../../protocol/xep-0012-last-activity.ts'
import { fetchVCardTemp } from '../../protocol/xep-0054-vcard-temp.ts'
import { fetchVersion } from '../../protocol/xep-0092-version.ts'
import { fetchEntityTime } from '../../protocol/xep-0202-entity-time.ts'
import { fetchVCard4 } from '../../protocol/xep-0292-vcard4.ts'
import type { Link } from '../link.ts'
import { isSeen } from '../subscriptions.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'

/** Nobody looks at a page longer than this before it has filled itself. */
const ASK_TIMEOUT_MS = 10_000

export function readContactFile({ storage }: Tools, accountId: number, jid: BareJid): ContactFile {
  const card = storage.findCard(accountId, jid)
  return { note: storage.getNote(accountId, jid), ...(card === undefined ? {} : { card }) }
}

export function setNote({ storage }: Tools, { accountId, jid, note }: CheckedInput<'contact.setNote'>): void {
  if (storage.findAccount(accountId) === undefined) throw userError('not-found')
  storage.setNote(accountId, jid, note)
}

/**
 * The newer form first. Asked of the account's server, so the contact's devices learn nothing of it; a room keeps its own,
 * and the older form alone.
 */
export async function fetchCard(tools: Tools, link: Link, jid: BareJid): Promise<CachedCard> {
  const iq = hasty(link.iq)
  const isRoom = tools.rooms.find(link.accountId, jid) !== undefined
  const newer = isRoom ? undefined : await fetchVCard4(iq, jid)
  const card = newer ?? (await fetchVCardTemp(iq, jid)) ?? null
  const cached: CachedCard = { card, fetchedAt: tools.now() }
  tools.storage.setCard(link.accountId, jid, cached)
  return cached
}

/** Undefined: not told. Only a device that shows its presence to us is asked (attack S19 works both ways). */
export function askVersion(
  tools: Tools,
  link: Link,
  { jid, resource }: CheckedInput<'contact.fetchVersion'>,
): Promise<SoftwareVersion | undefined> {
  return askDevice(tools, link, jid, resource, fetchVersion)
}

export function askTime(
  tools: Tools,
  link: Link,
  { jid, resource }: CheckedInput<'contact.fetchTime'>,
): Promise<EntityTime | undefined> {
  return askDevice(tools, link, jid, resource, fetchEntityTime)
}

/** Without a resource: since when nobody is there (XEP-0012 §4), by the word of the contact's server. */
export function askActivity(
  tools: Tools,
  link: Link,
  { jid, resource }: CheckedInput<'contact.fetchActivity'>,
): Promise<LastActivity | undefined> {
  if (resource !== undefined) return askDevice(tools, link, jid, resource, fetchLastActivity)
  return ask(tools, link, jid, jid, fetchLastActivity)
}

type Fetch<T> = (iq: Iq, to: Jid) => Promise<T | undefined>

async function askDevice<T>(
  tools: Tools,
  link: Link,
  jid: BareJid,
  resource: string,
  fetch: Fetch<T>,
): Promise<T | undefined> {
  const to = parseJid(resource === '' ? jid : `${jid}/${resource}`)
  if (to === undefined || !tools.presences.has(link.accountId, jid, resource)) return undefined
  return ask(tools, link, jid, to, fetch)
}

async function ask<T>(
  { storage }: Tools,
  link: Link,
  jid: BareJid,
  to: Jid,
  fetch: Fetch<T>,
): Promise<T | undefined> {
  if (!isSeen(storage.findContact(link.accountId, jid))) return undefined
  try {
    return await fetch(hasty(link.iq), to)
  } catch (error) {
    // Most programs tell only some of it: that is no failure.
    if (error instanceof StanzaError || error instanceof RequestTimeout) return undefined
    throw error
  }
}

function hasty(iq: Iq): Iq {
  return { ...iq, request: (request) => iq.request({ ...request, timeoutMs: ASK_TIMEOUT_MS }) }
}
