/** XEP-0004: Data Forms, version 2.13.2. https://xmpp.org/extensions/xep-0004.html */
import {
  FIELD_TYPES,
  type DataForm,
  type FieldAnswer,
  type FieldType,
  type FormColumn,
  type FormField,
  type FormOption,
  type FormType,
} from '../model/form.ts'
import { parseJid } from '../model/jid.ts'
import { attribute, clip, present } from './stanza.ts'
import { parseValidation } from './xep-0122-validation.ts'
import { markChallenges } from './xep-0158-captcha.ts'
import { parseMedia } from './xep-0221-media.ts'
import { parseBits, type Bits } from './xep-0231-bits-of-binary.ts'
import { xml, type Element } from './xml.ts'

/** Not among our features: that would promise forms in messages (§7.1), and ours come in answers to requests. */
export const NS = 'jabber:x:data'

/** More than a person fills in or reads; what goes beyond is left out, and said to be. */
export const LIMITS = { fields: 256, options: 1000, values: 2000, columns: 32, rows: 2000 } as const
const MAX_NAME = 1024
const MAX_LABEL = 1024
const MAX_TEXT = 8192
const MAX_VALUE = 65_536
const MAX_INSTRUCTIONS = 16

const FORM_TYPES: readonly FormType[] = ['form', 'submit', 'cancel', 'result']

const NO_BITS: Bits = new Map()

/** The `<x/>` of a payload, with the pictures beside it; undefined when there is none of a known type. */
export function parseForm(parent: Element): DataForm | undefined {
  const element = parent.getChild('x', NS)
  return element === undefined ? undefined : parseFormElement(element, parseBits(parent))
}

/** Reads an `<x/>` itself. Of two fields with one name the first counts. */
export function parseFormElement(element: Element, bits = NO_BITS): DataForm | undefined {
  const type = FORM_TYPES.find((known) => known === (attribute(element, 'type') ?? 'form'))
  if (type === undefined) return undefined
  const fields = element.getChildren('field', NS)
  const columns = parseColumns(element)
  const items = columns.length === 0 ? [] : element.getChildren('item', NS)
  const isTruncated = fields.length > LIMITS.fields || items.length > LIMITS.rows
  return {
    type,
    title: clip(element.getChildText('title', NS) ?? '', MAX_LABEL),
    instructions: element
      .getChildren('instructions', NS)
      .slice(0, MAX_INSTRUCTIONS)
      .map((each) => clip(each.getText(), MAX_TEXT)),
    fields: markChallenges(
      withoutTwins(fields.slice(0, LIMITS.fields).flatMap((field) => parseField(field, type, bits))),
    ),
    columns,
    rows: items.slice(0, LIMITS.rows).map((item) => parseRow(item, columns)),
    ...(isTruncated ? { truncated: true } : {}),
  }
}

/** §3.2: without a type it is text-single, or, in what is shown only, as many lines as there are values. */
function parseField(element: Element, formType: FormType, bits: Bits): FormField[] {
  const name = attribute(element, 'var') ?? ''
  const values = parseValues(element)
  const type = parseType(element) ?? (values.length > 1 && formType !== 'form' ? 'text-multi' : 'text-single')
  if (name.length > MAX_NAME || (name === '' && type !== 'fixed')) return []
  return [
    {
      type,
      name,
      label: clip(attribute(element, 'label') ?? '', MAX_LABEL),
      description: clip(element.getChildText('desc', NS) ?? '', MAX_TEXT),
      required: element.getChild('required', NS) !== undefined,
      values,
      options: type.startsWith('list-') ? parseOptions(element) : [],
      ...present('validation', parseValidation(element)),
      ...present('media', parseMedia(element, bits)),
    },
  ]
}

function parseType(element: Element): FieldType | undefined {
  return FIELD_TYPES.find((known) => known === attribute(element, 'type'))
}

function parseValues(element: Element): string[] {
  const values = element.getChildren('value', NS).slice(0, LIMITS.values)
  return values.map((value) => clip(value.getText(), MAX_VALUE))
}

function parseOptions(element: Element): FormOption[] {
  const options = new Map<string, FormOption>()
  for (const option of element.getChildren('option', NS).slice(0, LIMITS.options)) {
    const value = clip(option.getChildText('value', NS) ?? '', MAX_TEXT)
    const label = clip(attribute(option, 'label') ?? '', MAX_LABEL)
    if (!options.has(value)) options.set(value, { value, label })
  }
  return [...options.values()]
}

function withoutTwins(fields: readonly FormField[]): FormField[] {
  const seen = new Set<string>()
  return fields.filter(({ name }) => name === '' || (!seen.has(name) && seen.add(name)))
}

/** §3.4: the head of a table of results. */
function parseColumns(element: Element): FormColumn[] {
  const fields = element.getChild('reported', NS)?.getChildren('field', NS) ?? []
  const columns = new Map<string, FormColumn>()
  for (const field of fields.slice(0, LIMITS.columns)) {
    const name = attribute(field, 'var') ?? ''
    const label = clip(attribute(field, 'label') ?? '', MAX_LABEL)
    const column = { name, label, type: parseType(field) ?? 'text-single' }
    if (name !== '' && name.length <= MAX_NAME && !columns.has(name)) columns.set(name, column)
  }
  return [...columns.values()]
}

/** Cells in the order of the columns, whatever the order in the item; what no column names is left out. */
function parseRow(item: Element, columns: readonly FormColumn[]): string[][] {
  const cells = new Map<string, string[]>()
  for (const field of item.getChildren('field', NS).slice(0, LIMITS.columns * 2)) {
    cells.set(attribute(field, 'var') ?? '', parseValues(field))
  }
  return columns.map(({ name }) => cells.get(name) ?? [])
}

/**
 * The answer (§3.1). Words between fields are none; addresses are sent prepared where they are addresses. A field that was
 * left empty is sent without a value, which clears it.
 */
export function buildSubmit(answers: readonly FieldAnswer[]): Element {
  const fields = answers.filter(({ name, type }) => name !== '' && type !== 'fixed')
  return xml('x', { xmlns: NS, type: 'submit' }, ...fields.map(buildAnswer))
}

function buildAnswer({ name, type, values }: FieldAnswer): Element {
  const prepare = type.startsWith('jid-') ? (value: string) => parseJid(value.trim()) ?? value : String
  return xml('field', { var: name, type }, ...values.map((value) => xml('value', {}, prepare(value))))
}
