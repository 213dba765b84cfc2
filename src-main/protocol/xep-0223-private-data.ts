/**
 * XEP-0223: Persistent Storage of Private Data via PubSub, version 1.1.1. https://xmpp.org/extensions/xep-0223.html
 * What nobody but our own devices may read. PEP is made for publishing, so that is not taken on trust (attack S7).
 */
import type { Iq } from './iq.ts'
import type { DiscoInfo } from './xep-0030-service-discovery.ts'
import { PUBLISH_OPTIONS, type NodeConfig, type PubsubItem } from './xep-0060-pubsub.ts'
import { offersPep, publishPersonal } from './xep-0163-pep.ts'

/** XEP-0490 §4.2 asks for the same: items that stay, all of them, that nobody else sees and that nothing pushes at sign-in. */
const PRIVATE: NodeConfig = {
  persist_items: 'true',
  max_items: 'max',
  send_last_published_item: 'never',
  access_model: 'whitelist',
}

/** Whether the account keeps private data; without publish-options it "MUST NOT" be stored there (§8). */
export function keepsPrivateData(account: DiscoInfo): boolean {
  return offersPep(account) && account.features.includes(PUBLISH_OPTIONS)
}

/**
 * Publishes where keepsPrivateData is true. A node that is open is closed first; where it can't be, nothing is published.
 * Rejects as Iq.request does.
 */
export async function publishPrivate(iq: Iq, node: string, item: PubsubItem): Promise<void> {
  await publishPersonal(iq, node, item, PRIVATE)
}
