/** Our own vCard (XEP-0054 §3.2), of which one thing is changed: all the rest goes back to the server as it came. */
import { StanzaError } from './errors.ts'
import type { Iq } from './iq.ts'
import { NS } from './xep-0054-vcard-temp.ts'
import { buildPhoto, parsePhotos, type Picture } from './xep-0153-vcard-avatar.ts'
import { xml, type Element } from './xml.ts'

export interface OwnVCard {
  /** In full, else the nickname; empty when there is neither. */
  readonly name: string
  readonly picture?: Picture | undefined
}

/** Rejects as Iq.request does. */
export async function fetchOwnVCard(iq: Iq): Promise<OwnVCard> {
  const vcard = await fetchCard(iq)
  const name = textOf(vcard, 'FN') || textOf(vcard, 'NICKNAME')
  return { name, picture: parsePhotos(vcard)[0] }
}

/** Undefined takes the picture out. Rejects as Iq.request does. */
export async function setOwnPhoto(iq: Iq, picture: Picture | undefined): Promise<void> {
  const vcard = await fetchCard(iq)
  remove(vcard, 'PHOTO')
  if (picture !== undefined) vcard.append(buildPhoto(picture))
  await store(iq, vcard)
}

/**
 * Sets the names that are empty or still what they were set to by the name before. A full name that was given elsewhere is
 * left alone. Rejects as Iq.request does.
 */
export async function setOwnName(iq: Iq, name: string, before: string): Promise<void> {
  const vcard = await fetchCard(iq)
  const due = ['FN', 'NICKNAME'].filter((each) => ['', before].includes(textOf(vcard, each)))
  if (due.every((each) => textOf(vcard, each) === name)) return
  for (const each of due) {
    remove(vcard, each)
    if (name !== '') vcard.append(xml(each, {}, name))
  }
  await store(iq, vcard)
}

/** Empty where there is none yet (§3.1). */
async function fetchCard(iq: Iq): Promise<Element> {
  try {
    const result = await iq.request({ type: 'get', payload: xml('vCard', { xmlns: NS }) })
    return result.getChild('vCard', NS) ?? xml('vCard', { xmlns: NS })
  } catch (error) {
    if (error instanceof StanzaError && error.condition === 'item-not-found') {
      return xml('vCard', { xmlns: NS })
    }
    throw error
  }
}

async function store(iq: Iq, vcard: Element): Promise<void> {
  await iq.request({ type: 'set', payload: vcard })
}

function textOf(vcard: Element, name: string): string {
  return (vcard.getChildText(name, NS) ?? '').trim()
}

function remove(vcard: Element, name: string): void {
  for (const child of vcard.getChildren(name, NS)) vcard.remove(child)
}
