/** XEP-0398: User Avatar to vCard-Based Avatars Conversion, version 1.0.0. https://xmpp.org/extensions/xep-0398.html */
import type { DiscoInfo } from './xep-0030-service-discovery.ts'

const FEATURE = 'urn:xmpp:pep-vcard-conversion:0'

/**
 * Whether the account's server keeps vCard and published picture in step (§2) and puts the hash into presence (§4): who
 * publishes one has done all there is to do.
 */
export function convertsAvatars(account: DiscoInfo): boolean {
  return account.features.includes(FEATURE)
}
