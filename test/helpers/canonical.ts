/** One spelling for each XML element, so that tests compare meaning and not the order of attributes or white space. */
import type { Element } from '../../src-main/protocol/xml.ts'

/** Namespaces are written on each element; `jabber:client` and none are the same, as a stanza off the stream has none. */
export function canonical(element: Element, depth = 0): string {
  const indent = '  '.repeat(depth)
  const namespace = element.getNS() ?? 'jabber:client'
  const attributes = Object.entries(element.attrs as Record<string, unknown>)
    .filter(([name, value]) => !/^xmlns(:|$)/.test(name) && value !== undefined && value !== null)
    .map(([name, value]) => ` ${name}=${JSON.stringify(String(value))}`)
    .sort()
  const children = element.children.map((child) => {
    if (typeof child !== 'string') return canonical(child, depth + 1)
    // White space between elements is layout of the case file; within text it stays.
    return child.trim() === '' && element.getChildElements().length > 0
      ? ''
      : `${indent}  ${JSON.stringify(child)}`
  })
  const lines = children.filter((line) => line !== '').map((line) => `${line}\n`)
  return `${indent}{${namespace}}${element.getName()}${attributes.join('')}\n${lines.join('')}`.trimEnd()
}
