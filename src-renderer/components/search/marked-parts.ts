/** Cuts a snippet at its marks. Pure. */
import type { Snippet } from '../../../src-main/model/search.ts'

export interface MarkedPart {
  readonly text: string
  readonly marked: boolean
}

export function markedParts({ text, marks }: Snippet): readonly MarkedPart[] {
  const parts: MarkedPart[] = []
  let at = 0
  for (const [start, end] of marks) {
    if (start > at) parts.push({ text: text.slice(at, start), marked: false })
    parts.push({ text: text.slice(start, end), marked: true })
    at = end
  }
  if (at < text.length) parts.push({ text: text.slice(at), marked: false })
  return parts
}
