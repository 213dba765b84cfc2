/**
 * Whether a message is there already. The server may deliver one twice: after a resumption that failed, from offline
 * storage after a crash between our commit and our acknowledgement, and once more out of the archive.
 */
import type { Jid } from '../model/jid.ts'
import type { WritableDB } from './database.ts'
import { BY_ORIGIN_ID, BY_OTHER_ORIGIN_ID, type SenderOrigin } from './origin-ids.ts'
import type { NewMessage } from './storage.ts'

// A sender may number its messages anew each time it starts ("1", "2", …); another body under the same `id` is another
// message, and dropping it would lose it. It is compared with the words before any correction; what was taken back has none. Only the latest few are compared, so that one sender can't make it slow.
const COMPARED = 16
// The same words under the same number that the archive has twice: within this they were sent again, beyond it anew.
const AGAIN_MS = 10 * 60_000
// A message without any id: the clocks of two servers and of this machine differ by less.
const CLOCKS_DIFFER_MS = 60_000
const UNNAMED_COMPARED = 100

export const DUPLICATE_QUERIES = {
  byStanzaId: 'SELECT id FROM message WHERE conversation_id = ? AND stanza_id = ?',
  // Most are new, and that is known sooner.
  anyByMessageId: `
    SELECT 1 FROM message WHERE conversation_id = ? AND sender = ? AND message_id = ? LIMIT 1`,
  byMessageId: `
    SELECT id FROM (
      SELECT id, body, stanza_id, sent_at, corrected_at, retracted_at FROM message
      WHERE conversation_id = :conversationId AND sender = :sender AND message_id = :messageId
      ORDER BY id DESC LIMIT ${COMPARED}) AS same
    WHERE (retracted_at IS NOT NULL OR :body = CASE WHEN corrected_at IS NULL THEN body ELSE
        (SELECT r.body FROM revision AS r WHERE r.message_row = same.id AND r.is_first = 1) END)
      AND (stanza_id IS NULL OR :stanzaId IS NULL OR abs(sent_at - :sentAt) <= ${AGAIN_MS}) LIMIT 1`,
  unnamed: `
    SELECT id FROM (
      SELECT id, sender, body, sent_at, message_id, origin_id, archive_order FROM message
      WHERE conversation_id = :conversationId AND place BETWEEN :from AND :to ORDER BY place LIMIT ${UNNAMED_COMPARED})
    WHERE sender = :sender AND body = :body AND message_id IS NULL AND origin_id IS NULL
      AND (archive_order IS NULL) = :fromArchive
    ORDER BY abs(sent_at - :sentAt) LIMIT 1`,
} as const

type Compared = Pick<NewMessage, 'conversationId' | 'sender' | 'body' | 'sentAt'> & {
  readonly messageId?: string
  readonly stanzaId?: string | null
  readonly from?: number
  readonly to?: number
  readonly fromArchive?: 0 | 1
}

/** The id of the message that `message` repeats, by the rules of Storage.insertMessage. An empty id is no id. */
export function prepareDuplicates(db: WritableDB): (message: NewMessage) => number | undefined {
  const byStanzaId = db.prepare<[number, string], number>(DUPLICATE_QUERIES.byStanzaId).pluck()
  const byOriginId = db.prepare<SenderOrigin, number>(BY_ORIGIN_ID).pluck()
  const byOtherOriginId = db.prepare<SenderOrigin, number>(BY_OTHER_ORIGIN_ID).pluck()
  const anyByMessageId = db.prepare<[number, Jid, string], number>(DUPLICATE_QUERIES.anyByMessageId).pluck()
  const byMessageId = db.prepare<Compared, number>(DUPLICATE_QUERIES.byMessageId).pluck()

  return ({ conversationId, sender, body, sentAt, stanzaId, originId, messageId }) => {
    const same = stanzaId ? byStanzaId.get(conversationId, stanzaId) : undefined
    if (same !== undefined) return same
    const isIdKnown = !!messageId && anyByMessageId.get(conversationId, sender, messageId) !== undefined
    // Where no message has this as its id, none has it as both.
    const find = originId === messageId && !isIdKnown ? byOtherOriginId : byOriginId
    return (
      (originId ? find.get({ conversationId, sender, originId }) : undefined) ??
      (isIdKnown
        ? byMessageId.get({ conversationId, sender, body, sentAt, messageId, stanzaId: stanzaId ?? null })
        : undefined)
    )
  }
}

/**
 * The same for a message that has no id of its own, and came once from the archive and once from elsewhere: the nearest one
 * with the same words by the same sender at about the same time. A person may well say the same thing twice, so two that
 * came the same way are two.
 */
export function prepareUnnamedDuplicates(
  db: WritableDB,
  came: 'from-archive' | 'otherwise',
): (message: NewMessage) => number | undefined {
  const fromArchive = came === 'from-archive' ? 1 : 0
  const find = db.prepare<Compared, number>(DUPLICATE_QUERIES.unnamed).pluck()
  return ({ conversationId, sender, body, sentAt, originId, messageId }) => {
    if (originId || messageId) return undefined
    const from = (sentAt - CLOCKS_DIFFER_MS) * 1000
    const to = (sentAt + CLOCKS_DIFFER_MS) * 1000
    return find.get({ conversationId, sender, body, sentAt, from, to, fromArchive })
  }
}
