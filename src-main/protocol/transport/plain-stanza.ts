/**
 * The short way through XML: a stanza that is all there and has nothing in it but tags, attributes and text is read in a
 * few steps a tag, where saxes takes one a character. What is not as plain as that, wrong or only rare, is left to saxes:
 * here nothing is refused, and nothing is taken that saxes would read otherwise.
 */
import { Element } from '@xmpp/xml'
import type { ParserBounds } from './strict-parser.ts'

export interface PlainStanza {
  readonly element: Element
  /** Where the text goes on. */
  readonly end: number
}

// Names without a prefix, but for xml:lang, which every stream knows.
const OPEN = /<([A-Za-z_][\w.-]*)/y
const ATTRIBUTE =
  / +(xml:lang|[A-Za-z_][\w.-]*)=(?:'([^'<&\p{Cc}\p{Cs}\ufffe\uffff]*)'|"([^"<&\p{Cc}\p{Cs}\ufffe\uffff]*)")/uy
const OPENED = / *(\/?)>/y
const CLOSE = /<\/([A-Za-z_][\w.-]*) *>/y
const TEXT =
  /[^<&\p{Cc}\p{Cs}\ufffe\uffff]*(?:(?:[\t\n]|&(?:lt|gt|amp|quot|apos);)[^<&\p{Cc}\p{Cs}\ufffe\uffff]*)*/uy
const ENTITY = /&(lt|gt|amp|quot|apos);/g
const ENTITIES = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
])
/** XML's own, which may not be declared; and what would be no attribute of an object. */
const RESERVED = /^http:\/\/www\.w3\.org\//
const PROTOTYPE = '__proto__'

/** Beginning at `from`; 'partial': its end has not come yet, as far as can be seen. */
export function readPlainStanza(
  text: string,
  from: number,
  bounds: ParserBounds,
): PlainStanza | 'partial' | 'other' {
  const open: Element[] = []
  let at = from
  let elements = 0
  const unread = (): 'partial' | 'other' => (text.includes('>', at) ? 'other' : 'partial')
  for (;;) {
    const closing = open.length > 0 ? matchAt(CLOSE, text, at) : null
    if (closing !== null) {
      const element = open.pop()
      if (element === undefined || closing[1] !== element.name) return 'other'
      at = CLOSE.lastIndex
      if (open.length === 0) return { element, end: at }
    } else {
      const tag = readTag(text, at, bounds.attributes)
      elements += 1
      if (tag === undefined) return unread()
      if (elements > bounds.elements || open.length >= bounds.depth) return 'other'
      at = tag.end
      open.at(-1)?.append(tag.element)
      if (!tag.isEmpty) open.push(tag.element)
      else if (open.length === 0) return { element: tag.element, end: at }
    }
    const inside = matchAt(TEXT, text, at)?.[0] ?? ''
    if (inside.includes(']]>')) return 'other'
    if (inside !== '')
      open.at(-1)?.t(inside.replace(ENTITY, (whole, name: string) => ENTITIES.get(name) ?? whole))
    at += inside.length
    if (at < text.length && text[at] !== '<' && text[at] !== '&') return 'other'
    if (at - from > bounds.stanzaLength) return 'other'
  }
}

interface Tag extends PlainStanza {
  readonly isEmpty: boolean
}

function readTag(text: string, from: number, most: number): Tag | undefined {
  const name = matchAt(OPEN, text, from)?.[1]
  if (name === undefined) return undefined
  let end = OPEN.lastIndex
  const attributes: Record<string, string> = {}
  for (let count = 0; ; count += 1) {
    const match = matchAt(ATTRIBUTE, text, end)
    if (match === null) break
    const [, key = '', single, double = ''] = match
    const value = single ?? double
    if (count >= most || Object.hasOwn(attributes, key) || key === PROTOTYPE) return undefined
    if (key === 'xmlns' && RESERVED.test(value)) return undefined
    attributes[key] = value
    end = ATTRIBUTE.lastIndex
  }
  const opened = matchAt(OPENED, text, end)
  if (opened === null) return undefined
  return { element: new Element(name, attributes), end: OPENED.lastIndex, isEmpty: opened[1] === '/' }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
