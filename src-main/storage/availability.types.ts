/** Availability: own presence in detail, blocked addresses: what the domain may ask of the database. */
import type { AccountPriority, AwayRules } from '../model/availability.ts'
import type { Jid } from '../model/jid.ts'

export interface AvailabilityStorage {
  /** 0 unless the user set another. */
  getPriority(accountId: number): number
  setPriority(priority: AccountPriority): void
  listPriorities(): readonly AccountPriority[]

  getAwayRules(): AwayRules
  setAwayRules(rules: AwayRules): void

  /** The latest first. */
  listRecentStatuses(): readonly string[]
  /** Moves it to the front; the oldest beyond ten are forgotten. */
  addRecentStatus(text: string): void
  clearRecentStatuses(): void

  /** As the server said last, by the alphabet. */
  listBlocked(accountId: number): readonly Jid[]
  replaceBlocked(accountId: number, jids: readonly Jid[]): void
  changeBlocked(accountId: number, change: { added: readonly Jid[]; removed: readonly Jid[] }): void
}
