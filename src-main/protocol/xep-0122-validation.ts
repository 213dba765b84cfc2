/** XEP-0122: Data Forms Validation, version 1.0.2. https://xmpp.org/extensions/xep-0122.html */
import { DATATYPES, type Datatype, type FieldValidation } from '../model/form.ts'
import { attribute, present } from './stanza.ts'
import type { Element } from './xml.ts'

export const NS = 'http://jabber.org/protocol/xdata-validate'

const MAX_LENGTH = 1024

/**
 * Reads the `<validate/>` of a field; undefined when absent. A datatype that is not known counts as a string, as does one
 * that the service made up; a pattern or bound that is overlong is left out, since then only the service can check it.
 */
export function parseValidation(field: Element): FieldValidation | undefined {
  const element = field.getChild('validate', NS)
  if (element === undefined) return undefined
  const range = element.getChild('range', NS)
  const counts = element.getChild('list-range', NS)
  return {
    datatype: parseDatatype(element),
    ...(isOpen(element) ? { open: true } : {}),
    ...present('min', bound(range, 'min')),
    ...present('max', bound(range, 'max')),
    ...present('pattern', parsePattern(element)),
    ...present('fewest', count(counts, 'min')),
    ...present('most', count(counts, 'max')),
  }
}

function parseDatatype(element: Element): Datatype {
  const name = attribute(element, 'datatype') ?? 'xs:string'
  return DATATYPES.find((known) => `xs:${known}` === name) ?? 'string'
}

/** §3.2: in lists every method but basic leaves the choice open. */
function isOpen(element: Element): boolean {
  return ['open', 'range', 'regex'].some((name) => element.getChild(name, NS) !== undefined)
}

function parsePattern(element: Element): string | undefined {
  const pattern = element.getChildText('regex', NS)?.trim() ?? ''
  return pattern === '' || pattern.length > MAX_LENGTH ? undefined : pattern
}

function bound(range: Element | undefined, name: 'min' | 'max'): string | undefined {
  const value = range === undefined ? undefined : attribute(range, name)?.trim()
  return value === '' || (value?.length ?? 0) > MAX_LENGTH ? undefined : value
}

function count(counts: Element | undefined, name: 'min' | 'max'): number | undefined {
  const text = counts === undefined ? undefined : attribute(counts, name)?.trim()
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined
}
