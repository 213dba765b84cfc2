/**
 * XEP-0393 §5.1: the blocks of a message as data. Every character of the message is somewhere in them, signs and line
 * breaks included, so that what is shown can be copied as it was written. Linear in the length of the message.
 */
import { parseSpans, type Span } from './styling-spans.ts'

/** One line. `prefix` holds the signs of the quotes around it. */
export interface LineBlock {
  readonly kind: 'line'
  readonly prefix: string
  readonly spans: readonly Span[]
  /** The line break after it; empty at the end of the message. */
  readonly end: string
}

export interface CodeLine {
  readonly prefix: string
  readonly text: string
  readonly end: string
}

/** Preformatted text. `info` is what follows the opening sign, as in ```rust; `close` is absent where the parent ended first. */
export interface CodeBlock {
  readonly kind: 'code'
  readonly info: string
  /** The lines of the signs; absent in the later parts of a block that was divided. */
  readonly open?: CodeLine
  readonly lines: readonly CodeLine[]
  readonly close?: CodeLine
  /** All lines, in the first part of a block that was divided. */
  readonly whole?: readonly CodeLine[]
}

export interface QuoteBlock {
  readonly kind: 'quote'
  readonly blocks: readonly Block[]
}

export type Block = LineBlock | CodeBlock | QuoteBlock

/** Quotes in quotes beyond this many keep their signs as text. */
const MAX_DEPTH = 8
const FENCE = '```'
const QUOTE_SIGN = /^>[\p{White_Space}\p{Z}]?/u

export function parseStyling(text: string): readonly Block[] {
  return parseBlocks(toLines(text), 0)
}

/** As the sender wants it: every sign as it is (§6). */
export function plainBlocks(text: string): readonly Block[] {
  return toLines(text).map(({ text: line, end }) => lineBlock('', [{ kind: 'plain', text: line }], end))
}

function toLines(text: string): readonly CodeLine[] {
  const lines = text.split('\n')
  return lines.map((line, index) => ({ prefix: '', text: line, end: index < lines.length - 1 ? '\n' : '' }))
}

function parseBlocks(lines: readonly CodeLine[], depth: number): readonly Block[] {
  const blocks: Block[] = []
  let at = 0
  while (at < lines.length) {
    const line = lines[at] as CodeLine
    if (line.text.startsWith(FENCE)) {
      const block = parseCode(lines, at)
      blocks.push(block)
      at += 1 + block.lines.length + (block.close === undefined ? 0 : 1)
    } else if (line.text.startsWith('>') && depth < MAX_DEPTH) {
      const quoted = quotedFrom(lines, at)
      blocks.push({ kind: 'quote', blocks: parseBlocks(quoted, depth + 1) })
      at += quoted.length
    } else {
      blocks.push(lineBlock(line.prefix, line.text === '' ? [] : parseSpans(line.text), line.end))
      at += 1
    }
  }
  return blocks
}

function lineBlock(prefix: string, spans: readonly Span[], end: string): LineBlock {
  return { kind: 'line', prefix, spans, end }
}

/** §5.1.2: up to a line of three grave accents and nothing else, or to the end of what it stands in. */
function parseCode(lines: readonly CodeLine[], from: number): CodeBlock {
  const open = lines[from] as CodeLine
  let closing = from + 1
  while (closing < lines.length && lines[closing]?.text !== FENCE) closing += 1
  const close = lines[closing]
  return {
    kind: 'code',
    info: open.text.slice(FENCE.length).trim(),
    open,
    lines: lines.slice(from + 1, closing),
    ...(close === undefined ? {} : { close }),
  }
}

/** §5.1.3: the lines from here on that are quoted, their sign and one white space after it moved into the prefix. */
function quotedFrom(lines: readonly CodeLine[], from: number): readonly CodeLine[] {
  const quoted: CodeLine[] = []
  for (let at = from; at < lines.length; at += 1) {
    const { prefix, text, end } = lines[at] as CodeLine
    const sign = QUOTE_SIGN.exec(text)?.[0]
    if (sign === undefined) break
    quoted.push({ prefix: prefix + sign, text: text.slice(sign.length), end })
  }
  return quoted
}
