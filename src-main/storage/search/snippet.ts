/** The part of a text around what was found in it, on one line. */
import type { Snippet } from '../../model/search.ts'
import type { Range } from './query.ts'

// Two lines of a narrow list; most of it behind the first find, where the sense is.
const LENGTH = 160
const BEFORE = 40

export function snippetOf(body: string, ranges: readonly Range[]): Snippet {
  const first = ranges[0]?.start ?? 0
  const wanted = body.length <= LENGTH ? 0 : Math.max(0, Math.min(first - BEFORE, body.length - LENGTH))
  const start = wanted === 0 ? 0 : atWord(body, wanted, first)
  const end = notBetweenSurrogates(body, Math.min(body.length, start + LENGTH))
  const lead = start > 0 ? '…' : ''
  const text = lead + body.slice(start, end).replace(/\s/g, ' ') + (end < body.length ? '…' : '')
  const shift = lead.length - start
  const marks = ranges
    .filter((range) => range.start < end)
    .map((range) => [range.start + shift, Math.min(range.end, end) + shift] as const)
  return { text, marks }
}

/** Each way of writing once; what is longer than any word is left out. */
export function writtenForms(body: string, ranges: readonly Range[]): readonly string[] {
  const forms = new Set(ranges.map(({ start, end }) => body.slice(start, end)))
  return [...forms].filter((form) => form.length <= LENGTH).slice(0, 32)
}

/** Behind the next space, if there is one before what must be seen. */
function atWord(body: string, wanted: number, first: number): number {
  const space = body.slice(wanted, first).search(/\s/)
  return space >= 0 ? wanted + space + 1 : notBetweenSurrogates(body, wanted)
}

function notBetweenSurrogates(body: string, at: number): number {
  return /[\udc00-\udfff]/.test(body[at] ?? '') ? at - 1 : at
}
