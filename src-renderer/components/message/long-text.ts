/**
 * Long messages: what of one is shown at first, and how the whole is divided into parts that are drawn only near the eye, so
 * that 64 KB or 10,000 lines never hold the window up.
 */
import type { Block, CodeBlock } from './styling.ts'

/** A message beyond these is shown in part; the part is well below, so that what is opened is worth it. */
const WHOLE = { lines: 40, characters: 4000 }
const EXCERPT = { lines: 20, characters: 2000 }

export interface Excerpt {
  readonly text: string
  /** Of the whole message. */
  readonly lines: number
}

/** The beginning of a message that is too long to be shown at once; undefined when it is not. */
export function excerptOf(text: string): Excerpt | undefined {
  const lines = countLines(text)
  if (lines <= WHOLE.lines && text.length <= WHOLE.characters) return undefined
  let end = -1
  for (let line = 0; line < EXCERPT.lines; line += 1) {
    const next = text.indexOf('\n', end + 1)
    if (next < 0 || next > EXCERPT.characters) break
    end = next
  }
  // Less than half of what there is room for: the line is cut, after a word where there is one.
  const cutInLine = end < EXCERPT.characters / 2 && lines < EXCERPT.lines
  return { text: cutInLine || end < 0 ? cutAtWord(text) : text.slice(0, end), lines }
}

function cutAtWord(text: string): string {
  const start = text.slice(0, EXCERPT.characters).replace(/[\ud800-\udbff]$/, '')
  const space = start.search(/\s\S{0,40}$/)
  return `${space > 0 ? start.slice(0, space) : start}…`
}

export function countLines(text: string): number {
  let count = 1
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1
  return count
}

export interface Part {
  readonly blocks: readonly Block[]
  /** How many lines it has, from which its height is guessed before it was drawn. */
  readonly lines: number
}

/** Divides blocks into parts of at most `most` lines; a quote or code block that goes on in the next part is two blocks. */
export function toParts(blocks: readonly Block[], most: number): readonly Part[] {
  const parts: Part[] = []
  let open: Block[] = []
  let lines = 0
  for (const block of blocks) {
    for (const piece of divided(block, most)) {
      const height = linesOf(piece)
      if (lines > 0 && lines + height > most) {
        parts.push({ blocks: open, lines })
        open = []
        lines = 0
      }
      open.push(piece)
      lines += height
    }
  }
  if (open.length > 0) parts.push({ blocks: open, lines })
  return parts
}

function divided(block: Block, most: number): readonly Block[] {
  if (linesOf(block) <= most) return [block]
  if (block.kind === 'quote') {
    return toParts(block.blocks, most).map(({ blocks }) => ({ kind: 'quote', blocks }))
  }
  return block.kind === 'code' ? dividedCode(block, most) : [block]
}

function dividedCode({ info, open, lines, close }: CodeBlock, most: number): readonly CodeBlock[] {
  const pieces: CodeBlock[] = []
  for (let at = 0; at < lines.length; at += most) {
    pieces.push({
      kind: 'code',
      info: at === 0 ? info : '',
      lines: lines.slice(at, at + most),
      ...(at === 0 && open !== undefined ? { open, whole: lines } : {}),
      ...(at + most >= lines.length && close !== undefined ? { close } : {}),
    })
  }
  return pieces
}

function linesOf(block: Block): number {
  if (block.kind === 'line') return 1
  if (block.kind === 'code') return Math.max(1, block.lines.length)
  return block.blocks.reduce((sum, child) => sum + linesOf(child), 0)
}
