/** XEP-0045 §10: making a room, setting it up, and ending it. */
import type { DataForm, FieldAnswer } from '../../model/form.ts'
import type { BareJid } from '../../model/jid.ts'
import type { Iq } from '../iq.ts'
import { buildSubmit, NS as NS_FORMS, parseForm } from '../xep-0004-data-forms.ts'
import { xml, type Element } from '../xml.ts'
import type { Destruction } from './muc.types.ts'
import { FORM_CONFIG, NS_OWNER } from './namespaces.ts'

/** Undefined where there is nothing to set (§10.1.3). Rejects as Iq.request does: 'forbidden' for who is no owner. */
export async function fetchConfiguration(iq: Iq, room: BareJid): Promise<DataForm | undefined> {
  const result = await iq.request({ type: 'get', to: room, payload: xml('query', { xmlns: NS_OWNER }) })
  const query = result.getChild('query', NS_OWNER)
  const form = query && parseForm(query)
  return form?.type === 'form' ? form : undefined
}

/**
 * Sets a room up; one that was just made is opened by it (§10.1.3). Rejects as Iq.request does: 'not-acceptable' where the
 * service wants it otherwise.
 */
export async function submitConfiguration(
  iq: Iq,
  room: BareJid,
  answers: readonly FieldAnswer[],
): Promise<void> {
  await iq.request({ type: 'set', to: room, payload: buildConfiguration(answers) })
}

/** Opens a room that was just made, as the service would have it (§10.1.2). Rejects as Iq.request does. */
export async function acceptDefaults(iq: Iq, room: BareJid): Promise<void> {
  await submitConfiguration(iq, room, [])
}

/** A room that was just made is gone with it (§10.1.3); one that was there before stays as it was (§10.2). */
export async function cancelConfiguration(iq: Iq, room: BareJid): Promise<void> {
  await iq.request({ type: 'set', to: room, payload: buildCancel() })
}

export function buildConfiguration(answers: readonly FieldAnswer[]): Element {
  const typed = answers.length === 0 || answers.some(({ name }) => name === 'FORM_TYPE')
  return xml('query', { xmlns: NS_OWNER }, buildSubmit(typed ? answers : [FORM_TYPE, ...answers]))
}

const FORM_TYPE: FieldAnswer = { name: 'FORM_TYPE', type: 'hidden', values: [FORM_CONFIG] }

export function buildCancel(): Element {
  return xml('query', { xmlns: NS_OWNER }, xml('x', { xmlns: NS_FORMS, type: 'cancel' }))
}

/** By the name of a field; a room may not have it. */
export type ConfigurationWishes = Readonly<Record<string, string | boolean | readonly string[]>>

/**
 * The form as it came, with these wishes in it; `missing` are those for which it has no field, or no such option, so that
 * whoever wishes can say so. Fields without a wish keep their values.
 */
export function fillConfiguration(
  form: DataForm,
  wishes: ConfigurationWishes,
): { readonly answers: readonly FieldAnswer[]; readonly missing: readonly string[] } {
  const fields = form.fields.filter(({ name, type }) => name !== '' && type !== 'fixed')
  const granted = new Map<string, readonly string[]>()
  for (const { name, type, options } of fields) {
    const values = Object.hasOwn(wishes, name) ? toValues(wishes[name] ?? []) : undefined
    const isOffered = (value: string): boolean => options.some((option) => option.value === value)
    const fits = !type.startsWith('list-') || options.length === 0 || values?.every(isOffered) === true
    if (values !== undefined && fits) granted.set(name, values)
  }
  return {
    answers: fields.map(({ name, type, values }) => ({ name, type, values: granted.get(name) ?? values })),
    missing: Object.keys(wishes).filter((name) => !granted.has(name)),
  }
}

/** Booleans as every service reads them (XEP-0004 §3.3). */
function toValues(wish: string | boolean | readonly string[]): readonly string[] {
  if (typeof wish === 'boolean') return [wish ? '1' : '0']
  return typeof wish === 'string' ? [wish] : wish
}

/** Ends a room for everybody (§10.9). Rejects as Iq.request does: 'forbidden' for who is no owner. */
export async function destroyRoom(iq: Iq, room: BareJid, destruction: Destruction): Promise<void> {
  await iq.request({ type: 'set', to: room, payload: buildDestroy(destruction) })
}

export function buildDestroy({ alternative, password, reason }: Destruction): Element {
  const destroy = xml(
    'destroy',
    { jid: alternative },
    ...(password === undefined ? [] : [xml('password', {}, password)]),
    ...(reason === '' ? [] : [xml('reason', {}, reason)]),
  )
  return xml('query', { xmlns: NS_OWNER }, destroy)
}
