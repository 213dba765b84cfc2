/** Puts the domain together. Every user's verb is one line here and lives in the file that it calls. */
import * as accounts from './accounts.ts'
import type { App, AppOptions } from './app.types.ts'
import * as conversations from './conversations.ts'
import { createEvents } from './events.ts'
import { createNotices } from './notices.ts'
import * as compose from './outgoing/compose.ts'
import { setPresence } from './own-presence.ts'
import { createInboxVerbs } from './inbox/verbs.ts'
import { answerOrBlock } from './availability/refuse-and-block.ts'
import { createAvailabilityMemory } from './availability/memory.ts'
import { createAvailabilityVerbs } from './availability/verbs.ts'
import { createPeopleVerbs } from './people/verbs.ts'
import { createServicesVerbs } from './services/verbs.ts'
import { createTraffic } from './console/traffic.ts'
import { createConsoleVerbs } from './console/verbs.ts'
import { createPresenceBook } from './presence-book.ts'
import { importAccounts } from './provision.ts'
import * as roster from './roster.ts'
import { createSessions, type Sessions } from './sessions.ts'
import { changeSettings } from './settings.ts'
import { createSignIn } from './sign-in.ts'
import { readState } from './state.ts'
import { requestSubscription } from './subscriptions.ts'
import type { Tools } from './tools.ts'
import { withUserErrors, withUserErrorsAsync } from './user-errors.ts'

export function createApp(options: AppOptions): App {
  const events = createEvents(options.log)
  const tools: Tools = {
    ...options,
    events,
    presences: createPresenceBook(events),
    raised: createNotices(events, options.notices ?? []),
    traffic: createTraffic(options.now),
    availability: createAvailabilityMemory(),
  }
  const sessions = createSessions(tools)
  return {
    events,
    state: () => readState(tools, sessions),
    ...lifeVerbs(tools, sessions),
    ...contactVerbs(tools, sessions),
    ...chatVerbs(tools, sessions),
    ...createInboxVerbs(tools, sessions),
    ...createAvailabilityVerbs(tools, sessions),
    ...createPeopleVerbs(tools, sessions),
    ...createServicesVerbs(tools, sessions),
    ...createConsoleVerbs(tools, sessions),
    setPresence: (input) => withUserErrors(() => setPresence(tools, sessions, input)),
    setSettings: (change) => withUserErrors(() => changeSettings(tools, sessions, change)),
  }
}

type Life =
  | ('start' | 'stop' | 'wake' | 'checkAddress' | 'signIn' | 'cancelSignIn')
  | ('provision' | 'enterPassword' | 'reconnect' | 'removeAccount')

function lifeVerbs(tools: Tools, sessions: Sessions): Pick<App, Life> {
  const signIn = createSignIn(tools, sessions)
  let started = false
  const wantsStreams = (): boolean => started && tools.storage.getOwnPresence().show !== 'offline'
  return {
    start() {
      started = true
      if (wantsStreams()) sessions.connectAll()
    },
    async stop() {
      started = false
      signIn.cancel()
      await Promise.all(sessions.all().map((session) => session.stop()))
      tools.presences.flush()
    },
    wake() {
      for (const session of sessions.all()) session.wake()
    },
    checkAddress: (input) => accounts.checkAddress(tools, input),
    signIn: (input) => withUserErrorsAsync(() => signIn.start(input)),
    cancelSignIn: signIn.cancel,
    provision: (provisioned) =>
      withUserErrors(() => {
        for (const session of importAccounts(tools, provisioned).map(sessions.of)) {
          void session.stop()
          if (wantsStreams()) session.connect()
        }
      }),
    enterPassword: (input) => withUserErrors(() => accounts.enterPassword(tools, sessions, input)),
    reconnect: (accountId) => accounts.reconnect(tools, sessions, accountId),
    removeAccount: (accountId) =>
      withUserErrorsAsync(() => accounts.removeAccount(tools, sessions, accountId)),
  }
}

type Contacts =
  'addContact' | 'updateContact' | 'removeContact' | 'requestSubscription' | 'answerSubscription'

/** These ask the server, so they need a connection. */
function contactVerbs(tools: Tools, sessions: Sessions): Pick<App, Contacts> {
  const online = sessions.requireOnline
  return {
    addContact: (input) =>
      withUserErrorsAsync(async () => roster.addContact(tools, online(input.accountId), input)),
    updateContact: (input) =>
      withUserErrorsAsync(async () => roster.updateContact(tools, online(input.accountId), input)),
    removeContact: (input) =>
      withUserErrorsAsync(async () => roster.removeContact(tools, online(input.accountId), input)),
    requestSubscription: ({ accountId, jid, text }) => requestSubscription(online(accountId), jid, text),
    answerSubscription: (input) =>
      withUserErrorsAsync(async () => answerOrBlock(tools, online(input.accountId), input)),
  }
}

type Chat =
  | ('openConversation' | 'pageMessages' | 'markRead' | 'setDraft')
  | ('sendMessage' | 'retryMessage' | 'discardMessage')

/** These touch the database first and the server when it can be reached. */
function chatVerbs(tools: Tools, sessions: Sessions): Pick<App, Chat> {
  return {
    openConversation: (input) => withUserErrors(() => conversations.openConversation(tools, input)),
    pageMessages: (input) => withUserErrors(() => conversations.pageMessages(tools, input)),
    markRead: (id) => withUserErrors(() => conversations.markRead(tools, id)),
    setDraft: (id, draft) => withUserErrors(() => conversations.setDraft(tools, id, draft)),
    sendMessage: (input) =>
      withUserErrors(() => {
        const message = compose.composeMessage(tools, input)
        sessions.get(message.accountId).flush()
        return message
      }),
    retryMessage: (id) =>
      withUserErrors(() => sessions.get(compose.retryMessage(tools, id).accountId).flush()),
    discardMessage: (id) => withUserErrors(() => compose.discardMessage(tools, id)),
  }
}
