/** XEP-0060: Publish-Subscribe, version 1.30.0. https://xmpp.org/extensions/xep-0060.html */
import type { BareJid } from '../model/jid.ts'
import { StanzaError } from './errors.ts'
import type { Iq } from './iq.ts'
import { attribute, idOf } from './stanza.ts'
import { parseForm } from './xep-0004-data-forms.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'http://jabber.org/protocol/pubsub'
export const NS_EVENT = `${NS}#event`
const NS_OWNER = `${NS}#owner`
/** A service that lists it refuses to publish into a node that is configured otherwise (§7.1.5). */
export const PUBLISH_OPTIONS = `${NS}#publish-options`
const NODE_CONFIG = `${NS}#node_config`

/** More than a node of ours ever has; what goes beyond is left out. */
const MAX_ITEMS = 20_000

export interface PubsubItem {
  readonly id: string
  /** Absent where a notification goes without it. */
  readonly payload?: Element
}

/** Fields of a node's configuration (§16.4.4) by name, without `pubsub#`. */
export type NodeConfig = Readonly<Record<string, string>>

/** The node of a service, or without an address of our own account. */
export interface NodeAddress {
  readonly to?: BareJid | undefined
  readonly node: string
}

/** Every item, or the newest so many (§6.5). Rejects as Iq.request does: 'item-not-found' where there is no such node. */
export async function fetchItems(
  iq: Iq,
  { to, node }: NodeAddress,
  newest?: number,
): Promise<readonly PubsubItem[]> {
  const items = xml('items', { node, max_items: newest })
  const result = await iq.request({ type: 'get', to, payload: xml('pubsub', { xmlns: NS }, items) })
  const list = result.getChild('pubsub', NS)?.getChild('items')
  return list === undefined || attribute(list, 'node') !== node ? [] : parseItems(list)
}

/** The item with this id (§6.5.8); undefined where there is none. Rejects as Iq.request does. */
export async function fetchItem(
  iq: Iq,
  { to, node }: NodeAddress,
  id: string,
): Promise<PubsubItem | undefined> {
  const items = xml('items', { node }, xml('item', { id }))
  const result = await iq.request({ type: 'get', to, payload: xml('pubsub', { xmlns: NS }, items) })
  const list = result.getChild('pubsub', NS)?.getChild('items')
  if (list === undefined || attribute(list, 'node') !== node) return undefined
  return parseItems(list).find((item) => item.id === id)
}

/**
 * Puts an item in the place of the one with its id (§7.1). With options the service refuses where the node is configured
 * otherwise, if it knows them at all (PUBLISH_OPTIONS): see isUnmetPrecondition. Rejects as Iq.request does.
 */
export async function publishItem(
  iq: Iq,
  { to, node }: NodeAddress,
  { id, payload }: PubsubItem,
  options?: NodeConfig,
): Promise<void> {
  const publish = xml('publish', { node }, xml('item', { id }, ...(payload === undefined ? [] : [payload])))
  const more =
    options === undefined ? [] : [xml('publish-options', {}, buildConfig(PUBLISH_OPTIONS, options))]
  await iq.request({ type: 'set', to, payload: xml('pubsub', { xmlns: NS }, publish, ...more) })
}

/** Takes an item out, and tells the subscribers (§7.2). Rejects as Iq.request does. */
export async function retractItem(iq: Iq, { to, node }: NodeAddress, id: string): Promise<void> {
  const retract = xml('retract', { node, notify: 'true' }, xml('item', { id }))
  await iq.request({ type: 'set', to, payload: xml('pubsub', { xmlns: NS }, retract) })
}

/** Takes every item out of a node of our own (§8.5). Rejects as Iq.request does. */
export async function purgeNode(iq: Iq, { to, node }: NodeAddress): Promise<void> {
  const payload = xml('pubsub', { xmlns: NS_OWNER }, xml('purge', { node }))
  await iq.request({ type: 'set', to, payload })
}

/** How a node of our own is configured (§8.2); without what has no value. Rejects as Iq.request does. */
export async function fetchNodeConfig(iq: Iq, { to, node }: NodeAddress): Promise<NodeConfig> {
  const payload = xml('pubsub', { xmlns: NS_OWNER }, xml('configure', { node }))
  const result = await iq.request({ type: 'get', to, payload })
  const configure = result.getChild('pubsub', NS_OWNER)?.getChild('configure')
  const fields = (configure && parseForm(configure)?.fields) ?? []
  return Object.fromEntries(
    fields.flatMap(({ name, values: [value] }) =>
      value === undefined ? [] : [[name.replace(/^pubsub#/, ''), value]],
    ),
  )
}

/** Changes these fields of a node of our own (§8.2.4). Rejects as Iq.request does. */
export async function configureNode(iq: Iq, { to, node }: NodeAddress, config: NodeConfig): Promise<void> {
  const configure = xml('configure', { node }, buildConfig(NODE_CONFIG, config))
  await iq.request({ type: 'set', to, payload: xml('pubsub', { xmlns: NS_OWNER }, configure) })
}

/** Whether publishing was refused because the node is configured otherwise (§7.1.5). */
export function isUnmetPrecondition(error: unknown): boolean {
  return error instanceof StanzaError && error.condition === 'conflict'
}

function buildConfig(formType: string, config: NodeConfig): Element {
  const fields = Object.entries(config).map(([name, value]) =>
    xml('field', { var: `pubsub#${name}` }, xml('value', {}, value)),
  )
  const type = xml('field', { var: 'FORM_TYPE', type: 'hidden' }, xml('value', {}, formType))
  return xml('x', { xmlns: 'jabber:x:data', type: 'submit' }, type, ...fields)
}

export interface PubsubEvent {
  readonly node: string
  readonly items: readonly PubsubItem[]
  /** Ids of items that are gone. */
  readonly retracted: readonly string[]
  /** All of them are: the node was purged or deleted (§8.4.2, §8.5.2). */
  readonly emptied?: true
}

/** A notification of items (§7.1.2.1, §7.2.2.1). Who may send it is not asked here. Undefined: it is none. */
export function parsePubsubEvent(message: Element): PubsubEvent | undefined {
  const event = message.getChild('event', NS_EVENT)
  const items = event?.getChild('items')
  const emptied = event?.getChild('purge') ?? event?.getChild('delete')
  const node = attributeOf(items ?? emptied, 'node')
  if (node === undefined) return undefined
  if (items === undefined) return { node, items: [], retracted: [], emptied: true }
  const retracted = items
    .getChildren('retract')
    .slice(0, MAX_ITEMS)
    .flatMap((each) => idOf(each) ?? [])
  return { node, items: parseItems(items), retracted }
}

function attributeOf(element: Element | undefined, name: string): string | undefined {
  return element && attribute(element, name)
}

/** An item without an id is none. */
function parseItems(list: Element): readonly PubsubItem[] {
  const items = list.getChildren('item').slice(0, MAX_ITEMS)
  return items.flatMap((item) => {
    const [id, [payload]] = [idOf(item), item.getChildElements()]
    return id === undefined ? [] : [{ id, ...(payload === undefined ? {} : { payload }) }]
  })
}
