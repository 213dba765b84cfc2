/** What strangers send: conversations that wait until the user takes them. Plain types and what is announced. */

/** Which strangers are kept out: this address, or all of its server. */
export type BlockScope = 'address' | 'domain'

/** XEP-0377 §4. */
export type ReportReason = 'spam' | 'abuse'

export interface RequestsEvents {
  /** Whether the account's server takes reports of who is blocked. */
  'reporting.learned': { readonly accountId: number; readonly reporting: boolean }
}

export interface RequestsState {
  /** Accounts whose servers take reports. */
  readonly reporting: readonly number[]
}
