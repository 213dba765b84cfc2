/** The archive (XEP-0313): catching up, older history, gaps: its part of the table of commands. */
import type { archiveCommands } from '../../../contract/commands/archive.ts'
import type { Handlers } from '../../../contract/commands.ts'
import type { HandlerTools } from '../handler-tools.ts'

export function createArchiveHandlers({ app }: HandlerTools): Pick<Handlers, keyof typeof archiveCommands> {
  return {
    'archive.loadOlder': (input) => app.loadOlder(input),
    'archive.fetchOriginal': ({ messageId }) => app.fetchOriginal(messageId),
    'archive.preferences': ({ accountId }) => app.archivePreferences(accountId),
    'archive.setPreferences': (input) => app.setArchivePreferences(input),
  }
}
