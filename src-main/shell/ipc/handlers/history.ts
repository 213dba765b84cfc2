/** The history as a whole: its part of the table of commands. */
import type { historyCommands } from '../../../contract/commands/history.ts'
import type { Handlers } from '../../../contract/commands.ts'
import type { HandlerTools } from '../handler-tools.ts'

export function createHistoryHandlers({
  app,
  desktop,
  exporter,
  backups,
}: HandlerTools): Pick<Handlers, keyof typeof historyCommands> {
  return {
    'conversation.deleteHistory': (input) => app.deleteHistory(input),
    'export.start': (input, { windowId }) => exporter.start(windowId, input),
    'export.cancel': () => exporter.cancel(),
    'backup.create': ({ password }, { windowId }) => backups.create(windowId, password),
    'backup.choose': (_input, { windowId }) => backups.choose(windowId),
    'backup.restore': ({ password }) => backups.restore(password),
    'backup.cancel': () => backups.cancel(),
    'app.restart': () => desktop.restart(),
  }
}
