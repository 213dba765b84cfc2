/** XEP-0030: Service Discovery, version 2.5.0. https://xmpp.org/extensions/xep-0030.html */
import { setImmediate } from 'node:timers/promises'
import { parseJid, type Jid } from '../model/jid.ts'
import type { DiscoInfo, Identity, ServiceItem, ServiceItems } from '../model/services.ts'
import type { Iq, IqAnswer } from './iq.ts'
import { attribute, clip, present } from './stanza.ts'
import { parseExtensions } from './xep-0128-disco-extensions.ts'
import { xml, type Element } from './xml.ts'

export type { DiscoInfo, Identity } from '../model/services.ts'

export const NS = 'http://jabber.org/protocol/disco#info'
export const NS_ITEMS = 'http://jabber.org/protocol/disco#items'
export const features = [NS, NS_ITEMS]

const MAX_ENTRIES = 1000
const MAX_LENGTH = 1024
/** A busy room service lists thousands; what goes beyond this is said to be left out. */
export const MAX_ITEMS = 20_000
/** Items read at a time: some milliseconds. */
const SLICE = 250

/** What an entity, or a node of it, is and can do. Rejects as Iq.request does. */
export async function fetchDiscoInfo(iq: Iq, to: Jid, node?: string): Promise<DiscoInfo> {
  const query = await queryDiscoInfo(iq, to, node)
  return query === undefined ? { identities: [], features: [] } : parseDiscoInfo(query)
}

/** The answer unread, for whoever must hash it; undefined when there is none in it. */
export async function queryDiscoInfo(iq: Iq, to: Jid, node?: string): Promise<Element | undefined> {
  const result = await iq.request({ type: 'get', to, payload: xml('query', { xmlns: NS, node }) })
  return result.getChild('query', NS)
}

/** Reads `<query/>`; entries without their required attributes are left out. */
export function parseDiscoInfo(query: Element): DiscoInfo {
  const forms = parseExtensions(query)
  return {
    identities: query.getChildren('identity', NS).slice(0, MAX_ENTRIES).flatMap(parseIdentity),
    features: query.getChildren('feature', NS).slice(0, MAX_ENTRIES).flatMap(parseFeature),
    ...(forms.length === 0 ? {} : { forms }),
  }
}

function parseIdentity(element: Element): Identity[] {
  const [category, type, name] = ['category', 'type', 'name'].map((key) => clipped(element, key))
  if (category === undefined || type === undefined) return []
  return [{ category, type, ...present('name', name), ...present('language', clipped(element, 'xml:lang')) }]
}

function parseFeature(element: Element): string[] {
  const feature = clipped(element, 'var')
  return feature === undefined ? [] : [feature]
}

function clipped(element: Element, name: string): string | undefined {
  const value = attribute(element, name)
  return value === undefined ? undefined : clip(value, MAX_LENGTH)
}

export function buildDiscoInfo(info: DiscoInfo, node?: string): Element {
  return xml(
    'query',
    { xmlns: NS, node },
    ...info.identities.map(({ category, type, name, language }) =>
      xml('identity', { category, type, name, 'xml:lang': language }),
    ),
    ...info.features.map((feature) => xml('feature', { var: feature })),
  )
}

/** Answers for ourselves, and for `nodes` that mean the same (XEP-0115's node#ver); any other node is not found (§7). */
export function answerDiscoInfo(
  iq: Iq,
  own: () => { readonly info: DiscoInfo; readonly nodes: readonly string[] },
): void {
  iq.answer('get', NS, 'query', ({ payload }): IqAnswer => {
    const { info, nodes } = own()
    const node = attribute(payload, 'node')
    return node === undefined || nodes.includes(node) ? buildDiscoInfo(info, node) : 'item-not-found'
  })
}

/** What an entity, or a node of it, lists (§4). Rejects as Iq.request does. */
export async function fetchDiscoItems(iq: Iq, to: Jid, node?: string): Promise<ServiceItems> {
  const result = await iq.request({ type: 'get', to, payload: xml('query', { xmlns: NS_ITEMS, node }) })
  const query = result.getChild('query', NS_ITEMS)
  return query === undefined ? { items: [] } : parseDiscoItems(query)
}

/** Reads `<query/>` in slices, so that a long list does not hold the process. No address and node twice. */
export async function parseDiscoItems(query: Element): Promise<ServiceItems> {
  const elements = query.getChildren('item', NS_ITEMS)
  const items = new Map<string, ServiceItem>()
  for (let start = 0; start < Math.min(elements.length, MAX_ITEMS); start += SLICE) {
    if (start > 0) await setImmediate()
    for (const item of elements.slice(start, start + SLICE).flatMap(parseItem)) {
      items.set(`${item.jid} ${item.node ?? ''}`, item)
    }
  }
  return { items: [...items.values()], ...(elements.length > MAX_ITEMS ? { truncated: true } : {}) }
}

function parseItem(element: Element): ServiceItem[] {
  const jid = parseJid(attribute(element, 'jid') ?? '')
  const node = attribute(element, 'node')
  if (jid === undefined || (node?.length ?? 0) > MAX_LENGTH) return []
  return [{ jid, ...present('node', node), ...present('name', clipped(element, 'name')) }]
}

/** Which rooms we are in is nobody's concern; then the answer MUST be an empty list (XEP-0045 §6.7). */
const NODE_ROOMS = 'http://jabber.org/protocol/muc#rooms'

/** We list nothing; any other node of ours that anyone asks about is not found. */
export function answerDiscoItems(iq: Iq): void {
  iq.answer('get', NS_ITEMS, 'query', ({ payload }): IqAnswer => {
    const node = attribute(payload, 'node')
    const isKnown = node === undefined || node === NODE_ROOMS
    return isKnown ? xml('query', { xmlns: NS_ITEMS, node }) : 'item-not-found'
  })
}
