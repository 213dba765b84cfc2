/** XEP-0077: In-Band Registration, version 2.4. https://xmpp.org/extensions/xep-0077.html */
import type { DataForm, FieldAnswer, FormField } from '../model/form.ts'
import { domainOf, localOf, parseJid, type BareJid, type Jid } from '../model/jid.ts'
import type { Registration } from '../model/services.ts'
import type { Iq } from './iq.ts'
import { clip, present } from './stanza.ts'
import { buildSubmit, parseForm } from './xep-0004-data-forms.ts'
import { parseOutOfBand } from './xep-0066-out-of-band.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'jabber:iq:register'

const MAX_TEXT = 8192

/** §14.1: the fields that need no form, in the order in which a person expects them; `key` is given back as it came. */
const LEGACY_FIELDS = [
  'username',
  'nick',
  'password',
  'name',
  'first',
  'last',
  'email',
  'address',
  'city',
  'state',
  'zip',
  'phone',
  'url',
  'date',
  'misc',
  'text',
  'key',
] as const

declare const service: unique symbol
/**
 * An address whose registration may be changed: never our own server or anything on its very domain, where `remove` would
 * delete the account (§3.2) and a password would change it (§3.3).
 */
export type ServiceAddress = Jid & { readonly [service]: true }

/** Undefined for our own server and every address on its domain. */
export function serviceAddress(jid: Jid, own: BareJid): ServiceAddress | undefined {
  return domainOf(jid) === domainOf(own) ? undefined : (jid as ServiceAddress)
}

/** What the service asks for, and whether we are registered already (§3.1). Rejects as Iq.request does. */
export async function fetchRegistration(iq: Iq, to: ServiceAddress): Promise<Registration> {
  const result = await iq.request({ type: 'get', to, payload: xml('query', { xmlns: NS }) })
  const query = result.getChild('query', NS)
  return query === undefined
    ? { registered: false, instructions: '', kind: 'legacy' }
    : parseRegistration(query)
}

/** Reads `<query/>`. A form goes before the fields beside it (§4). */
export function parseRegistration(query: Element): Registration {
  const form = parseForm(query)
  const isForm = form?.type === 'form'
  return {
    registered: query.getChild('registered', NS) !== undefined,
    instructions: clip(query.getChildText('instructions', NS) ?? '', MAX_TEXT),
    kind: isForm ? 'form' : 'legacy',
    ...present('form', isForm ? form : parseLegacyForm(query)),
    ...present('link', parseOutOfBand(query)),
  }
}

function parseLegacyForm(query: Element): DataForm | undefined {
  const fields = LEGACY_FIELDS.flatMap((name) => {
    const element = query.getChild(name, NS)
    return element === undefined ? [] : [legacyField(name, clip(element.getText(), MAX_TEXT))]
  })
  if (fields.length === 0) return undefined
  return { type: 'form', title: '', instructions: [], fields, columns: [], rows: [] }
}

function legacyField(name: (typeof LEGACY_FIELDS)[number], value: string): FormField {
  const type = name === 'password' ? 'text-private' : name === 'key' ? 'hidden' : 'text-single'
  const values = value === '' ? [] : [value]
  return { type, name, label: '', description: '', required: type !== 'hidden', values, options: [] }
}

/** Registers, or changes what was registered (§3.1, §3.3). Rejects as Iq.request does. */
export async function submitRegistration(
  iq: Iq,
  to: ServiceAddress,
  kind: Registration['kind'],
  answers: readonly FieldAnswer[],
): Promise<void> {
  await iq.request({ type: 'set', to, payload: buildRegistration(kind, answers) })
}

export function buildRegistration(kind: Registration['kind'], answers: readonly FieldAnswer[]): Element {
  if (kind === 'form') return xml('query', { xmlns: NS }, buildSubmit(answers))
  const known = LEGACY_FIELDS.flatMap((name) => answers.find((answer) => answer.name === name) ?? [])
  return xml('query', { xmlns: NS }, ...known.map(({ name, values }) => xml(name, {}, values[0] ?? '')))
}

/** Ends it (§3.2). Rejects as Iq.request does. */
export async function removeRegistration(iq: Iq, to: ServiceAddress): Promise<void> {
  await iq.request({ type: 'set', to, payload: xml('query', { xmlns: NS }, xml('remove', {})) })
}

/**
 * Of the account itself, on its own server (§3.3). Rejects as Iq.request does; when no answer comes, the server may have
 * taken the password or not.
 */
export async function changeOwnPassword(iq: Iq, own: BareJid, password: string): Promise<void> {
  const fields = [xml('username', {}, localOf(own)), xml('password', {}, password)]
  await iq.request({
    type: 'set',
    to: parseJid(domainOf(own)),
    payload: xml('query', { xmlns: NS }, ...fields),
  })
}

/** Deletes the account itself (§3.2). Rejects as Iq.request does; a server may end the stream in place of an answer. */
export async function deleteOwnAccount(iq: Iq): Promise<void> {
  // Without an address it is the account's, whatever a server makes of one with a resource.
  await iq.request({ type: 'set', payload: xml('query', { xmlns: NS }, xml('remove', {})) })
}
