/** XEP-0100: Gateway Interaction, version 1.0. https://xmpp.org/extensions/xep-0100.html */
import { domainOf, parseBareJid, type BareJid, type Jid } from '../model/jid.ts'
import type { GatewayPrompt } from '../model/services.ts'
import type { Iq } from './iq.ts'
import { clip } from './stanza.ts'
import { xml, type Element } from './xml.ts'

/** Addresses of the other network turned into XMPP ones (§6.3). */
export const NS = 'jabber:iq:gateway'

const MAX_TEXT = 1024

/** How the gateway wants to be asked for an address of its network. Rejects as Iq.request does. */
export async function fetchGatewayPrompt(iq: Iq, to: Jid): Promise<GatewayPrompt> {
  const result = await iq.request({ type: 'get', to, payload: xml('query', { xmlns: NS }) })
  const query = result.getChild('query', NS)
  const text = (name: string): string => clip(query?.getChildText(name, NS)?.trim() ?? '', MAX_TEXT)
  return { description: text('desc'), prompt: text('prompt') }
}

/**
 * The XMPP address for one of the other network. Undefined when the gateway gives none, or one outside of its own domain:
 * it has no word about other people's addresses. Rejects as Iq.request does.
 */
export async function translateAddress(iq: Iq, to: Jid, address: string): Promise<BareJid | undefined> {
  const payload = xml('query', { xmlns: NS }, xml('prompt', {}, address))
  const result = await iq.request({ type: 'set', to, payload })
  const query = result.getChild('query', NS)
  // Older gateways give it as another <prompt/>.
  const text = query?.getChildText('jid', NS) ?? query?.getChildText('prompt', NS) ?? ''
  const jid = parseBareJid(text.trim())
  return jid !== undefined && domainOf(jid) === domainOf(to) ? jid : undefined
}

/** §4.4, §4.5: presence to the gateway alone logs in to or out of the other network. */
export function directPresence(presence: Element, to: Jid): Element {
  presence.attrs['to'] = to
  return presence
}
