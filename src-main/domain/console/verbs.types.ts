/** The XML console: what the shell may call. */
import type { CheckedInput } from '../../contract/commands.ts'
import type { ConsoleContent, SentStanza, StanzaCheck } from '../../model/console.ts'
import type { TrafficWatcher } from './traffic.ts'

export interface ConsoleVerbs {
  /** Records the account's stream from now on until `closeConsole`; throws UserError 'not-found'. */
  openConsole(accountId: number, watcher: TrafficWatcher): ConsoleContent
  closeConsole(accountId: number): void
  clearConsole(accountId: number): void
  checkStanza(input: CheckedInput<'console.check'>): StanzaCheck
  /** Sent only without a problem and with every risk confirmed; throws UserError 'offline'. */
  sendStanza(input: CheckedInput<'console.send'>): SentStanza
  /** These of the recorded stanzas as one XML document, in order. */
  consoleDocument(accountId: number, numbers: readonly number[]): string
  /** One recorded stanza as text; throws UserError 'not-found'. */
  consoleText(accountId: number, number: number): string
}
