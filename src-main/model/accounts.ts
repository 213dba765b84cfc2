/** Several accounts side by side: how one is told from another, its own presence, what is announced of both. */
import type { BareJid } from './jid.ts'
import type { OwnPresence } from './presence.ts'

/** In the order in which new accounts get them. */
export const ACCOUNT_COLORS = ['blue', 'orange', 'green', 'purple', 'teal', 'pink', 'yellow', 'grey'] as const
export type AccountColor = (typeof ACCOUNT_COLORS)[number]

export const MAX_LABEL_LENGTH = 64

/** How the user tells an account from the others. */
export interface AccountLook {
  /** What the user calls it; empty: nothing but its address. */
  readonly label: string
  readonly color: AccountColor
}

/** What the user chose for one account alone, in place of what holds for all. */
export interface AccountPresence {
  readonly accountId: number
  readonly presence: OwnPresence
}

/** The name to show for an account: the user's, else its address. */
export function accountName({ jid, label }: { readonly jid: BareJid; readonly label?: string }): string {
  return label === undefined || label === '' ? jid : label
}

export interface AccountsEvents {
  /** All of them, in their new order. */
  'account.arranged': { readonly accountIds: readonly number[] }
  /** null: it follows what holds for all. */
  'presence.accountChanged': { readonly accountId: number; readonly presence: OwnPresence | null }
}

export interface AccountsState {
  /** Of those accounts alone that have one of their own. */
  readonly accountPresences: readonly AccountPresence[]
}
