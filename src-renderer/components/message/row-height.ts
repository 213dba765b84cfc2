/** How high a row of the log is likely to be before it was drawn, in pixels: near enough that the scroll bar does not jump about. */
import type { Row } from './grouping.ts'

const LINE = 21
const BUBBLE = 20
const LINE_LENGTH = 60
/** Of a long message only the beginning is drawn. */
const MOST_LINES = 21

export function guessHeight(row: Row): number {
  if (row.kind === 'happenings') return 30
  if (row.kind !== 'message') return 44
  const { body } = row.message
  let lines = Math.ceil(Math.min(body.length, LINE_LENGTH * MOST_LINES) / LINE_LENGTH)
  for (let at = body.indexOf('\n'); at >= 0 && lines < MOST_LINES; at = body.indexOf('\n', at + 1)) lines += 1
  return BUBBLE + LINE * lines
}
