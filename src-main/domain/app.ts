/** Puts the domain together. Every user's verb is one line here and lives in the file that it calls. */
import * as accounts from './accounts.ts'
import type { App, AppOptions } from './app.types.ts'
import * as conversations from './conversations.ts'
import { createEvents } from './events.ts'
import { createNotices } from './notices.ts'
import * as compose from './outgoing/compose.ts'
import { setAccountPresence, setPresence } from './own-presence.ts'
import { createInboxVerbs } from './inbox/verbs.ts'
import { answerOrBlock } from './availability/refuse-and-block.ts'
import { createAvailabilityMemory } from './availability/memory.ts'
import { createAvailabilityVerbs } from './availability/verbs.ts'
import { createPeopleVerbs } from './people/verbs.ts'
import { createServicesVerbs } from './services/verbs.ts'
import { createTraffic } from './console/traffic.ts'
import { createConsoleVerbs } from './console/verbs.ts'
import { createArchiveMemory } from './archive/memory.ts'
import { createArchiveVerbs } from './archive/verbs.ts'
import { createDevicesVerbs } from './devices/verbs.ts'
import { createTypingBook } from './receipts/typing-book.ts'
import { createReceiptsVerbs } from './receipts/verbs.ts'
import { createActionsVerbs } from './actions/verbs.ts'
import { createRepliesVerbs } from './replies/verbs.ts'
import { createSearchVerbs } from './search/verbs.ts'
import { createLinksVerbs } from './links/verbs.ts'
import { createTimetable, type Timetable } from './schedule/timetable.ts'
import { createScheduleVerbs } from './schedule/verbs.ts'
import { openRooms } from './rooms/open-rooms.ts'
import { createRoomsVerbs } from './rooms/verbs.ts'
import { createBookmarksMemory } from './bookmarks/memory.ts'
import { createBookmarksVerbs } from './bookmarks/verbs.ts'
import { createHistoryVerbs } from './history/verbs.ts'
import { createRegistrationVerbs } from './registration/verbs.ts'
import { createConnectionsVerbs } from './connections/verbs.ts'
import { createOwnershipVerbs } from './ownership/verbs.ts'
import { presenceOf } from './accounts/presence-of.ts'
import { retireAccount } from './accounts/retire.ts'
import { createRequestsVerbs } from './requests/verbs.ts'
import { createAccountsVerbs } from './accounts/verbs.ts'
import { createInvitesVerbs } from './invites/verbs.ts'
import { createPreferencesVerbs } from './preferences/verbs.ts'
import { createNicknames } from './nicknames/nicknames.ts'
import { createPersonPictures } from './pictures/person-pictures.ts'
import { createPictureRequests } from './pictures/requests.ts'
import { createPicturesVerbs } from './pictures/verbs.ts'
import { createProfileVerbs } from './profile/verbs.ts'
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

export function createTools(options: AppOptions): Tools {
  const events = createEvents(options.log)
  return {
    ...options,
    events,
    presences: createPresenceBook(events),
    typing: createTypingBook(events),
    raised: createNotices(events, options.notices ?? []),
    traffic: createTraffic(options.now),
    availability: createAvailabilityMemory(),
    archive: createArchiveMemory(events),
    rooms: openRooms(options.storage, events),
    bookmarks: createBookmarksMemory(),
    voiceRequests: new Map(),
    pictures: createPictureRequests(),
    personPictures: createPersonPictures(options, events),
    nicknames: createNicknames(options, events),
  }
}

export function createApp(options: AppOptions): App {
  const tools = createTools(options)
  const { events } = tools
  const sessions = createSessions(tools)
  const timetable = createTimetable(tools, sessions)
  return {
    events,
    state: () => readState(tools, sessions),
    ...lifeVerbs(tools, sessions, timetable),
    ...contactVerbs(tools, sessions),
    ...chatVerbs(tools, sessions),
    ...createInboxVerbs(tools, sessions),
    ...createAvailabilityVerbs(tools, sessions),
    ...createPeopleVerbs(tools, sessions),
    ...createServicesVerbs(tools, sessions),
    ...createConsoleVerbs(tools, sessions),
    ...createArchiveVerbs(tools, sessions),
    ...createDevicesVerbs(tools, sessions),
    ...createReceiptsVerbs(tools, sessions),
    ...createActionsVerbs(tools, sessions),
    ...createRepliesVerbs(tools, sessions),
    ...createSearchVerbs(tools, sessions),
    ...createLinksVerbs(tools, sessions),
    ...createScheduleVerbs(tools, sessions, timetable),
    ...createRoomsVerbs(tools, sessions),
    ...createBookmarksVerbs(tools, sessions),
    ...createOwnershipVerbs(tools, sessions),
    ...createConnectionsVerbs(tools, sessions),
    ...createRegistrationVerbs(tools, sessions),
    ...createAccountsVerbs(tools, sessions),
    ...createRequestsVerbs(tools, sessions),
    setPresence: ({ accountId, ...presence }) =>
      withUserErrors(() => {
        if (accountId === undefined) setPresence(tools, sessions, presence)
        else setAccountPresence(tools, sessions, accountId, presence)
      }),
    ...createHistoryVerbs(tools),
    ...createPreferencesVerbs(tools),
    ...createInvitesVerbs(tools, sessions),
    ...createPicturesVerbs(tools, sessions),
    ...createProfileVerbs(tools, sessions),
    setSettings: (change) => withUserErrors(() => changeSettings(tools, sessions, change)),
  }
}

type Life =
  | ('start' | 'stop' | 'wake' | 'checkAddress' | 'signIn' | 'cancelSignIn')
  | ('provision' | 'enterPassword' | 'reconnect' | 'removeAccount')

function lifeVerbs(tools: Tools, sessions: Sessions, timetable: Timetable): Pick<App, Life> {
  const signIn = createSignIn(tools, sessions)
  let started = false
  return {
    start() {
      started = true
      sessions.connectAll()
      timetable.start()
    },
    async stop() {
      started = false
      timetable.stop()
      signIn.cancel()
      await Promise.all(sessions.all().map((session) => session.stop()))
      tools.presences.flush()
      tools.personPictures.stop()
      tools.nicknames.stop()
    },
    wake() {
      for (const session of sessions.all()) session.wake()
      timetable.look()
    },
    checkAddress: (input) => accounts.checkAddress(tools, input),
    signIn: (input) => withUserErrorsAsync(() => signIn.start(input)),
    cancelSignIn: signIn.cancel,
    provision: (provisioned) =>
      withUserErrors(() => {
        for (const session of importAccounts(tools, provisioned).map(sessions.of)) {
          void session.stop()
          if (started && presenceOf(tools, session.accountId).show !== 'offline') session.connect()
        }
      }),
    enterPassword: (input) => withUserErrors(() => accounts.enterPassword(tools, sessions, input)),
    reconnect: (accountId) => accounts.reconnect(tools, sessions, accountId),
    removeAccount: (accountId, keepHistory = false) =>
      withUserErrorsAsync(() =>
        keepHistory
          ? retireAccount(tools, sessions, accountId)
          : accounts.removeAccount(tools, sessions, accountId),
      ),
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
    requestSubscription: ({ accountId, jid, text }) =>
      requestSubscription(tools, online(accountId), jid, text),
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
    markRead: (id) => withUserErrors(() => sessions.get(conversations.markRead(tools, id).accountId).flush()),
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
