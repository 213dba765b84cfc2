/** How an account is connected: what the shell may call. */
import type { CheckedInput } from '../../contract/commands.ts'

export interface ConnectionsVerbs {
  /** Throws UserError 'not-found'. */
  setConnection(input: CheckedInput<'account.setConnection'>): void
  /** Throws UserError 'not-found' when the connection does not fail for this certificate (any more). */
  trustCertificate(input: CheckedInput<'account.trustCertificate'>): void
  forgetCertificate(input: CheckedInput<'account.forgetCertificate'>): void
}
