/**
 * A vCard (XEP-0054 §3.2) that we may change, ours or that of a room. There is no setting of one thing in it: all the rest
 * goes back to the server as it came.
 */
import type { BareJid } from '../model/jid.ts'
import { StanzaError } from './errors.ts'
import type { Iq } from './iq.ts'
import { NS, requestVCard } from './xep-0054-vcard-temp.ts'
import { buildPhoto, type Picture } from './xep-0153-vcard-avatar.ts'
import { xml, type Element } from './xml.ts'

/** Without `of`: our own. */
export interface KeptVCard {
  readonly iq: Iq
  readonly of?: BareJid | undefined
}

/**
 * Empty where there is none yet (§3.1). Any other refusal rejects, as Iq.request does: what could not be read must not be
 * overwritten.
 */
export async function fetchWhole({ iq, of }: KeptVCard): Promise<Element> {
  const empty = xml('vCard', { xmlns: NS })
  try {
    return (await requestVCard(iq, of)) ?? empty
  } catch (error) {
    if (error instanceof StanzaError && error.condition === 'item-not-found') return empty
    throw error
  }
}

/** Rejects as Iq.request does. */
export async function storeWhole({ iq, of }: KeptVCard, vcard: Element): Promise<void> {
  await iq.request({ type: 'set', to: of, payload: vcard })
}

/** In place of all pictures in it; undefined takes them out. Rejects as Iq.request does. */
export async function setPhoto(kept: KeptVCard, picture: Picture | undefined): Promise<void> {
  const vcard = await fetchWhole(kept)
  removeAll(vcard, 'PHOTO')
  if (picture !== undefined) vcard.append(buildPhoto(picture))
  await storeWhole(kept, vcard)
}

export function removeAll(vcard: Element, name: string): void {
  for (const child of vcard.getChildren(name, NS)) vcard.remove(child)
}
