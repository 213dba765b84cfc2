/** What went over a cable, kept for whoever has to explain a failed test. */
import type { Direction } from '../faults/schedule.ts'

export interface Wire {
  /** `bytes`: one a character. */
  record(connection: number, direction: Direction, bytes: string): void
  note(text: string): void
  lines(): readonly string[]
}

/** Some minutes of a schedule. */
const MOST_LINES = 20_000
/** Nobody reads these. */
const LONG_RUN = /[\x80-\xff]{40,}/g

const ARROWS: Readonly<Record<Direction, string>> = { 'to-server': '->', 'to-client': '<-' }

export function createWire(): Wire {
  const lines: string[] = []
  const add = (text: string): void => {
    lines.push(`${new Date().toISOString().slice(14, 23)} ${text}`)
    if (lines.length > 2 * MOST_LINES) lines.splice(0, MOST_LINES)
  }
  return {
    record: (connection, direction, bytes) =>
      add(`${connection} ${ARROWS[direction]} ${bytes.replace(LONG_RUN, '...').replaceAll('\n', ' ')}`),
    note: add,
    lines: () => lines,
  }
}
