/** Invitations: what the shell may call. */
import type { CheckedInput } from '../../contract/commands.ts'
import type { Invite, InviteAnswer } from '../../model/invites.ts'

export interface InvitesVerbs {
  /** Throws UserError 'offline'. */
  createInvite(accountId: number): Promise<Invite>
  /** Whether the server lets us invite to accounts. Throws UserError as createAccountInvite does. */
  offersAccountInvites(accountId: number): Promise<boolean>
  /** Throws UserError: 'offline', 'refused-by-server', 'request-timeout', 'unreadable-answer'. */
  createAccountInvite(input: CheckedInput<'invite.createAccount'>): Promise<InviteAnswer>
}
