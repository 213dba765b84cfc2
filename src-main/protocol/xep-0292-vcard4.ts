/** XEP-0292: vCard4 Over XMPP, version 0.12.0. https://xmpp.org/extensions/xep-0292.html */
import type { BareJid } from '../model/jid.ts'
import type { CardValue, VCard } from '../model/people.ts'
import { StanzaError } from './errors.ts'
import type { Iq } from './iq.ts'
import {
  addressLines,
  cardValue,
  distinct,
  distinctValues,
  isEmptyCard,
  line,
  lines,
  propertiesOf,
  type Properties,
} from './vcard.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'urn:ietf:params:xml:ns:vcard-4.0'
const NODE = 'urn:xmpp:vcard4'
const NS_PUBSUB = 'http://jabber.org/protocol/pubsub'

/**
 * The vCard that `to` has published (§4.1); undefined when there is none or it is not for us: whichever error the
 * server has for that. Rejects with RequestTimeout.
 */
export async function fetchVCard4(iq: Iq, to: BareJid): Promise<VCard | undefined> {
  const items = xml('items', { node: NODE, max_items: '1' })
  try {
    const result = await iq.request({ type: 'get', to, payload: xml('pubsub', { xmlns: NS_PUBSUB }, items) })
    const node = result.getChild('pubsub', NS_PUBSUB)?.getChild('items', NS_PUBSUB)
    const vcard = node?.getChild('item', NS_PUBSUB)?.getChild('vcard', NS)
    return vcard === undefined ? undefined : parseVCard4(vcard)
  } catch (error) {
    if (error instanceof StanzaError) return undefined
    throw error
  }
}

/** Reads `<vcard/>` (RFC 6351); undefined when it tells nothing that is shown. Pictures and keys are passed over. */
export function parseVCard4(vcard: Element): VCard | undefined {
  const properties = propertiesOf(vcard, NS)
  const texts = (name: string): string[] => properties(name).map((each) => line(valueOf(each)))
  const card: VCard = {
    fullName: texts('fn').find((name) => name !== '') ?? nameOf(properties),
    nicknames: distinct(texts('nickname')),
    emails: distinctValues(properties('email').map(kinded)),
    phones: distinctValues(properties('tel').map(kinded)),
    organizations: distinct(properties('org').map(organizationOf)),
    titles: distinct([...texts('title'), ...texts('role')]),
    birthday: texts('bday')[0] ?? '',
    urls: distinct(texts('url')),
    addresses: distinctValues(properties('adr').map(addressOf)),
    note: lines(valueOf(properties('note')[0])),
  }
  return isEmptyCard(card) ? undefined : card
}

/** RFC 6351 §5: a value stands in an element named after its type. */
const TYPES = ['text', 'uri', 'date', 'date-time', 'date-and-or-time', 'time', 'unknown']

function valueOf(property: Element | undefined): string {
  const value = property?.getChildElements().find((child) => TYPES.includes(child.getName()))
  return value?.getText() ?? ''
}

function part(element: Element, name: string): string {
  return line(element.getChildText(name, NS))
}

function nameOf(properties: Properties): string {
  const [name] = properties('n')
  if (name === undefined) return ''
  const parts = ['prefix', 'given', 'additional', 'surname', 'suffix'].map((each) => part(name, each))
  return parts.filter((each) => each !== '').join(' ')
}

function kinded(property: Element): CardValue {
  return cardValue(line(valueOf(property)).replace(/^(tel|mailto):/i, ''), typesOf(property))
}

function typesOf(property: Element): string[] {
  const types = property.getChild('parameters', NS)?.getChildren('type', NS) ?? []
  const names = types.flatMap((type) => type.getChildren('text', NS).slice(0, 10))
  return names.map((name) => line(name.getText()).toLowerCase())
}

function organizationOf(property: Element): string {
  const units = property.getChildren('text', NS).map((unit) => line(unit.getText()))
  return line(units.filter((unit) => unit !== '').join(', '))
}

const ADDRESS = ['pobox', 'ext', 'street', 'code', 'locality', 'region', 'country']

function addressOf(property: Element): CardValue {
  return cardValue(addressLines(ADDRESS.map((name) => part(property, name))), typesOf(property))
}
