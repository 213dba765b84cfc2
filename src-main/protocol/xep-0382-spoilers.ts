/** XEP-0382: Spoiler messages, version 0.2.0. https://xmpp.org/extensions/xep-0382.html */
import { attribute, clip } from './stanza.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'urn:xmpp:spoiler:0'
export const features = [NS]

const MAX_HINTS = 16
const MAX_HINT_LENGTH = 256

export interface SpoilerHint {
  /** BCP 47; empty where the sender did not say. */
  readonly lang: string
  /** Empty: there is none. */
  readonly hint: string
}

/** Of a message that is only shown when the reader asks: its hints, one a language; undefined for any other. */
export function parseSpoiler(message: Element): readonly SpoilerHint[] | undefined {
  const elements = message.getChildren('spoiler', NS).slice(0, MAX_HINTS)
  if (elements.length === 0) return undefined
  return elements.map((element) => ({
    lang: clip(attribute(element, 'xml:lang') ?? '', 64),
    hint: clip(element.getText().replace(/\s+/gu, ' ').trim(), MAX_HINT_LENGTH),
  }))
}

/** An empty hint is none. */
export function buildSpoiler(hint: string): Element {
  return xml('spoiler', { xmlns: NS }, ...(hint === '' ? [] : [hint]))
}
