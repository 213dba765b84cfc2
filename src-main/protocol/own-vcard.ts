/** Our own vCard (XEP-0054 §3.2): the name and the picture in it. */
import type { Iq } from './iq.ts'
import { fetchWhole, removeAll, setPhoto, storeWhole } from './kept-vcard.ts'
import { NS } from './xep-0054-vcard-temp.ts'
import { parsePhotos, type Picture } from './xep-0153-vcard-avatar.ts'
import { xml, type Element } from './xml.ts'

export interface OwnVCard {
  /** In full, else the nickname; empty when there is neither. */
  readonly name: string
  readonly picture?: Picture | undefined
}

/** Rejects as Iq.request does. */
export async function fetchOwnVCard(iq: Iq): Promise<OwnVCard> {
  const vcard = await fetchWhole({ iq })
  const name = textOf(vcard, 'FN') || textOf(vcard, 'NICKNAME')
  return { name, picture: parsePhotos(vcard)[0] }
}

/** Undefined takes the picture out. Rejects as Iq.request does. */
export function setOwnPhoto(iq: Iq, picture: Picture | undefined): Promise<void> {
  return setPhoto({ iq }, picture)
}

/**
 * Sets the names that are empty or still what they were set to by the name before. A full name that was given elsewhere is
 * left alone. Rejects as Iq.request does.
 */
export async function setOwnName(iq: Iq, name: string, before: string): Promise<void> {
  const vcard = await fetchWhole({ iq })
  const due = ['FN', 'NICKNAME'].filter((each) => ['', before].includes(textOf(vcard, each)))
  if (due.every((each) => textOf(vcard, each) === name)) return
  for (const each of due) {
    removeAll(vcard, each)
    if (name !== '') vcard.append(xml(each, {}, name))
  }
  await storeWhole({ iq }, vcard)
}

function textOf(vcard: Element, name: string): string {
  return (vcard.getChildText(name, NS) ?? '').trim()
}
