/** Tables `invitation`, `room_service` and `bookmark_due`. */
import type { BareJid, Jid } from '../model/jid.ts'
import type {
  BookmarksStorage,
  InvitationAnswer,
  KeptInvitation,
  NamedService,
  NewInvitation,
} from './bookmarks.types.ts'
import { inTransaction, type WritableDB } from './database.ts'
import { StorageError } from './storage.ts'

/** Answers that are remembered; older ones may be asked for again. */
export const MAX_ANSWERED = 1000
export const MAX_SERVICES = 24

export function prepareBookmarks(db: WritableDB): BookmarksStorage {
  return { ...prepareInvitations(db), ...prepareServices(db), ...prepareDue(db) }
}

interface InvitationRow {
  readonly id: number
  readonly account_id: number
  readonly room: BareJid
  readonly via: 'room' | 'direct'
  readonly inviter: Jid | null
  readonly sender: BareJid
  readonly reason: string
  readonly received_at: number
  readonly answer: InvitationAnswer | null
  readonly answered_at: number | null
}

const FIND = 'SELECT * FROM invitation'
const PUT = `
INSERT INTO invitation (account_id, room, via, inviter, sender, reason, received_at)
VALUES (:accountId, :room, :via, :from, :sender, :reason, :receivedAt)
ON CONFLICT DO UPDATE SET via = excluded.via, inviter = excluded.inviter, sender = excluded.sender,
  reason = excluded.reason, received_at = excluded.received_at, answer = NULL, answered_at = NULL
RETURNING *`

export const INVITATION_QUERIES = {
  waiting: `${FIND} WHERE answer IS NULL ORDER BY received_at DESC, id DESC`,
  to: `${FIND} WHERE account_id = ? AND room = ?`,
  count: 'SELECT count(*) FROM invitation WHERE account_id = ? AND answer IS NULL',
  countOf: 'SELECT count(*) FROM invitation WHERE account_id = ? AND sender = ? AND answer IS NULL',
} as const

type Invitations =
  | ('listInvitations' | 'findInvitation' | 'findInvitationTo')
  | ('putInvitation' | 'answerInvitation' | 'countInvitations')

function prepareInvitations(db: WritableDB): Pick<BookmarksStorage, Invitations> {
  const waiting = db.prepare<[], InvitationRow>(INVITATION_QUERIES.waiting)
  const byId = db.prepare<[number], InvitationRow>(`${FIND} WHERE id = ?`)
  const to = db.prepare<[number, BareJid], InvitationRow>(INVITATION_QUERIES.to)
  const put = db.prepare<Omit<NewInvitation, 'from'> & { from: Jid | null }, InvitationRow>(PUT)
  const answer = db.prepare<[InvitationAnswer, number, number]>(
    'UPDATE invitation SET answer = ?, answered_at = ? WHERE id = ?',
  )
  const trim = db.prepare<[number]>(
    `DELETE FROM invitation WHERE answer IS NOT NULL AND id NOT IN (
       SELECT id FROM invitation WHERE answer IS NOT NULL ORDER BY answered_at DESC LIMIT ?)`,
  )
  const count = db.prepare<[number], number>(INVITATION_QUERIES.count).pluck()
  const countOf = db.prepare<[number, BareJid], number>(INVITATION_QUERIES.countOf).pluck()
  const optional = (row: InvitationRow | undefined): KeptInvitation | undefined => row && toInvitation(row)
  return {
    listInvitations: () => waiting.all().map(toInvitation),
    findInvitation: (invitationId) => optional(byId.get(invitationId)),
    findInvitationTo: (accountId, room) => optional(to.get(accountId, room)),
    putInvitation(invitation) {
      const row = put.get({ ...invitation, from: invitation.from ?? null })
      if (row === undefined) throw new StorageError('other', 'the invitation was not written')
      return toInvitation(row)
    },
    answerInvitation: inTransaction(db, (invitationId: number, given: InvitationAnswer, at: number) => {
      answer.run(given, at, invitationId)
      trim.run(MAX_ANSWERED)
    }),
    countInvitations: (accountId, sender) =>
      (sender === undefined ? count.get(accountId) : countOf.get(accountId, sender)) ?? 0,
  }
}

function toInvitation(row: InvitationRow): KeptInvitation {
  return {
    ...{ id: row.id, accountId: row.account_id, room: row.room, via: row.via, sender: row.sender },
    ...(row.inviter === null ? {} : { from: row.inviter }),
    ...{ reason: row.reason, receivedAt: row.received_at },
    ...(row.answer === null ? {} : { answer: row.answer }),
    ...(row.answered_at === null ? {} : { answeredAt: row.answered_at }),
  }
}

function prepareServices(db: WritableDB): Pick<BookmarksStorage, 'listNamedServices' | 'putNamedService'> {
  const list = db.prepare<[number], NamedService>(
    'SELECT jid, kind FROM room_service WHERE account_id = ? ORDER BY used_at DESC, jid',
  )
  const put = db.prepare<{ accountId: number; jid: BareJid; kind: string; at: number }>(
    'INSERT OR REPLACE INTO room_service (account_id, jid, kind, used_at) VALUES (:accountId, :jid, :kind, :at)',
  )
  const trim = db.prepare<{ accountId: number; most: number }>(
    `DELETE FROM room_service WHERE account_id = :accountId AND (jid, kind) NOT IN (
       SELECT jid, kind FROM room_service WHERE account_id = :accountId ORDER BY used_at DESC, jid LIMIT :most)`,
  )
  return {
    listNamedServices: (accountId) => list.all(accountId),
    putNamedService: inTransaction(db, (accountId: number, { jid, kind }: NamedService, at: number) => {
      put.run({ accountId, jid, kind, at })
      trim.run({ accountId, most: MAX_SERVICES })
    }),
  }
}

type Due = 'listBookmarksDue' | 'isBookmarkDue' | 'setBookmarkDue'

function prepareDue(db: WritableDB): Pick<BookmarksStorage, Due> {
  const list = db
    .prepare<[number], BareJid>('SELECT room FROM bookmark_due WHERE account_id = ? ORDER BY room')
    .pluck()
  const one = db.prepare<[number, BareJid]>('SELECT 1 FROM bookmark_due WHERE account_id = ? AND room = ?')
  const add = db.prepare<[number, BareJid]>(
    'INSERT OR IGNORE INTO bookmark_due (account_id, room) VALUES (?, ?)',
  )
  const remove = db.prepare<[number, BareJid]>('DELETE FROM bookmark_due WHERE account_id = ? AND room = ?')
  return {
    listBookmarksDue: (accountId) => list.all(accountId),
    isBookmarkDue: (accountId, room) => one.get(accountId, room) !== undefined,
    setBookmarkDue: (accountId, room, due) => void (due ? add : remove).run(accountId, room),
  }
}
