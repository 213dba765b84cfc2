/** The XML console: its part of the table of commands. */
import type { consoleCommands } from '../../../contract/commands/console.ts'
import type { Handlers } from '../../../contract/commands.ts'
import { UserError } from '../../../contract/errors.ts'
import type { FileKind } from '../../files.ts'
import type { HandlerTools } from '../handler-tools.ts'

const STANZA_FILE: FileKind = {
  label: 'console.fileKind',
  extensions: ['xml'],
  fileName: 'linnet-stanzas.xml',
  maxBytes: 64 * 1024 * 1024,
}

export function createConsoleHandlers(tools: HandlerTools): Pick<Handlers, keyof typeof consoleCommands> {
  const { app, windows, broadcast, desktop, files } = tools
  return {
    'console.open': ({ accountId }) => windows.openConsole(accountId),
    'console.watch': ({ accountId }, { windowId }) => {
      // Whose closing would end it otherwise?
      if (windows.consoleOf(windowId) !== accountId) throw new UserError({ code: 'not-found' })
      return app.openConsole(accountId, (entries) =>
        broadcast.push(windowId, 'console.recorded', { accountId, entries }),
      )
    },
    'console.clear': ({ accountId }) => app.clearConsole(accountId),
    'console.check': (input) => app.checkStanza(input),
    'console.send': (input) => app.sendStanza(input),
    'console.copy': ({ accountId, number }) => desktop.copyText(app.consoleText(accountId, number)),
    'console.save': ({ accountId, numbers }, { windowId }) =>
      files.save(windowId, STANZA_FILE, () => app.consoleDocument(accountId, numbers)),
  }
}
