/** What is missing in a conversation that its archive still has: a gap not caught up with, and what is older than all. */
import type { HistoryGap } from '../model/message.ts'
import type { ArchiveStorage, ConversationHistory } from './archive.types.ts'
import type { WritableDB } from './database.ts'

interface Known {
  readonly gap_after: number | null
  readonly complete: 0 | 1
}

interface Row {
  readonly id: number
  readonly place: number
}

export const HISTORY_QUERIES = {
  known: `
    SELECT a.gap_after, max(a.from_start, coalesce(k.from_start, 0)) AS complete FROM conversation AS c
    JOIN archive AS a ON a.account_id = c.account_id
    LEFT JOIN conversation_archive AS k ON k.conversation_id = c.id WHERE c.id = ? AND c.kind <> 'room'`,
  knownOfRoom: 'SELECT gap_after, from_start AS complete FROM room_archive WHERE conversation_id = ?',
  lastBeforeGap: `
    SELECT id, place FROM message WHERE conversation_id = ? AND (archive_order IS NOT NULL OR id <= ?)
    ORDER BY place DESC, id DESC LIMIT 1`,
  next: `SELECT place FROM message WHERE conversation_id = ? AND (place, id) > (?, ?) ORDER BY place, id LIMIT 1`,
} as const

export function prepareHistory(db: WritableDB): Pick<ArchiveStorage, 'historyOf'> {
  const findKnown = db.prepare<[number], Known>(HISTORY_QUERIES.known)
  const findKnownOfRoom = db.prepare<[number], Known>(HISTORY_QUERIES.knownOfRoom)
  const findLower = db.prepare<[number, number], Row>(HISTORY_QUERIES.lastBeforeGap)
  const findNext = db.prepare<[number, number, number], number>(HISTORY_QUERIES.next).pluck()

  function findGap(conversationId: number, gapAfter: number): HistoryGap | undefined {
    const lower = findLower.get(conversationId, gapAfter)
    const beforePlace = lower && findNext.get(conversationId, lower.place, lower.id)
    return lower && beforePlace !== undefined ? { afterPlace: lower.place, beforePlace } : undefined
  }

  return {
    historyOf(conversationId, fromPlace, toPlace): ConversationHistory {
      const known = findKnownOfRoom.get(conversationId) ?? findKnown.get(conversationId)
      if (known === undefined) return { gaps: [], olderInArchive: false }
      const gap = known.gap_after === null ? undefined : findGap(conversationId, known.gap_after)
      const touches = gap !== undefined && gap.afterPlace <= toPlace && gap.beforePlace >= fromPlace
      return { gaps: touches ? [gap] : [], olderInArchive: known.complete === 0 }
    },
  }
}
