/**
 * Messages out of the archive: each meets the row that it is, or becomes one, and stands between its neighbours in the
 * archive. `archive_order` says how the archive counts; `place`, which everything is sorted by, follows it.
 */
import type { Message } from '../model/message.ts'
import type { ArchivedOutcome, ArchivePosition, ArchiveStorage } from './archive.types.ts'
import { joiningTransaction, type WritableDB } from './database.ts'
import { prepareDuplicates, prepareUnnamedDuplicates } from './duplicates.ts'
import { MESSAGE_COLUMNS, toMessage, type MessageRow } from './message-rows.ts'
import { prepareWriteRow } from './messages.ts'
import { prepareCarryAlong, prepareRoom } from './places.ts'
import { StorageError, type NewMessage } from './storage.ts'

export function prepareArchived(db: WritableDB): Pick<ArchiveStorage, 'takeArchived' | 'readBefore'> {
  const findDuplicate = prepareDuplicates(db)
  const findUnnamed = prepareUnnamedDuplicates(db, 'from-archive')
  const add = prepareAdd(db)
  const settle = prepareSettle(db)
  const read = db.prepare<[number, number]>(
    'UPDATE message SET unread = 0 WHERE conversation_id = ? AND unread = 1 AND place < ?',
  )
  return {
    takeArchived: joiningTransaction(db, (message: NewMessage, position: ArchivePosition) => {
      const known = findDuplicate(message) ?? findUnnamed(message)
      return known === undefined ? add(message, position) : settle(known, message, position)
    }),
    readBefore: (conversationId, place) => read.run(conversationId, place).changes,
  }
}

type Take<A extends unknown[]> = (
  ...args: [...A, message: NewMessage, position: ArchivePosition]
) => ArchivedOutcome

function prepareAdd(db: WritableDB): Take<[]> {
  const makeRoom = prepareRoom(db)
  const writeRow = prepareWriteRow(db)
  const list = prepareList(db)

  return (message, { order, stampMs }) => {
    const { place, pushed } = makeRoom(message.conversationId, order, stampMs * 1000)
    const row = writeRow({ ...message, place }, order)
    return { kind: 'added', message: row, moved: list(pushed) }
  }
}

interface KnownRow {
  readonly place: number
  readonly archive_order: number | null
  readonly stanza_id: string | null
  readonly state: Message['state']
}

function prepareSettle(db: WritableDB): Take<[id: number]> {
  const makeRoom = prepareRoom(db)
  const carryAlong = prepareCarryAlong(db)
  const list = prepareList(db)
  const find = db.prepare<[number], KnownRow>(
    'SELECT place, archive_order, stanza_id, state FROM message WHERE id = ?',
  )
  const update = db.prepare(`
    UPDATE message SET archive_order = :order, place = :place, stanza_id = coalesce(:stanzaId, stanza_id),
      sent_at = CASE WHEN :place = place THEN sent_at ELSE :sentAt END,
      state = CASE state WHEN 'pending' THEN 'sent' ELSE state END
    WHERE id = :id`)

  return (id, message, position) => {
    const row = find.get(id)
    if (row === undefined) throw new StorageError('other', 'a row that was just there is gone')
    if (isSettled(row, message, position))
      return { kind: 'known', message: list([id])[0] as Message, moved: [] }
    const { order, stampMs } = position
    const { place, pushed } = makeRoom(message.conversationId, order, stampMs * 1000, {
      id,
      place: row.place,
    })
    update.run({ id, order, place, stanzaId: message.stanzaId ?? null, sentAt: message.sentAt })
    const carried = carryAlong(message.conversationId, { id, from: row.place, to: place })
    const others = [...new Set([...pushed, ...carried])].filter((other) => other !== id)
    const moved = list(place !== row.place || row.state === 'pending' ? [id, ...others] : others)
    return { kind: 'known', message: list([id])[0] as Message, moved }
  }
}

/**
 * A row that has its number keeps it, unless it was given in another count, of its conversation alone. Of one message that
 * the archive has twice (sent again under the same id) the older counts, whichever came here first.
 */
function isSettled(row: KnownRow, { stanzaId }: NewMessage, { order, settled }: ArchivePosition): boolean {
  const { archive_order: known, stanza_id } = row
  if (known === null) return false
  if (stanza_id !== stanzaId) return order >= known
  return known >= settled.first && known <= settled.last
}

function prepareList(db: WritableDB): (ids: readonly number[]) => Message[] {
  const one = db.prepare<[number], MessageRow>(`SELECT ${MESSAGE_COLUMNS} FROM message WHERE id = ?`)
  return (ids) => ids.flatMap((id) => one.get(id) ?? []).map(toMessage)
}
