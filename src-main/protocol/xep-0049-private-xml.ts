/** XEP-0049: Private XML Storage, version 1.2. https://xmpp.org/extensions/xep-0049.html */
import type { Iq } from './iq.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'jabber:iq:private'

/** What is kept under this name and namespace (§2.3); undefined: nothing. Rejects as Iq.request does. */
export async function fetchPrivateXml(iq: Iq, name: string, xmlns: string): Promise<Element | undefined> {
  const payload = xml('query', { xmlns: NS }, xml(name, { xmlns }))
  const result = await iq.request({ type: 'get', payload })
  return result.getChild('query', NS)?.getChild(name, xmlns)
}

/** In the place of what was there. Rejects as Iq.request does. */
export async function storePrivateXml(iq: Iq, element: Element): Promise<void> {
  await iq.request({ type: 'set', payload: xml('query', { xmlns: NS }, element) })
}
