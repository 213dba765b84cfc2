/** A stanza as text to be read: an element a line, indented, mixed content left as it is, nothing invisible. */
import type { Element } from './xml.ts'

const INDENT = '  '

export interface PrintedStanza {
  readonly text: string
  /** False: it was longer than `maxLength` and is cut off. */
  readonly whole: boolean
}

/**
 * White space that is put in stands between two tags alone and holds a line end; white space of the stanza's own that
 * could be taken for it is written as references. So are controls that would reorder or hide what is shown (attack S16).
 */
export function printStanza(stanza: Element, maxLength: number): PrintedStanza {
  const out: string[] = []
  let room = maxLength
  /** False once there is no room, which ends the walk. */
  function put(text: string, escape: (text: string) => string = (plain) => plain): boolean {
    // Cut first: what is escaped never gets shorter.
    const written = escape(text.slice(0, room + 1))
    out.push(written)
    room -= written.length
    return room >= 0
  }
  print(stanza, 0, put)
  const text = out.join('')
  return { text: text.slice(0, wholeCharacters(text, maxLength)), whole: text.length <= maxLength }
}

type Put = (text: string, escape?: (text: string) => string) => boolean

function print(element: Element, depth: number, put: Put): boolean {
  const children = element.children.filter((child) => child !== '')
  if (!putOpenTag(element, children.length === 0, put)) return false
  if (children.length === 0) return true
  const isBlock = children.every((child) => typeof child === 'object')
  for (const child of children) {
    if (isBlock && !put(`\n${INDENT.repeat(depth + 1)}`)) return false
    const isPrinted = typeof child === 'object' ? print(child, depth + 1, put) : put(child, escapeText)
    if (!isPrinted) return false
  }
  return (!isBlock || put(`\n${INDENT.repeat(depth)}`)) && put(`</${element.name}>`)
}

function putOpenTag(element: Element, isEmpty: boolean, put: Put): boolean {
  if (!put(`<${element.name}`)) return false
  for (const [name, value] of Object.entries(element.attrs)) {
    if (value === undefined || value === null) continue
    if (!put(` ${name}="`) || !put(String(value), escapeValue) || !put('"')) return false
  }
  return put(isEmpty ? '/>' : '>')
}

/** Controls but tab and line ends, characters that only format (but joiners, which scripts and emoji need), lone halves. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu
const VISIBLE_ALL_THE_SAME = /^[\t\n\u200c\u200d]$/

function escapeText(text: string): string {
  const escaped = text.replace(/[&<>]/g, (char) => ENTITIES[char] ?? char).replace(INVISIBLE, visible)
  return escaped.trim() === '' ? escaped.replace(/[\t\n]/g, reference) : escaped
}

function escapeValue(text: string): string {
  return text
    .replace(/[&<>"]/g, (char) => ENTITIES[char] ?? char)
    .replace(INVISIBLE, visible)
    .replace(/[\t\n]/g, reference)
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function visible(char: string): string {
  return VISIBLE_ALL_THE_SAME.test(char) ? char : reference(char)
}

function reference(char: string): string {
  return `&#x${(char.codePointAt(0) ?? 0).toString(16).toUpperCase()};`
}

/** Never half a character. */
function wholeCharacters(text: string, maxLength: number): number {
  const last = text.charCodeAt(maxLength - 1)
  return text.length > maxLength && last >= 0xd800 && last <= 0xdbff ? maxLength - 1 : maxLength
}
