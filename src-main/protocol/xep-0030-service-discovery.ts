/** XEP-0030: Service Discovery, version 2.5.0. https://xmpp.org/extensions/xep-0030.html */
import type { Jid } from '../model/jid.ts'
import type { Iq, IqAnswer } from './iq.ts'
import { attribute, clip, present } from './stanza.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'http://jabber.org/protocol/disco#info'
export const features = [NS]

const MAX_ENTRIES = 1000
const MAX_LENGTH = 1024

export interface Identity {
  readonly category: string
  readonly type: string
  readonly name?: string
}

export interface DiscoInfo {
  readonly identities: readonly Identity[]
  readonly features: readonly string[]
}

/** What an entity is and can do. Rejects as Iq.request does. */
export async function fetchDiscoInfo(iq: Iq, to: Jid, node?: string): Promise<DiscoInfo> {
  const payload = xml('query', { xmlns: NS, node })
  const result = await iq.request({ type: 'get', to, payload })
  const query = result.getChild('query', NS)
  return query === undefined ? { identities: [], features: [] } : parseDiscoInfo(query)
}

/** Reads `<query/>`; entries without their required attributes are left out. */
export function parseDiscoInfo(query: Element): DiscoInfo {
  return {
    identities: query.getChildren('identity', NS).slice(0, MAX_ENTRIES).flatMap(parseIdentity),
    features: query.getChildren('feature', NS).slice(0, MAX_ENTRIES).flatMap(parseFeature),
  }
}

function parseIdentity(element: Element): Identity[] {
  const [category, type, name] = ['category', 'type', 'name'].map((key) => clipped(element, key))
  return category === undefined || type === undefined ? [] : [{ category, type, ...present('name', name) }]
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
    ...info.identities.map(({ category, type, name }) => xml('identity', { category, type, name })),
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
