/** RFC 6121 §2: the roster: fetched, pushed, changed. */
import type { RosterItem, Subscription } from '../model/contact.ts'
import { bareOf, parseBareJid, parseJid, type BareJid } from '../model/jid.ts'
import type { Iq } from './iq.ts'
import { rejected, type Rejected } from './rejected.ts'
import { attribute, clip, present } from './stanza.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'jabber:iq:roster'

const MAX_NAME_LENGTH = 1024
const MAX_GROUPS = 100
const MAX_VERSION_LENGTH = 1024
const SUBSCRIPTIONS: readonly Subscription[] = ['none', 'to', 'from', 'both']

export interface Roster {
  readonly items: readonly RosterItem[]
  readonly version?: string
}

/**
 * The whole roster, or 'unchanged' when ours, of `version`, is still right or will be brought up by pushes (§2.6.3).
 * Pass '' when the server keeps versions and none is known yet, undefined when it keeps none. Rejects as Iq.request does.
 */
export async function fetchRoster(iq: Iq, version: string | undefined): Promise<Roster | 'unchanged'> {
  const result = await iq.request({ type: 'get', payload: xml('query', { xmlns: NS, ver: version }) })
  const query = result.getChild('query', NS)
  // Without a version there is nothing that could be unchanged: an empty answer is an empty roster.
  if (query === undefined) return version === undefined || version === '' ? { items: [] } : 'unchanged'
  const items = new Map<BareJid, RosterItem>()
  for (const element of query.getChildren('item', NS)) {
    const item = parseItem(element)
    // §2.1.2.5: "remove" in anything but a push is to be ignored. Of two items of one address the last counts.
    if (item !== undefined && attribute(element, 'subscription') !== 'remove') items.set(item.jid, item)
  }
  return { items: [...items.values()], ...present('version', versionOf(query)) }
}

/** One that is absurdly long is none: it would be sent back at each sign-in. */
function versionOf(query: Element): string | undefined {
  const version = attribute(query, 'ver')
  return version === undefined || version.length > MAX_VERSION_LENGTH ? undefined : version
}

export type RosterPush =
  | { readonly kind: 'upserted'; readonly item: RosterItem; readonly version?: string }
  | { readonly kind: 'removed'; readonly jid: BareJid; readonly version?: string }

/**
 * Reads a push (§2.1.6): an iq set with exactly one item. Rejected unless it comes from our own account; anyone else's
 * is an attempt to write our roster (attack S3), and the caller then answers service-unavailable, as if rosters were
 * unknown here.
 */
export function parseRosterPush(iq: Element, ownBareJid: BareJid): RosterPush | Rejected {
  const from = attribute(iq, 'from')
  if (from !== undefined && parseJid(from) !== ownBareJid) return rejected('roster push from a stranger')
  const query = iq.getChild('query', NS)
  const items = query?.getChildren('item', NS) ?? []
  const [element] = items
  if (attribute(iq, 'type') !== 'set' || element === undefined) return rejected('not a roster push')
  if (items.length > 1) return rejected('roster push of several items')
  const item = parseItem(element)
  if (item === undefined) return rejected('roster push without an address')
  const version = present('version', query === undefined ? undefined : versionOf(query))
  return attribute(element, 'subscription') === 'remove'
    ? { kind: 'removed', jid: item.jid, ...version }
    : { kind: 'upserted', item, ...version }
}

function parseItem(element: Element): RosterItem | undefined {
  const jid = parseBareJid(attribute(element, 'jid') ?? '')
  if (jid === undefined) return undefined
  const subscription = SUBSCRIPTIONS.find((known) => known === attribute(element, 'subscription')) ?? 'none'
  return {
    jid,
    name: clip(attribute(element, 'name') ?? '', MAX_NAME_LENGTH),
    subscription,
    ask: attribute(element, 'ask') === 'subscribe',
    approved: ['true', '1'].includes(attribute(element, 'approved') ?? ''),
    groups: parseGroups(element),
  }
}

/** §2.1.2.6: no group twice; one without a name is none. */
function parseGroups(element: Element): string[] {
  const groups = element.getChildren('group', NS).slice(0, MAX_GROUPS)
  const names = groups.map((group) => clip(group.getText(), MAX_NAME_LENGTH))
  return [...new Set(names)].filter((name) => name !== '')
}

/** Adds an item or changes its name and groups (§2.3, §2.4); the change itself comes back as a push. */
export async function setRosterItem(
  iq: Iq,
  item: { readonly jid: BareJid; readonly name: string; readonly groups: readonly string[] },
): Promise<void> {
  const groups = item.groups.map((group) => xml('group', {}, group))
  await setItem(iq, xml('item', { jid: item.jid, name: item.name === '' ? undefined : item.name }, ...groups))
}

/** Ends the subscriptions both ways as well (§2.5). */
export async function removeRosterItem(iq: Iq, jid: BareJid): Promise<void> {
  await setItem(iq, xml('item', { jid: bareOf(jid), subscription: 'remove' }))
}

async function setItem(iq: Iq, item: Element): Promise<void> {
  await iq.request({ type: 'set', payload: xml('query', { xmlns: NS }, item) })
}
