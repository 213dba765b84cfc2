/** From messages to the rows of the log: days, the unread line, and runs of one sender. Pure, so that it is easy to trust. */
import type { Message } from '../../../src-main/model/message.ts'
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

export interface MessageRow {
  readonly kind: 'message'
  readonly key: number
  readonly message: Message
  /** First and last of a run of one sender: where the avatar stands and which corners are round. */
  readonly first: boolean
  readonly last: boolean
}

export type Row = DayRow | UnreadRow | MessageRow

const RUN_GAP_MS = 5 * 60_000

/** Same sender, same day, at most five minutes later. */
export function belongsToRun(earlier: Message, later: Message): boolean {
  return (
    earlier.direction === later.direction &&
    earlier.sender === later.sender &&
    later.sentAt - earlier.sentAt <= RUN_GAP_MS &&
    dayNumber(earlier.sentAt) === dayNumber(later.sentAt)
  )
}

/** `messages` oldest first; the unread line stands before `unreadFromId` when that message is among them. */
export function toRows(messages: readonly Message[], unreadFromId: number | undefined): readonly Row[] {
  const rows: Row[] = []
  messages.forEach((message, index) => {
    const previous = messages[index - 1]
    const next = messages[index + 1]
    if (previous === undefined || dayNumber(previous.sentAt) !== dayNumber(message.sentAt)) {
      // The message's id keeps the key unique should clocks have gone back.
      rows.push({ kind: 'day', key: `day ${dayNumber(message.sentAt)} ${message.id}`, at: message.sentAt })
    }
    if (message.id === unreadFromId) rows.push({ kind: 'unread', key: 'unread' })
    rows.push({
      kind: 'message',
      key: message.id,
      message,
      first: message.id === unreadFromId || previous === undefined || !belongsToRun(previous, message),
      last: next === undefined || next.id === unreadFromId || !belongsToRun(message, next),
    })
  })
  return rows
}

/**
 * Whether rows came or went at the start while the rest stayed: then a list keeps its place from the end, else from the start.
 */
export function changedAtStart(before: readonly Row[], after: readonly Row[]): boolean {
  const old = firstMessage(before)
  const now = firstMessage(after)
  if (old === undefined || now === undefined || old === now) return false
  const same = lastMessage(before) === lastMessage(after)
  return same && (hasMessage(after, old) || hasMessage(before, now))
}

/** The index of the next row that is a message, going by `step` (1 or -1) from `from`; -1 when there is none. */
export function nextMessage(rows: readonly Row[], from: number, step: number): number {
  for (let index = from + step; index >= 0 && index < rows.length; index += step) {
    if (rows[index]?.kind === 'message') return index
  }
  return -1
}

function firstMessage(rows: readonly Row[]): number | undefined {
  return rows.find((row) => row.kind === 'message')?.key
}

function lastMessage(rows: readonly Row[]): number | undefined {
  return rows.findLast((row) => row.kind === 'message')?.key
}

function hasMessage(rows: readonly Row[], id: number): boolean {
  return rows.some((row) => row.key === id)
}
