/** Finding words in the history: its part of the table of commands. */
import type { searchCommands } from '../../../contract/commands/search.ts'
import type { Handlers } from '../../../contract/commands.ts'
import type { HandlerTools } from '../handler-tools.ts'

export function createSearchHandlers({ app }: HandlerTools): Pick<Handlers, keyof typeof searchCommands> {
  return {
    'search.find': (input, { windowId }) => app.findWords(windowId, input),
    'search.cancel': (_input, { windowId }) => app.cancelSearch(windowId),
  }
}
