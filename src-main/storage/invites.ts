/** Table `invite_token`: what our invitations are known again by. */
import type { WritableDB } from './database.ts'
import type { InvitesStorage } from './invites.types.ts'

export function prepareInvites(db: WritableDB): InvitesStorage {
  const put = db.prepare<[number, string, number]>(
    'INSERT OR REPLACE INTO invite_token (account_id, token, expires_at) VALUES (?, ?, ?)',
  )
  const take = db.prepare<[number, string, number]>(
    'DELETE FROM invite_token WHERE account_id = ? AND token = ? AND expires_at > ?',
  )
  const clear = db.prepare<[number]>('DELETE FROM invite_token WHERE expires_at <= ?')
  return {
    putInviteToken: (accountId, token, expiresAt, now) => {
      clear.run(now)
      put.run(accountId, token, expiresAt)
    },
    takeInviteToken: (accountId, token, now) => take.run(accountId, token, now).changes === 1,
  }
}
