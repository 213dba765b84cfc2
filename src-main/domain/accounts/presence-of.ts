/** The presence that the user wants an account to have: one of its own, or what holds for all. */
import type { OwnPresence } from '../../model/presence.ts'
import type { Tools } from '../tools.ts'

export function presenceOf({ storage }: Pick<Tools, 'storage'>, accountId: number): OwnPresence {
  return storage.getAccountPresence(accountId) ?? storage.getOwnPresence()
}

/** Whether the account is to have a stream at all. */
export function wantsStream({ storage }: Pick<Tools, 'storage'>, accountId: number): boolean {
  const enabled = storage.findAccount(accountId)?.enabled ?? false
  return enabled && presenceOf({ storage }, accountId).show !== 'offline'
}
