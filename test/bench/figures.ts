/** What the benchmark says: one line a figure, with the goal it is held against and the floor it stands on. */

export interface Figure {
  readonly what: string
  readonly value: number
  readonly unit: 'ms' | 's' | 'MB' | 'bytes' | '%' | 'messages/s' | 'times'
  /** The least a computer could need for it, measured in the same run. */
  readonly floor?: number
  /** What we want: at most, or with `atLeast` at least. */
  readonly goal?: number
  readonly atLeast?: boolean
  readonly note?: string
}

export function isMet({ value, goal, atLeast = false }: Figure): boolean | undefined {
  if (goal === undefined) return undefined
  return atLeast ? value >= goal : value <= goal
}

/** One table, aligned; figures without a goal are facts. */
export function toTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.what,
    `${round(figure.value)} ${figure.unit}`,
    figure.floor === undefined ? '' : `${round(figure.floor)} ${figure.unit}`,
    figure.goal === undefined ? '' : `${figure.atLeast === true ? '≥' : '≤'} ${round(figure.goal)}`,
    { true: 'met', false: 'MISSED', undefined: '' }[String(isMet(figure)) as 'true' | 'false' | 'undefined'],
    figure.note ?? '',
  ])
  const table = [['what', 'measured', 'floor', 'goal', '', ''], ...rows]
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? []
  const lines = table.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
  return [lines[0], '-'.repeat(lines[0]?.length ?? 0), ...lines.slice(1)].join('\n')
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** `share` from 0 to 1. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
}

export function round(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3))
}
