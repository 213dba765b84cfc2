/** Table `account`: the order of accounts, and a presence of their own. */
import type { AccountPresence } from '../model/accounts.ts'
import { SHOWS, type OwnPresence } from '../model/presence.ts'
import type { AccountsStorage } from './accounts.types.ts'
import { inTransaction, type WritableDB } from './database.ts'

interface PresenceRow {
  readonly id: number
  readonly own_show: string
  readonly own_status: string
}

export function prepareAccountOrder(db: WritableDB): AccountsStorage {
  const ids = db.prepare<[], number>('SELECT id FROM account ORDER BY position, id').pluck()
  const place = db.prepare<[number, number]>('UPDATE account SET position = ? WHERE id = ?')
  const presences = db.prepare<[], PresenceRow>(
    'SELECT id, own_show, own_status FROM account WHERE own_show IS NOT NULL ORDER BY position, id',
  )
  const presence = db.prepare<[number], PresenceRow>(
    'SELECT id, own_show, own_status FROM account WHERE id = ? AND own_show IS NOT NULL',
  )
  const setPresence = db.prepare<[string | null, string, number]>(
    'UPDATE account SET own_show = ?, own_status = ? WHERE id = ?',
  )
  return {
    arrangeAccounts: inTransaction(db, (accountIds: readonly number[]) => {
      const wanted = new Set(accountIds)
      const rest = ids.all().filter((id) => !wanted.has(id))
      for (const [position, id] of [...wanted, ...rest].entries()) place.run(position, id)
    }),
    getAccountPresence(accountId) {
      const row = presence.get(accountId)
      return row && toPresence(row).presence
    },
    setAccountPresence: (accountId, chosen) =>
      void setPresence.run(chosen?.show ?? null, chosen?.status ?? '', accountId),
    listAccountPresences: () => presences.all().map(toPresence),
  }
}

/** A show that this version does not know is as if nobody had chosen. */
function toPresence({ id, own_show, own_status }: PresenceRow): AccountPresence {
  const show = [...SHOWS, 'offline' as const].find((known) => known === own_show) ?? 'online'
  const presence: OwnPresence = { show, status: own_status }
  return { accountId: id, presence }
}
