/** What a hand-written stanza does that can't be taken back: asked about before it is sent. */
import type { StanzaRisk } from '../model/console.ts'
import { bareOf, domainOf, parseJid, type BareJid } from '../model/jid.ts'
import { NS as NS_ROSTER } from './roster.ts'
import { attribute } from './stanza.ts'
import type { Element } from './xml.ts'

const NS_REGISTER = 'jabber:iq:register'
const NS_PUBSUB = 'http://jabber.org/protocol/pubsub'

/** Undefined where the stanza runs no such risk. */
type Look = (stanza: Element, isForOwnServer: boolean) => StanzaRisk | undefined

const LOOKS: readonly Look[] = [registration, rosterRemoval, presence, deletion]

export function risksOf(stanza: Element, ownBareJid: BareJid): readonly StanzaRisk[] {
  const to = parseJid(attribute(stanza, 'to') ?? '')
  const isForOwnServer =
    attribute(stanza, 'to') === undefined ||
    (to !== undefined && [ownBareJid, domainOf(ownBareJid)].some((own) => own === bareOf(to)))
  return LOOKS.flatMap((look) => look(stanza, isForOwnServer) ?? [])
}

/** XEP-0077 §3.2, §3.3: of the account, not of a gateway that it is registered with. */
function registration(stanza: Element, isForOwnServer: boolean): StanzaRisk | undefined {
  const query = setOf(stanza)?.getChild('query', NS_REGISTER)
  if (query === undefined || !isForOwnServer) return undefined
  if (query.getChild('remove', NS_REGISTER) !== undefined) return 'deletes-account'
  return query.getChild('password', NS_REGISTER) === undefined ? undefined : 'changes-password'
}

/** RFC 6121 §2.5. */
function rosterRemoval(stanza: Element): StanzaRisk | undefined {
  const items = setOf(stanza)?.getChild('query', NS_ROSTER)?.getChildren('item') ?? []
  const isRemoval = items.some((item) => attribute(item, 'subscription') === 'remove')
  return isRemoval ? 'removes-contact' : undefined
}

function presence(stanza: Element): StanzaRisk | undefined {
  if (stanza.getName() !== 'presence') return undefined
  const type = attribute(stanza, 'type')
  if (type === 'unsubscribe' || type === 'unsubscribed') return 'ends-subscription'
  return type === 'unavailable' && attribute(stanza, 'to') === undefined ? 'goes-offline' : undefined
}

/** XEP-0060 §7.2, §8.4, §8.5. */
function deletion(stanza: Element): StanzaRisk | undefined {
  const set = setOf(stanza)
  const owner = set?.getChild('pubsub', `${NS_PUBSUB}#owner`)
  const removes = owner?.getChild('delete') ?? owner?.getChild('purge')
  const retracts = set?.getChild('pubsub', NS_PUBSUB)?.getChild('retract')
  return (removes ?? retracts) === undefined ? undefined : 'deletes-data'
}

function setOf(stanza: Element): Element | undefined {
  return stanza.getName() === 'iq' && attribute(stanza, 'type') === 'set' ? stanza : undefined
}
