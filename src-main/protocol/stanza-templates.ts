/** Stanzas to begin with in the XML console, with places to fill in. */
import type { StanzaTemplate } from '../model/console.ts'
import { domainOf, type BareJid } from '../model/jid.ts'
import { NS as NS_ROSTER } from './roster.ts'
import { NS as NS_LAST } from './xep-0012-last-activity.ts'
import { NS as NS_INFO } from './xep-0030-service-discovery.ts'
import { NS as NS_VERSION } from './xep-0092-version.ts'
import { NS as NS_PING } from './xep-0199-ping.ts'
import { NS as NS_TIME } from './xep-0202-entity-time.ts'

const SOMEONE = 'someone@example.org'
const NS_ITEMS = 'http://jabber.org/protocol/disco#items'

export function stanzaTemplates(account: BareJid): readonly StanzaTemplate[] {
  const server = domainOf(account)
  const ask = (to: string, payload: string): string => `<iq type="get" to="${to}">\n  ${payload}\n</iq>`
  return [
    { name: 'ping', xml: ask(server, `<ping xmlns="${NS_PING}"/>`), placeholder: server },
    { name: 'version', xml: ask(server, `<query xmlns="${NS_VERSION}"/>`), placeholder: server },
    { name: 'time', xml: ask(server, `<time xmlns="${NS_TIME}"/>`), placeholder: server },
    { name: 'last', xml: ask(server, `<query xmlns="${NS_LAST}"/>`), placeholder: server },
    { name: 'info', xml: ask(server, `<query xmlns="${NS_INFO}"/>`), placeholder: server },
    { name: 'items', xml: ask(server, `<query xmlns="${NS_ITEMS}"/>`), placeholder: server },
    { name: 'roster', xml: `<iq type="get">\n  <query xmlns="${NS_ROSTER}"/>\n</iq>` },
    {
      name: 'message',
      xml: `<message type="chat" to="${SOMEONE}">\n  <body>Hello</body>\n</message>`,
      placeholder: SOMEONE,
    },
    {
      name: 'presence',
      xml: `<presence to="${SOMEONE}">\n  <show>away</show>\n  <status>Back soon</status>\n</presence>`,
      placeholder: SOMEONE,
    },
  ]
}
