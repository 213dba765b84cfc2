/** Puts what happened in a room between the messages of its log. Those that follow each other become one row. Pure. */
import type { Happening } from '../../../src-main/model/room-log.ts'
import { dayNumber } from '../../../src-main/text/times.ts'
import type { HappeningsRow, Row } from '../message/grouping.ts'

export interface Placing {
  /** Nothing lies before the first row, or behind the last one: else what happened there belongs to other pages. */
  readonly fromStart: boolean
  readonly toEnd: boolean
}

/** `happenings` oldest first. Runs of one sender are cut where something happened between them. */
export function withHappenings(
  rows: readonly Row[],
  happenings: readonly Happening[],
  { fromStart, toEnd }: Placing,
): readonly Row[] {
  if (happenings.length === 0) return rows
  const placed: Row[] = []
  const waiting = [...happenings]
  let before = fromStart
  for (const row of rows) {
    if (row.kind !== 'message') {
      placed.push(row)
      continue
    }
    const due = takeBefore(waiting, row.message.place)
    if (before) insert(placed, due, row.message.sentAt)
    before = true
    placed.push(due.length > 0 && placed.at(-1)?.kind === 'happenings' ? { ...row, first: true } : row)
  }
  if (toEnd) placed.push(...foldedRows(waiting))
  return placed.map((row, index) =>
    row.kind === 'message' && placed[index + 1]?.kind === 'happenings' ? { ...row, last: true } : row,
  )
}

/** Places are microseconds. */
function takeBefore(waiting: Happening[], place: number): Happening[] {
  const end = waiting.findIndex(({ at }) => at * 1000 >= place)
  return waiting.splice(0, end < 0 ? waiting.length : end)
}

/** Before the line of new messages, and before a day that had not begun. */
function insert(placed: Row[], happenings: readonly Happening[], sentAt: number): void {
  let at = placed.length
  if (placed[at - 1]?.kind === 'unread') at -= 1
  const earlier = happenings.filter((one) => dayNumber(one.at) !== dayNumber(sentAt))
  const sameDay = happenings.filter((one) => !earlier.includes(one))
  placed.splice(at, 0, ...foldedRows(sameDay))
  if (placed[at - 1]?.kind === 'day') at -= 1
  placed.splice(at, 0, ...foldedRows(earlier))
}

/** What was done to somebody stands alone, so that nobody overlooks it. */
function foldedRows(happenings: readonly Happening[]): readonly HappeningsRow[] {
  const groups: Happening[][] = []
  for (const happening of happenings) {
    const last = groups.at(-1)
    if (last !== undefined && folds(happening) && last.every(folds)) last.push(happening)
    else groups.push([happening])
  }
  return groups.flatMap((group) => {
    const [first] = group
    return first === undefined
      ? []
      : [{ kind: 'happenings', key: `happening ${first.id}`, happenings: group }]
  })
}

function folds({ kind }: Happening): boolean {
  return ['joined', 'left', 'renamed', 'role', 'affiliation'].includes(kind)
}
