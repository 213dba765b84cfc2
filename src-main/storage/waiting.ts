/** Table `waiting_deed`: reactions and retractions that came before the message they are about; bounded. */
import type { Jid } from '../model/jid.ts'
import type { Author } from '../model/room.ts'
import type { WaitingBounds, WaitingDeed, WaitingFor } from './actions.types.ts'
import { inTransaction, type WritableDB } from './database.ts'

interface WaitingRow {
  readonly kind: WaitingDeed['kind']
  readonly sender: string
  readonly author: string | null
  readonly emoji: string
  readonly written_at: number
  readonly place: number
  readonly own_id: string | null
}

interface Parameters extends WaitingFor {
  readonly kind: WaitingDeed['kind']
  readonly sender: string
  readonly author: string | null
  readonly emoji: string
  readonly writtenAt: number
  readonly place: number
  readonly ownId: string | null
}

const PUT = `
INSERT INTO waiting_deed (account_id, counterpart, target_id, sender, author, kind, emoji, written_at, place, own_id)
VALUES (:accountId, :counterpart, :targetId, :sender, :author, :kind, :emoji, :writtenAt, :place, :ownId)
ON CONFLICT DO UPDATE SET emoji = excluded.emoji, written_at = excluded.written_at, place = excluded.place, own_id = excluded.own_id
WHERE CASE kind WHEN 'retraction' THEN excluded.place < place ELSE excluded.place >= place END`

const TRIM_SENDER = `
DELETE FROM waiting_deed WHERE id IN (
  SELECT id FROM waiting_deed WHERE account_id = :accountId AND counterpart = :counterpart AND sender = :sender
  ORDER BY id DESC LIMIT -1 OFFSET :most)`

const TRIM_ACCOUNT = `
DELETE FROM waiting_deed WHERE id IN (
  SELECT id FROM waiting_deed WHERE account_id = :accountId ORDER BY id DESC LIMIT -1 OFFSET :most)`

export const WAITING_QUERIES = {
  // Of most nothing waits, and that is known sooner.
  any: 'SELECT 1 FROM waiting_deed WHERE account_id = ? AND counterpart = ? AND target_id = ? LIMIT 1',
  take: `
    DELETE FROM waiting_deed WHERE account_id = ? AND counterpart = ? AND target_id = ?
      AND (kind = 'reactions' OR sender = ?)
    RETURNING kind, sender, author, emoji, written_at, place, own_id`,
} as const

export function prepareWaiting(db: WritableDB) {
  const put = db.prepare<Parameters>(PUT)
  const trimSender = db.prepare<{ accountId: number; counterpart: Jid; sender: string; most: number }>(
    TRIM_SENDER,
  )
  const trimAccount = db.prepare<{ accountId: number; most: number }>(TRIM_ACCOUNT)
  const any = db.prepare<[number, Jid, string], number>(WAITING_QUERIES.any).pluck()
  const take = db.prepare<[number, Jid, string, string], WaitingRow>(WAITING_QUERIES.take)

  function putWaiting(target: WaitingFor, deed: WaitingDeed, bounds: WaitingBounds): void {
    const { accountId, counterpart } = target
    const { kind, sender, writtenAt, place } = deed
    const emoji = JSON.stringify(deed.emoji)
    const author = deed.author === undefined ? null : JSON.stringify(deed.author)
    put.run({ ...target, kind, sender, author, writtenAt, place, emoji, ownId: deed.ownId || null })
    trimSender.run({ accountId, counterpart, sender, most: bounds.perSender })
    trimAccount.run({ accountId, most: bounds.perAccount })
  }
  return {
    putWaiting: inTransaction(db, putWaiting),
    takeWaiting: (
      { accountId, counterpart }: Omit<WaitingFor, 'targetId'>,
      sender: string,
      ids: readonly string[],
    ): readonly WaitingDeed[] =>
      [...new Set(ids)]
        .filter((id) => any.get(accountId, counterpart, id) !== undefined)
        .flatMap((id) => take.all(accountId, counterpart, id, sender))
        .map(toWaiting),
  }
}

function toWaiting(row: WaitingRow): WaitingDeed {
  return {
    kind: row.kind,
    sender: row.sender,
    emoji: JSON.parse(row.emoji) as string[],
    writtenAt: row.written_at,
    place: row.place,
    ...(row.author === null ? {} : { author: JSON.parse(row.author) as Author }),
    ...(row.own_id === null ? {} : { ownId: row.own_id }),
  }
}
