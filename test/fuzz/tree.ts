/** Stanzas as plain trees, which are easy to make and to damage; then as text for the wire, or as the parser's elements. */
import { StrictParser } from '../../src-main/protocol/transport/strict-parser.ts'
import { xml, type Element } from '../../src-main/protocol/xml.ts'
import { escape } from '../helpers/stanza.ts'

export interface Tree {
  name: string
  /** `xmlns` among them. */
  attrs: Record<string, string>
  children: (Tree | string)[]
}

export const tree = (name: string, attrs: Record<string, string>, ...children: (Tree | string)[]): Tree => ({ name, attrs, children }) // prettier-ignore

/** Itself and all below it, in the order of the document. */
export function everyTree(root: Tree): Tree[] {
  return [root, ...root.children.flatMap((child) => (typeof child === 'string' ? [] : everyTree(child)))]
}

export function copyOf(root: Tree): Tree {
  const children = root.children.map((child) => (typeof child === 'string' ? child : copyOf(child)))
  return { name: root.name, attrs: { ...root.attrs }, children }
}

export function toText({ name, attrs, children }: Tree): string {
  const written = Object.entries(attrs).map(([key, value]) => ` ${key}='${escape(value)}'`)
  const inside = children.map((child) => (typeof child === 'string' ? escape(child) : toText(child)))
  return `<${name}${written.join('')}>${inside.join('')}</${name}>`
}

/** As no server could send it: texts and names that XML forbids are still in it. */
export function toElement({ name, attrs, children }: Tree): Element {
  return xml(name, attrs, ...children.map((child) => (typeof child === 'string' ? child : toElement(child))))
}

export function fromElement(element: Element): Tree {
  const children = element.children.map((child) => (typeof child === 'object' ? fromElement(child) : child)) // prettier-ignore
  const attrs = Object.entries(element.attrs).map(([key, value]) => [key, String(value)] as const)
  return { name: element.name, attrs: Object.fromEntries(attrs), children }
}

const STREAM = `<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>`

/** What our own parser makes of the text; nothing where it ends the stream for it. */
export function parseWire(text: string): Element[] {
  const elements: Element[] = []
  const violations: unknown[] = []
  const parser = new StrictParser()
  parser.on('element', (element) => elements.push(element))
  parser.on('violation', (violation) => violations.push(violation))
  parser.write(STREAM)
  parser.write(text)
  // The parser hands an element out when something follows it.
  parser.write(' ')
  return violations.length > 0 ? [] : elements
}
