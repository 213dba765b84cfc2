/** Tables `stream_session` and `stream_sent`: what a restart needs to go on with a session (XEP-0198 §5). */
import type { FullJid } from '../model/jid.ts'
import { inTransaction, unsynced, type WritableDB } from './database.ts'
import type { KeptSession, SentNumber, StreamsStorage } from './streams.types.ts'

export function prepareStreams(db: WritableDB): StreamsStorage {
  return { ...prepareSessions(db), ...prepareSent(db) }
}

interface SessionRow {
  readonly accountId: number
  readonly id: string
  readonly jid: FullJid
  readonly maxSeconds: number | null
  readonly host: string | null
  readonly port: number | null
  readonly directTls: number
  readonly rosterVersioning: number
  readonly preApproval: number
  readonly clientState: number
  readonly handled: number
  readonly seenAt: number
}

function prepareSessions(db: WritableDB) {
  const one = db.prepare<[number], SessionRow>(
    `SELECT account_id AS accountId, session_id AS id, jid, max_seconds AS maxSeconds, location_host AS host,
       location_port AS port, location_direct_tls AS directTls, roster_versioning AS rosterVersioning,
       pre_approval AS preApproval, client_state AS clientState, handled, seen_at AS seenAt
     FROM stream_session WHERE account_id = ?`,
  )
  const put = db.prepare<[SessionRow]>(
    `INSERT OR REPLACE INTO stream_session (account_id, session_id, jid, max_seconds, location_host, location_port,
       location_direct_tls, roster_versioning, pre_approval, client_state, handled, seen_at)
     VALUES (:accountId, :id, :jid, :maxSeconds, :host, :port, :directTls, :rosterVersioning, :preApproval, :clientState, :handled,
       :seenAt)`,
  )
  const remove = db.prepare<[number]>('DELETE FROM stream_session WHERE account_id = ?')
  const handle = db.prepare<[number, number, number]>(
    'UPDATE stream_session SET handled = ?, seen_at = ? WHERE account_id = ?',
  )
  const forgetNumbers = db.prepare<[number]>(
    'UPDATE stream_sent SET number = NULL WHERE account_id = ? AND number IS NOT NULL',
  )
  return {
    findSession(accountId: number): KeptSession | undefined {
      const row = one.get(accountId)
      return row && toSession(row)
    },
    putSession: inTransaction(db, (accountId: number, session: KeptSession) => {
      forgetNumbers.run(accountId)
      put.run(toRow(accountId, session))
    }),
    deleteSession: inTransaction(db, (accountId: number) => {
      forgetNumbers.run(accountId)
      remove.run(accountId)
    }),
    keepHandled: unsynced(db, (accountId: number, handled: number, seenAt: number) => {
      handle.run(handled, seenAt, accountId)
    }),
    forgetNumbers: (accountId: number) => void forgetNumbers.run(accountId),
  }
}

function prepareSent(db: WritableDB) {
  const all = db.prepare<[number], { readonly stanzaId: string; readonly number: number | null }>(
    'SELECT stanza_id AS stanzaId, number FROM stream_sent WHERE account_id = ?',
  )
  const put = db.prepare<[number, string, number]>(
    'INSERT OR REPLACE INTO stream_sent (account_id, stanza_id, number) VALUES (?, ?, ?)',
  )
  const remove = db.prepare<[number, string]>(
    'DELETE FROM stream_sent WHERE account_id = ? AND stanza_id = ?',
  )
  return {
    listSent: (accountId: number): readonly SentNumber[] =>
      all.all(accountId).map(({ stanzaId, number }) => ({ stanzaId, number: number ?? undefined })),
    keepSent: unsynced(db, (accountId: number, stanzaId: string, number: number) => {
      put.run(accountId, stanzaId, number)
    }),
    forgetSent: unsynced(db, (accountId: number, stanzaId: string) => {
      remove.run(accountId, stanzaId)
    }),
  }
}

function toSession(row: SessionRow): KeptSession {
  const { id, jid, maxSeconds, host, port, directTls, handled, seenAt } = row
  return {
    ...{ id, jid, handled, seenAt },
    ...(maxSeconds === null ? {} : { maxSeconds }),
    ...(host === null || port === null ? {} : { location: { host, port, directTls: directTls === 1 } }),
    features: {
      rosterVersioning: row.rosterVersioning === 1,
      preApproval: row.preApproval === 1,
      clientState: row.clientState === 1,
    },
  }
}

function toRow(accountId: number, session: KeptSession): SessionRow {
  const { id, jid, maxSeconds, location, features, handled, seenAt } = session
  return {
    ...{ accountId, id, jid, handled, seenAt },
    maxSeconds: maxSeconds ?? null,
    host: location?.host ?? null,
    port: location?.port ?? null,
    directTls: Number(location?.directTls ?? false),
    rosterVersioning: Number(features.rosterVersioning),
    preApproval: Number(features.preApproval),
    clientState: Number(features.clientState),
  }
}
