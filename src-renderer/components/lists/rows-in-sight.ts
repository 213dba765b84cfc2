/** Which rows of a long list are near the eye, from what is known of their heights. Pixels from the start of the list. */

/** Where each row begins, and after the last of them where it ends. */
export function offsetsOf<T>(rows: readonly T[], heightOf: (row: T) => number): Float64Array {
  const offsets = new Float64Array(rows.length + 1)
  let sum = 0
  rows.forEach((row, index) => {
    offsets[index] = sum
    sum += heightOf(row)
  })
  offsets[rows.length] = sum
  return offsets
}

/** The last row that begins at `y` or before; the first one where none does. */
export function rowAt(offsets: Float64Array, y: number): number {
  let low = 0
  let high = Math.max(0, offsets.length - 2)
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((offsets[middle] ?? 0) <= y) low = middle
    else high = middle - 1
  }
  return low
}

export interface DrawnRow {
  readonly index: number
  /** The room of rows that are not drawn, before this one. */
  readonly gap: number
}

/** The rows between two heights, and those that are always drawn, in order. */
export function rowsToDraw(
  offsets: Float64Array,
  from: number,
  to: number,
  always: readonly number[],
): readonly DrawnRow[] {
  const count = offsets.length - 1
  if (count === 0) return []
  const first = rowAt(offsets, from)
  const last = rowAt(offsets, to)
  const indexes = Array.from({ length: last - first + 1 }, (_, nth) => first + nth)
  for (const index of always) {
    if (index >= 0 && index < count && (index < first || index > last)) indexes.push(index)
  }
  indexes.sort((a, b) => a - b)
  return indexes.map((index, nth) => {
    const drawnUpTo = nth === 0 ? 0 : (indexes[nth - 1] ?? 0) + 1
    return { index, gap: (offsets[index] ?? 0) - (offsets[drawnUpTo] ?? 0) }
  })
}
