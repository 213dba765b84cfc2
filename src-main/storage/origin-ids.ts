/** Which message an origin id (XEP-0359) names. Most have it as their `id` too, and are not in the index of origin ids. */

export interface SenderOrigin {
  readonly conversationId: number
  readonly sender: string
  readonly originId: string
}

const OF_SENDER = 'FROM message WHERE conversation_id = :conversationId AND sender = :sender'

/** Of those whose `id` is another, or that have none. */
export const BY_OTHER_ORIGIN_ID = `
  SELECT id ${OF_SENDER} AND origin_id = :originId AND origin_id IS NOT message_id`

export const BY_ORIGIN_ID = `${BY_OTHER_ORIGIN_ID}
  UNION ALL SELECT id ${OF_SENDER} AND message_id = :originId AND origin_id = message_id LIMIT 1`
