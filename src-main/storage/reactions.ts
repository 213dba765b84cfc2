/** Table `reaction`: of each sender the set that holds, and since when. */
import type { Message } from '../model/message.ts'
import type { NewReactions } from './actions.types.ts'
import { inTransaction, type WritableDB } from './database.ts'
import { MESSAGE_COLUMNS, toMessage, type MessageRow } from './message-rows.ts'

interface ReactionRow {
  readonly emoji: string
  readonly place: number
  readonly own_id: string | null
}

interface Parameters {
  readonly id: number
  readonly sender: string
  readonly author: string | null
  readonly emoji: string
  readonly place: number
  readonly ownId: string | null
}

const SET = `
INSERT INTO reaction (message_row, sender, author, emoji, place, own_id)
SELECT id, :sender, :author, :emoji, :place, :ownId FROM message WHERE id = :id AND retracted_at IS NULL
ON CONFLICT DO UPDATE SET author = excluded.author, emoji = excluded.emoji, place = excluded.place, own_id = excluded.own_id`

export function prepareReactions(db: WritableDB) {
  const one = db.prepare<[number, string], ReactionRow>(
    'SELECT emoji, place, own_id FROM reaction WHERE message_row = ? AND sender = ?',
  )
  const set = db.prepare<Parameters>(SET)
  const reactedBy = db.prepare<[number, string, number], MessageRow>(
    `SELECT ${MESSAGE_COLUMNS} FROM message WHERE conversation_id = ?
       AND id IN (SELECT message_row FROM reaction WHERE sender = ?) ORDER BY place DESC LIMIT ?`,
  )
  const message = db.prepare<[number], MessageRow>(`SELECT ${MESSAGE_COLUMNS} FROM message WHERE id = ?`)

  /** The later one holds (XEP-0444 §4.1); of two of one time the one that came last, as an archive gives them in order. */
  function setReactions(id: number, reactions: NewReactions): Message | undefined {
    const { sender, place, settled } = reactions
    const ownId = reactions.ownId || null
    const emoji = JSON.stringify(reactions.emoji)
    const known = one.get(id, sender)
    const isSame = known !== undefined && ownId !== null && known.own_id === ownId
    if (known !== undefined && (isSame ? !settled : known.place > place)) return undefined
    const author = reactions.author === undefined ? null : JSON.stringify(reactions.author)
    set.run({ id, sender, author, emoji, place, ownId })
    if ((known?.emoji ?? '[]') === emoji) return undefined
    const row = message.get(id)
    return row && toMessage(row)
  }
  return {
    setReactions: inTransaction(db, setReactions),
    listReactedBy: (conversationId: number, sender: string, most: number): readonly Message[] =>
      reactedBy.all(conversationId, sender, most).map(toMessage),
    listReactions: (messageId: number, sender: string): readonly string[] =>
      JSON.parse(one.get(messageId, sender)?.emoji ?? '[]') as string[],
  }
}
