/** The contact page and the roster as a whole: the user's verbs. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { PeopleState, RosterOutcome } from '../../model/people.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import { userError, withUserErrors, withUserErrorsAsync } from '../user-errors.ts'
import { askActivity, askTime, askVersion, fetchCard, readContactFile, setNote } from './contact-file.ts'
import { moveContact, renameGroup, setFolded } from './groups.ts'
import { readRosterFile, writeRosterFile } from './roster-file.ts'
import { planImport, runImport, type ImportPlan } from './roster-import.ts'
import type { PeopleVerbs } from './verbs.types.ts'

export function createPeopleVerbs(tools: Tools, sessions: Sessions): PeopleVerbs {
  return { ...pageVerbs(tools, sessions), ...rosterVerbs(tools, sessions) }
}

export function readPeopleState({ storage }: Tools): PeopleState {
  return { foldedGroups: storage.listFoldedGroups() }
}

type Page = 'readContactFile' | 'setNote' | 'fetchCard' | 'askVersion' | 'askTime' | 'askActivity'

function pageVerbs(tools: Tools, sessions: Sessions): Pick<PeopleVerbs, Page> {
  const online = sessions.requireOnline
  return {
    readContactFile: ({ accountId, jid }) => withUserErrors(() => readContactFile(tools, accountId, jid)),
    setNote: (input) => withUserErrors(() => setNote(tools, input)),
    fetchCard: ({ accountId, jid }) =>
      withUserErrorsAsync(async () => fetchCard(tools, online(accountId), jid)),
    askVersion: (input) => withUserErrorsAsync(async () => askVersion(tools, online(input.accountId), input)),
    askTime: (input) => withUserErrorsAsync(async () => askTime(tools, online(input.accountId), input)),
    askActivity: (input) =>
      withUserErrorsAsync(async () => askActivity(tools, online(input.accountId), input)),
  }
}

function rosterVerbs(tools: Tools, sessions: Sessions): Omit<PeopleVerbs, Page> {
  const online = sessions.requireOnline
  const running = new Set<AbortController>()
  let plan: ImportPlan | undefined
  let imports = 0

  function stoppable(body: (signal: AbortSignal) => Promise<RosterOutcome>): Promise<RosterOutcome> {
    const controller = new AbortController()
    running.add(controller)
    return withUserErrorsAsync(() => body(controller.signal)).finally(() => running.delete(controller))
  }

  return {
    moveContact: (input) =>
      withUserErrorsAsync(async () => moveContact(tools, online(input.accountId), input)),
    renameGroup: (input) =>
      stoppable(async (signal) => renameGroup(tools, online(input.accountId), input, signal)),
    setFolded: (input) => withUserErrors(() => setFolded(tools, input)),
    exportRoster: (accountId) =>
      withUserErrors(() => {
        const contacts = tools.storage.listContacts()
        return writeRosterFile(contacts.filter((contact) => contact.accountId === accountId))
      }),
    previewImport: (accountId, text) =>
      withUserErrorsAsync(async () => {
        if (tools.storage.findAccount(accountId) === undefined) throw userError('not-found')
        plan = undefined
        const file = await readRosterFile(text, nextTurn)
        if (file.kind === 'refused') return file
        plan = planImport(tools, accountId, ++imports, file)
        return { kind: 'preview', preview: plan.preview }
      }),
    importRoster: ({ importId, ask }) =>
      stoppable(async (signal) => {
        const chosen = plan
        if (chosen?.preview.importId !== importId) throw userError('not-found')
        const link = online(chosen.accountId)
        plan = undefined
        return runImport(tools, link, chosen, ask, signal)
      }),
    stopRosterChange() {
      for (const controller of running) controller.abort()
    },
  }
}
