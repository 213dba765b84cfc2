/** Invitations: what may be asked of the database. */
export interface InvitesStorage {
  /** Those that are over at `now` go. `expiresAt`, `now`: epoch milliseconds. */
  putInviteToken(accountId: number, token: string, expiresAt: number, now: number): void
  /** True once for a token of ours that still holds. */
  takeInviteToken(accountId: number, token: string, now: number): boolean
}
