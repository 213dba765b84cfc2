/** XEP-0172: User Nickname, version 1.1. https://xmpp.org/extensions/xep-0172.html */
import { clip } from './stanza.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'http://jabber.org/protocol/nick'
const MAX_LENGTH = 256

/** The name that the sender gives itself, unchanged but clipped: anyone may call themselves anything. */
export function parseNick(stanza: Element): string | undefined {
  const nick = clip(stanza.getChildText('nick', NS) ?? '', MAX_LENGTH)
  return nick === '' ? undefined : nick
}

/** For subscription requests and first messages; never in presence broadcasts (§4.1). */
export function buildNick(nick: string): Element {
  return xml('nick', { xmlns: NS }, nick)
}
