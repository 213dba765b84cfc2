/** XEP-0163: Personal Eventing Protocol, version 1.2.2. https://xmpp.org/extensions/xep-0163.html */
import { parseBareJid, parseJid, type BareJid } from '../model/jid.ts'
import type { Iq } from './iq.ts'
import { rejected, type Rejected } from './rejected.ts'
import { attribute } from './stanza.ts'
import type { DiscoInfo } from './xep-0030-service-discovery.ts'
import {
  configureNode,
  isUnmetPrecondition,
  parsePubsubEvent,
  publishItem,
  type NodeConfig,
  type PubsubEvent,
  type PubsubItem,
} from './xep-0060-pubsub.ts'
import type { Element } from './xml.ts'

/** Among our features it asks every account whose presence we see for this node's events (§4). */
export function notify(node: string): string {
  return `${node}+notify`
}

/** By what the account tells of itself (§6.1). */
export function offersPep({ identities }: DiscoInfo): boolean {
  return identities.some(({ category, type }) => category === 'pubsub' && type === 'pep')
}

export interface OwnEvent extends PubsubEvent {
  readonly kind: 'own-event'
}

/**
 * An event of our own account's data. Rejected from anybody else, who may well send one (XEP-0223 §8): bookmarks, keys and
 * what was read would be the attacker's (attack S7). Undefined: no event.
 */
export function parseOwnEvent(message: Element, ownBareJid: BareJid): OwnEvent | Rejected | undefined {
  const event = parsePubsubEvent(message)
  if (event === undefined) return undefined
  const from = attribute(message, 'from')
  if (from !== undefined && parseJid(from) !== ownBareJid) return rejected('an event of somebody else')
  return { kind: 'own-event', ...event }
}

export interface PersonalEvent extends PubsubEvent {
  /** Whose data they are: PEP speaks for the whole account (§4.3.2). */
  readonly from: BareJid
}

/**
 * An event of somebody's data, from the address itself and from no device of it, which anybody of it could send. Whether
 * it is anybody to be heard is not asked here. Undefined: no such event.
 */
export function parsePersonalEvent(message: Element): PersonalEvent | undefined {
  const from = parseBareJid(attribute(message, 'from') ?? '')
  const event = parsePubsubEvent(message)
  return from === undefined || event === undefined ? undefined : { ...event, from }
}

/**
 * Publishes into a node of our own that is configured so: one that is not is made so first (XEP-0060 §7.1.5). Rejects as
 * Iq.request does.
 */
export async function publishPersonal(
  iq: Iq,
  node: string,
  item: PubsubItem,
  config: NodeConfig,
): Promise<void> {
  try {
    await publishItem(iq, { node }, item, config)
  } catch (error) {
    if (!isUnmetPrecondition(error)) throw error
    await configureNode(iq, { node }, config)
    await publishItem(iq, { node }, item, config)
  }
}
