/** What a row of table `message` knows of its way, in the model's words. */
import type { Reception } from '../model/receipts.ts'

export interface ReceptionRow {
  readonly delivered_at: number | null
  readonly until_displayed_at: number | null
}

/** Displayed is what a marker named, and every own message before it, unless it went out only after that marker. */
export const RECEPTION_COLUMNS = `delivered_at, CASE direction WHEN 'out' THEN (
    SELECT marked.displayed_at FROM message AS marked
    WHERE marked.conversation_id = message.conversation_id AND marked.displayed_at IS NOT NULL
      AND (marked.place, marked.id) >= (message.place, message.id)
      AND marked.displayed_at >= coalesce(message.resent_at, 0)
    ORDER BY marked.place, marked.id LIMIT 1) END AS until_displayed_at`

export function toReception({ delivered_at, until_displayed_at }: ReceptionRow): Reception {
  return {
    ...(delivered_at === null ? {} : { deliveredAt: delivered_at }),
    ...(until_displayed_at === null ? {} : { displayedAt: until_displayed_at }),
  }
}
