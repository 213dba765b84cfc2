/** How an account's server keeps what its owner tells: published (PEP), in the vCard, or both, kept in step by the server. */
import type { Audience } from '../../model/profile.ts'
import { StanzaError } from '../../protocol/errors.ts'
import type { NodeConfig } from '../../protocol/xep-0060-pubsub.ts'
import { offersPep } from '../../protocol/xep-0163-pep.ts'
import { convertsAvatars } from '../../protocol/xep-0398-avatar-conversion.ts'
import type { Link } from '../link.ts'
import { accountInfo } from '../server-features.ts'

export interface ProfileWays {
  /** XEP-0084, XEP-0172 §4.3. */
  readonly publishes: boolean
  /** Pictures must be put into the vCard as well, where everybody may read them. */
  readonly needsVCard: boolean
}

/** Rejects as Iq.request does. */
export async function waysOf(link: Link): Promise<ProfileWays> {
  const info = await accountInfo(link)
  const publishes = offersPep(info)
  return { publishes, needsVCard: !publishes || !convertsAvatars(info) }
}

/** One item that stays, for these. */
export function configFor(audience: Audience): NodeConfig {
  const access_model = audience === 'everybody' ? 'open' : 'presence'
  return { persist_items: 'true', max_items: '1', access_model }
}

/** Undefined instead of the error that there is no such node or item. */
export async function unlessMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof StanzaError && error.condition === 'item-not-found') return undefined
    throw error
  }
}
