/** XEP-0308: Last Message Correction, version 1.2.1. https://xmpp.org/extensions/xep-0308.html */
import { idOf } from './stanza.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'urn:xmpp:message-correct:0'
export const features = [NS]

export interface Correction {
  /** The `id` attribute of the message whose words these take the place of: of the original, each time (§4). */
  readonly replaces: string
}

/** Undefined without an id, or with two of them. Whether the sender may correct that message is the domain's question. */
export function parseCorrection(message: Element): Correction | undefined {
  const [replace, ...more] = message.getChildren('replace', NS)
  const replaces = replace === undefined || more.length > 0 ? undefined : idOf(replace)
  return replaces === undefined ? undefined : { replaces }
}

export function buildCorrection({ replaces }: Correction): Element {
  return xml('replace', { xmlns: NS, id: replaces })
}
