/** How keys move through a list of which some rows (headings) cannot be chosen. Pure. */
import { folded } from '../../stores/folded.ts'

export interface Walk {
  readonly length: number
  isRow(index: number): boolean
  /** For typing ahead. */
  labelOf(index: number): string
  /** Rows that a page jumps over. */
  readonly page: number
}

/** The row that a key leads to; undefined when the key means nothing here. */
export function moveByKey(key: string, from: number, walk: Walk): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return nearest(from + 1, 1, walk) ?? from
    case 'ArrowUp':
      return nearest(from - 1, -1, walk) ?? from
    case 'PageDown':
      return nearest(Math.min(from + walk.page, walk.length - 1), -1, walk) ?? from
    case 'PageUp':
      return nearest(Math.max(from - walk.page, 0), 1, walk) ?? from
    case 'Home':
      return nearest(0, 1, walk)
    case 'End':
      return nearest(walk.length - 1, -1, walk)
    default:
      return undefined
  }
}

/** The next row, after `from` and around, whose label starts with what was typed. */
export function findByTyping(typed: string, from: number, walk: Walk): number | undefined {
  const wanted = folded(typed)
  if (wanted === '') return undefined
  // One letter again and again goes on to the next; more letters may stay where they are.
  const first = wanted.length === 1 ? from + 1 : from
  for (let step = 0; step < walk.length; step += 1) {
    const index = (Math.max(first, 0) + step) % walk.length
    if (walk.isRow(index) && folded(walk.labelOf(index)).startsWith(wanted)) return index
  }
  return undefined
}

/** The first row at `from` or beyond it in one direction. */
export function nearest(from: number, direction: 1 | -1, walk: Walk): number | undefined {
  for (let index = from; index >= 0 && index < walk.length; index += direction)
    if (walk.isRow(index)) return index
  return undefined
}
