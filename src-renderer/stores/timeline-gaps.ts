/** What is known of gaps in a window onto history, put together from what each page tells. */
import type { HistoryGap, Message, MessagePage } from '../../src-main/model/message.ts'

/** A page knows all gaps in it and at its ends; of the others, what was known stays. In order. */
export function mergeGaps(
  known: readonly HistoryGap[],
  { messages, gaps = [] }: Pick<MessagePage, 'messages' | 'gaps'>,
): readonly HistoryGap[] {
  const [first, last] = [messages[0], messages.at(-1)]
  if (first === undefined || last === undefined) return known
  const elsewhere = known.filter(
    ({ afterPlace, beforePlace }) => beforePlace < first.place || afterPlace > last.place,
  )
  const byStart = new Map([...elsewhere, ...gaps].map((gap) => [gap.afterPlace, gap]))
  return [...byStart.values()].sort((a, b) => a.afterPlace - b.afterPlace)
}

/** The row behind a gap, from which it is filled; undefined when it is not loaded. */
export function rowAfter(messages: readonly Message[], gap: HistoryGap): Message | undefined {
  return messages.find(({ place }) => place >= gap.beforePlace)
}
