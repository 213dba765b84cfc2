/** From messages to the rows of the log: days, the unread line, and runs of one sender. Pure, so that it is easy to trust. */
import type { HistoryGap, Message } from '../../../src-main/model/message.ts'
import type { Happening } from '../../../src-main/model/room-log.ts'
import { isSameAuthor } from '../rooms/author.ts'
import { dayNumber } from '../../../src-main/text/times.ts'

export interface DayRow {
  readonly kind: 'day'
  readonly key: string
  readonly at: number
}

export interface UnreadRow {
  readonly kind: 'unread'
  readonly key: 'unread'
}

/** Messages may be missing here that the archive still has. */
export interface GapRow {
  readonly kind: 'gap'
  readonly key: string
  readonly gap: HistoryGap
}

export interface MessageRow {
  readonly kind: 'message'
  readonly key: number
  readonly message: Message
  /** First and last of a run of one sender: where the avatar stands and which corners are round. */
  readonly first: boolean
  readonly last: boolean
}

/** In a room: who came, went, and what was done to them. */
export interface HappeningsRow {
  readonly kind: 'happenings'
  readonly key: string
  readonly happenings: readonly Happening[]
}

export type Row = DayRow | UnreadRow | GapRow | MessageRow | HappeningsRow

const RUN_GAP_MS = 5 * 60_000
/** So many of another day, at most, are taken for late ones or wrong clocks. */
const FEW = 3

/** Same sender, same day, at most five minutes later. */
export function belongsToRun(earlier: Message, later: Message): boolean {
  return (
    earlier.direction === later.direction &&
    earlier.sender === later.sender &&
    isSameAuthor(earlier.author, later.author) &&
    later.sentAt - earlier.sentAt <= RUN_GAP_MS &&
    dayNumber(earlier.sentAt) === dayNumber(later.sentAt)
  )
}

/**
 * `messages` oldest first; the unread line stands before `unreadFromId` when that message is among them, a gap where it is
 * between two of them.
 */
export function toRows(
  messages: readonly Message[],
  unreadFromId: number | undefined,
  gaps: readonly HistoryGap[] = [],
): readonly Row[] {
  const rows: Row[] = []
  const days = headedDays(messages)
  messages.forEach((message, index) => {
    const [previous, next] = [messages[index - 1], messages[index + 1]]
    const gap = gapBetween(gaps, previous, message)
    if (gap) rows.push({ kind: 'gap', key: `gap ${gap.afterPlace}`, gap })
    if (days[index] === true) {
      // The message's id keeps the key unique should clocks have gone back.
      rows.push({ kind: 'day', key: `day ${dayNumber(message.sentAt)} ${message.id}`, at: message.sentAt })
    }
    if (message.id === unreadFromId) rows.push({ kind: 'unread', key: 'unread' })
    const isCut = message.id === unreadFromId || gap !== undefined
    const isCutNext = next?.id === unreadFromId || gapBetween(gaps, message, next) !== undefined
    rows.push({
      kind: 'message',
      key: message.id,
      message,
      first: isCut || previous === undefined || !belongsToRun(previous, message),
      last: isCutNext || next === undefined || !belongsToRun(message, next),
    })
  })
  return rows
}

/**
 * Before which messages a day is told. Order is the archive's, and times are the senders': a few whose clock was wrong, or that
 * waited long, stand among those they came with, without a line that leaves the day and one that comes back to it.
 */
function headedDays(messages: readonly Message[]): readonly boolean[] {
  const days = messages.map(({ sentAt }) => dayNumber(sentAt))
  let current: number | undefined
  return days.map((day, index) => {
    if (Object.is(day, current)) return false
    const next = days.slice(index + 1, index + 1 + FEW)
    if (countOf(current, next) > countOf(day, next)) return false
    current = day
    return true
  })
}

function countOf(day: number | undefined, days: readonly number[]): number {
  return days.filter((one) => one === day).length
}

function gapBetween(
  gaps: readonly HistoryGap[],
  earlier: Message | undefined,
  later: Message | undefined,
): HistoryGap | undefined {
  if (earlier === undefined || later === undefined) return undefined
  return gaps.find(({ afterPlace, beforePlace }) => afterPlace >= earlier.place && beforePlace <= later.place)
}

/** The index of the next row that is a message, going by `step` (1 or -1) from `from`; -1 when there is none. */
export function nextMessage(rows: readonly Row[], from: number, step: number): number {
  for (let index = from + step; index >= 0 && index < rows.length; index += step) {
    if (rows[index]?.kind === 'message') return index
  }
  return -1
}
