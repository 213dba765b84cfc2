/** XEP-0054: vcard-temp, version 1.3.0. https://xmpp.org/extensions/xep-0054.html */
import type { BareJid, Jid } from '../model/jid.ts'
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

export const NS = 'vcard-temp'

/** What servers say where there is no vCard, or none for us (§3.1). */
const NONE: readonly string[] = [
  'item-not-found',
  'service-unavailable',
  'feature-not-implemented',
  'forbidden',
  'not-authorized',
  'not-allowed',
  'subscription-required',
]

/** The whole `<vCard/>` of `to`, without it our own (§3.1, §3.3); undefined where the answer has none. Rejects as Iq.request does. */
export async function requestVCard(iq: Iq, to?: Jid): Promise<Element | undefined> {
  const result = await iq.request({ type: 'get', to, payload: xml('vCard', { xmlns: NS }) })
  return result.getChild('vCard', NS)
}

/** The vCard that the server of `to` keeps; undefined when there is none. Otherwise rejects as Iq.request does. */
export async function fetchVCardTemp(iq: Iq, to: BareJid): Promise<VCard | undefined> {
  try {
    const vcard = await requestVCard(iq, to)
    return vcard === undefined ? undefined : parseVCardTemp(vcard)
  } catch (error) {
    if (error instanceof StanzaError && NONE.includes(error.condition)) return undefined
    throw error
  }
}

/** Reads `<vCard/>`; undefined when it tells nothing that is shown. Pictures and keys are passed over. */
export function parseVCardTemp(vcard: Element): VCard | undefined {
  const properties = propertiesOf(vcard, NS)
  const texts = (name: string): string[] => properties(name).map((each) => line(each.getText()))
  const card: VCard = {
    fullName: texts('FN').find((name) => name !== '') ?? nameOf(properties),
    nicknames: distinct(texts('NICKNAME').flatMap((names) => names.split(',').map(line))),
    emails: distinctValues(properties('EMAIL').map((each) => valueOf(each, 'USERID'))),
    phones: distinctValues(properties('TEL').map((each) => valueOf(each, 'NUMBER'))),
    organizations: distinct(properties('ORG').map(organizationOf)),
    titles: distinct([...texts('TITLE'), ...texts('ROLE')]),
    birthday: texts('BDAY')[0] ?? '',
    urls: distinct(texts('URL')),
    addresses: distinctValues(properties('ADR').map(addressOf)),
    note: lines([...properties('DESC'), ...properties('NOTE')][0]?.getText()),
  }
  return isEmptyCard(card) ? undefined : card
}

function part(element: Element, name: string): string {
  return line(element.getChildText(name, NS))
}

function nameOf(properties: Properties): string {
  const [name] = properties('N')
  if (name === undefined) return ''
  const parts = ['PREFIX', 'GIVEN', 'MIDDLE', 'FAMILY', 'SUFFIX'].map((each) => part(name, each))
  return parts.filter((each) => each !== '').join(' ')
}

/** §5: the kinds are empty elements. Some write the value without its own element. */
function valueOf(element: Element, name: string): CardValue {
  return cardValue(part(element, name) || line(element.getText()), typesOf(element))
}

function typesOf(element: Element): string[] {
  return element.getChildElements().map((child) => child.getName().toLowerCase())
}

function organizationOf(element: Element): string {
  const units = element.getChildren('ORGUNIT', NS).map((unit) => line(unit.getText()))
  return line([part(element, 'ORGNAME'), ...units].filter((each) => each !== '').join(', '))
}

const ADDRESS = ['POBOX', 'EXTADD', 'STREET', 'PCODE', 'LOCALITY', 'REGION', 'CTRY']

function addressOf(element: Element): CardValue {
  return cardValue(addressLines(ADDRESS.map((name) => part(element, name))), typesOf(element))
}
