/** Elements of others that must be given back as they came, understood or not: as text, which can be kept. */
import { parseDocument } from './transport/strict-parser.ts'
import type { Element } from './xml.ts'

/** The element with everything in it. It is given the namespaces that it has from around it, which changes nothing about it. */
export function toVerbatim(element: Element): string {
  const text = element.toString()
  for (let at = element.parent; at !== null; at = at.parent) {
    for (const [name, value] of Object.entries<unknown>(at.attrs)) {
      const [isNamespace, prefix] = /^xmlns(?::(.+))?$/.exec(name) ?? []
      const isUsed = isNamespace !== undefined && (prefix === undefined || text.includes(`${prefix}:`))
      if (isUsed && !Object.hasOwn(element.attrs, name)) element.attrs[name] = value
    }
  }
  return element.toString()
}

/** Undefined for what is not one whole element. */
export function fromVerbatim(text: string): Element | undefined {
  const read = parseDocument(text)
  return 'condition' in read ? undefined : read
}
