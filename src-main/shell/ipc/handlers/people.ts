/** The contact page and the roster as a whole: its part of the table of commands. */
import type { peopleCommands } from '../../../contract/commands/people.ts'
import type { Handlers } from '../../../contract/commands.ts'
import type { FileKind } from '../../files.ts'
import type { HandlerTools } from '../handler-tools.ts'

const ROSTER_FILE: FileKind = {
  label: 'people.rosterFiles',
  extensions: ['json', 'xml'],
  fileName: 'contacts.json',
  maxBytes: 4 * 1024 * 1024,
}

export function createPeopleHandlers({
  app,
  files,
}: HandlerTools): Pick<Handlers, keyof typeof peopleCommands> {
  return {
    'contact.read': (input) => app.readContactFile(input),
    'contact.setNote': (input) => app.setNote(input),
    'contact.fetchCard': (input) => app.fetchCard(input),
    'contact.fetchVersion': (input) => app.askVersion(input),
    'contact.fetchTime': (input) => app.askTime(input),
    'contact.fetchActivity': (input) => app.askActivity(input),

    'contact.move': (input) => app.moveContact(input),
    'group.rename': (input) => app.renameGroup(input),
    'group.setFolded': (input) => app.setFolded(input),

    'roster.export': ({ accountId }, { windowId }) =>
      files.save(windowId, ROSTER_FILE, () => app.exportRoster(accountId)),
    'roster.chooseImport': async ({ accountId }, { windowId }) => {
      const chosen = await files.open(windowId, ROSTER_FILE)
      return chosen.kind === 'text' ? app.previewImport(accountId, chosen.text) : chosen
    },
    'roster.import': (input) => app.importRoster(input),
    'roster.stop': () => app.stopRosterChange(),
  }
}
