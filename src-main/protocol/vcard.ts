/** What the two forms of vCard (XEP-0054, XEP-0292) share: bounds, and texts made fit for one line or a few. */
import type { CardKind, CardValue, VCard } from '../model/people.ts'
import { clip, present } from './stanza.ts'
import type { Element } from './xml.ts'

/** More than anybody has; the rest is passed over, pictures in it included. */
const MAX_PROPERTIES = 300
const MAX_VALUES = 20
const MAX_LINE = 512
const MAX_TEXT = 8192

const KINDS: readonly (readonly [CardKind, readonly string[]])[] = [
  ['mobile', ['cell']],
  ['fax', ['fax']],
  ['work', ['work']],
  ['home', ['home']],
]

/** The properties of this name, in order. */
export type Properties = (name: string) => readonly Element[]

/** A vCard's own properties; those of other namespaces are not. */
export function propertiesOf(vcard: Element, namespace: string): Properties {
  const all = vcard
    .getChildElements()
    .slice(0, MAX_PROPERTIES)
    .filter((child) => child.getNS() === namespace)
  return (name) => all.filter((child) => child.getName() === name)
}

/** One line; empty when there is nothing to read. Bounded before it is searched. */
export function line(text: string | null | undefined): string {
  const short = clip(text ?? '', 4 * MAX_LINE).replace(/[\s\p{Cc}]+/gu, ' ')
  return clip(short.trim(), MAX_LINE)
}

/** Some lines: ends of lines are kept, other control characters are not. */
export function lines(text: string | null | undefined): string {
  const bounded = clip(text ?? '', MAX_TEXT).replace(/\r\n?/g, '\n')
  return bounded.replace(/[^\P{Cc}\n]/gu, ' ').trim()
}

/** Texts that say something, each once. */
export function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].filter((text) => text !== '').slice(0, MAX_VALUES)
}

export function distinctValues(values: readonly CardValue[]): readonly CardValue[] {
  const byText = new Map(values.filter(({ value }) => value !== '').map((each) => [each.value, each]))
  return [...byText.values()].slice(0, MAX_VALUES)
}

export function cardValue(value: string, types: readonly string[]): CardValue {
  const [kind] = KINDS.find(([, names]) => names.some((name) => types.includes(name))) ?? []
  return { value, ...present('kind', kind) }
}

/** An address as it stands on a letter, from its parts in the order of RFC 6350 §6.3.1, the code before the locality. */
export function addressLines(parts: readonly string[]): string {
  const [box = '', extra = '', street = '', code = '', locality = '', region = '', country = ''] = parts
  const town = [code, locality].filter((part) => part !== '').join(' ')
  return [box, extra, street, town, region, country].filter((part) => part !== '').join('\n')
}

export function isEmptyCard(card: VCard): boolean {
  return Object.values(card).every((value: string | readonly unknown[]) => value.length === 0)
}
