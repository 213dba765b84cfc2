/** Table `displayed`: up to where the devices of an account have displayed each chat (XEP-0490). */
import type { BareJid } from '../model/jid.ts'
import { prepareRefresh } from './conversations.ts'
import { inTransaction, type WritableDB } from './database.ts'
import type { DevicesStorage, DisplayedMark, MarkedMessage } from './devices.types.ts'

/** Of so many newest messages one has an id of the archive, or none is published. */
const LOOKED_AT = 200

export const DISPLAYED_QUERIES = {
  byStanzaId:
    'SELECT id, place, stanza_id AS stanzaId FROM message WHERE conversation_id = ? AND stanza_id = ?',
  newestRead: `
    SELECT id, place, stanza_id AS stanzaId FROM (
      SELECT id, place, stanza_id, direction, unread FROM message WHERE conversation_id = ?
      ORDER BY place DESC, id DESC LIMIT ${LOOKED_AT})
    WHERE direction = 'in' AND unread = 0 AND stanza_id IS NOT NULL ORDER BY place DESC, id DESC LIMIT 1`,
  readUpTo: `
    UPDATE message SET unread = 0
    WHERE conversation_id = :conversationId AND unread = 1 AND (place, id) <= (:place, :id)`,
} as const

type DisplayedStorage = Pick<
  DevicesStorage,
  | ('getDisplayedMark' | 'setDisplayedMark' | 'setDisplayedDue' | 'listDisplayedDue')
  | ('findByStanzaId' | 'findNewestRead' | 'markReadUpTo')
>

export function prepareDisplayed(db: WritableDB): DisplayedStorage {
  return { ...prepareMarks(db), ...prepareMessages(db) }
}

type Messages = 'findByStanzaId' | 'findNewestRead' | 'markReadUpTo'

function prepareMarks(db: WritableDB): Omit<DisplayedStorage, Messages> {
  const get = db.prepare<[number, BareJid], { stanzaId: string | null; due: 0 | 1 }>(
    'SELECT stanza_id AS stanzaId, due FROM displayed WHERE account_id = ? AND counterpart = ?',
  )
  const put = db.prepare<[number, BareJid, string]>(
    `INSERT INTO displayed (account_id, counterpart, stanza_id) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET stanza_id = excluded.stanza_id`,
  )
  const setDue = db.prepare<[number, BareJid, 0 | 1]>(
    `INSERT INTO displayed (account_id, counterpart, due) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET due = excluded.due`,
  )
  const due = db
    .prepare<[number], BareJid>(
      'SELECT counterpart FROM displayed WHERE account_id = ? AND due = 1 ORDER BY counterpart',
    )
    .pluck()
  return {
    getDisplayedMark(accountId, counterpart): DisplayedMark {
      const { stanzaId = null, due: isDue = 0 } = get.get(accountId, counterpart) ?? {}
      return { ...(stanzaId === null ? {} : { stanzaId }), due: isDue === 1 }
    },
    setDisplayedMark: (accountId, counterpart, stanzaId) => void put.run(accountId, counterpart, stanzaId),
    setDisplayedDue: (accountId, counterpart, isDue) =>
      void setDue.run(accountId, counterpart, isDue ? 1 : 0),
    listDisplayedDue: (accountId) => due.all(accountId),
  }
}

function prepareMessages(db: WritableDB): Pick<DisplayedStorage, Messages> {
  const byStanzaId = db.prepare<[number, string], MarkedMessage>(DISPLAYED_QUERIES.byStanzaId)
  const newestRead = db.prepare<[number], MarkedMessage>(DISPLAYED_QUERIES.newestRead)
  const readUpTo = db.prepare<{ conversationId: number; place: number; id: number }>(
    DISPLAYED_QUERIES.readUpTo,
  )
  const refresh = prepareRefresh(db)
  return {
    findByStanzaId: (conversationId, stanzaId) => byStanzaId.get(conversationId, stanzaId),
    findNewestRead: (conversationId) => newestRead.get(conversationId),
    markReadUpTo: inTransaction(db, (conversationId: number, { place, id }: MarkedMessage) => {
      const { changes } = readUpTo.run({ conversationId, place, id })
      if (changes > 0) refresh(conversationId, -changes)
      return changes
    }),
  }
}
