import type { DataForm } from './form.ts'

/** An invitation to become a contact, or to an account, which somebody else opens. */
export interface Invite {
  /** `xmpp:romeo@montague.example?roster;preauth=…` */
  readonly uri: string
  /** Who has no account gets one by it, on the server that made it. */
  readonly opensAccount?: true
  /** A page for who has no program yet; only servers make those. */
  readonly landing?: string
  /** Epoch milliseconds; absent: never. */
  readonly expiresAt?: number
}

/** What a server says that is to make an invitation to an account. */
export type InviteAnswer =
  | { readonly kind: 'made'; readonly invite: Invite }
  /** It wants to know more first. */
  | { readonly kind: 'asked'; readonly form: DataForm }
