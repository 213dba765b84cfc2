/** Accounts on their servers: a new one, a new password, the end of one. What the shell may call. */
import type { CheckedInput } from '../../contract/commands.ts'
import type { ServerList } from '../../model/servers.ts'
import type { Registration } from '../../model/services.ts'

export interface RegistrationVerbs {
  /** Throws UserError: 'wrong-password', 'offline', 'refused-by-server', 'request-timeout'. */
  changePassword(input: CheckedInput<'account.changePassword'>): Promise<void>
  /** The newest that is here. */
  serverList(): ServerList
  /** Throws UserError: 'not-found', 'unreadable-answer'. */
  updateServerList(): Promise<ServerList>
  /** What the server asks for. Throws UserError as Creation does. */
  beginRegistration(input: CheckedInput<'registration.begin'>): Promise<Registration>
  /** Anew, with another challenge. Throws as submitRegistration does. */
  renewRegistration(): Promise<Registration>
  submitRegistration(input: CheckedInput<'registration.submit'>): Promise<void>
  cancelRegistration(): void
  deleteOnServer(input: CheckedInput<'account.deleteOnServer'>): Promise<void>
}
