/** Finds links in a message. Only schemes that Linnet opens become links; everything else stays text (attacks S9, S10). */
import { registerCustomProtocol, tokenize } from 'linkifyjs'

export interface TextPart {
  readonly kind: 'text'
  readonly text: string
}

export interface LinkPart {
  readonly kind: 'link'
  /** As it was written. */
  readonly text: string
  /** What opens, an international host name in its ASCII form, so that a lookalike shows. */
  readonly href: string
}

export type Part = TextPart | LinkPart

const OPENABLE = new Set(['http:', 'https:', 'mailto:', 'xmpp:'])

/** Chinese and Japanese text has no spaces: there a link ends at the punctuation, which an address would have encoded. */
const CJK_PUNCTUATION = /([，。；：！？、（）【】《》「」『』“”]+)/

registerCustomProtocol('xmpp', true)

/** So much of a line is searched: finding takes its time, and nobody presses the thousandth link. */
const MOST_SEARCHED = 8192

/** The message in pieces; joined, their texts are the message again. */
export function findLinks(body: string): readonly Part[] {
  if (body.length <= MOST_SEARCHED) return findAll(body)
  const end = body.lastIndexOf(' ', MOST_SEARCHED)
  const searched = body.slice(0, Math.max(end, 0))
  return [...findAll(searched), { kind: 'text', text: body.slice(searched.length) }]
}

function findAll(body: string): readonly Part[] {
  const parts: Part[] = []
  let text = ''
  // Kept apart: to look at the end of a text that grows costs its whole length each time.
  let before = ''
  for (const token of body.split(CJK_PUNCTUATION).flatMap((piece) => tokenize(piece))) {
    const written = token.toString()
    const href = token.isLink ? openable(token.toHref('https')) : undefined
    const bare = !/^[a-z]+:/i.test(written)
    // After "scheme:" or "//" a bare host belongs to a link of a kind that is not opened (aesgcm://host, file://host).
    if (href === undefined || (bare && ':/\\@'.includes(before || ' '))) {
      text += written
      before = written.at(-1) ?? before
      continue
    }
    if (text !== '') parts.push({ kind: 'text', text })
    parts.push({ kind: 'link', text: written, href })
    text = before = ''
  }
  if (text !== '') parts.push({ kind: 'text', text })
  return parts
}

/** The normal form of a link that may be opened; the main process checks again before it opens one. */
function openable(href: string): string | undefined {
  if (!URL.canParse(href)) return undefined
  const url = new URL(href)
  // A name before the host is there to deceive: https://bank.example@evil.example
  if (url.username !== '' && url.protocol.startsWith('http')) return undefined
  return OPENABLE.has(url.protocol) ? url.href : undefined
}
