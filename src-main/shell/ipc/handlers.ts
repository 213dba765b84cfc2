/** The table of commands: each is one call of the domain or of the shell. */
import type { Handlers } from '../../contract/commands.ts'
import type { Snapshot } from '../../contract/snapshot.ts'
import type { XmppUri } from '../../model/xmpp-uri.ts'
import { openLink } from '../links.ts'
import type { HandlerTools } from './handler-tools.ts'
import { createInboxHandlers } from './handlers/inbox.ts'
import { createAvailabilityHandlers } from './handlers/availability.ts'
import { createPeopleHandlers } from './handlers/people.ts'
import { createServicesHandlers } from './handlers/services.ts'
import { createConsoleHandlers } from './handlers/console.ts'
import { createArchiveHandlers } from './handlers/archive.ts'
import { createDevicesHandlers } from './handlers/devices.ts'
import { createReceiptsHandlers } from './handlers/receipts.ts'
import { createActionsHandlers } from './handlers/actions.ts'
import { createRepliesHandlers } from './handlers/replies.ts'
import { createSearchHandlers } from './handlers/search.ts'
import { createLinksHandlers } from './handlers/links.ts'
import { createScheduleHandlers } from './handlers/schedule.ts'
import { createRoomsHandlers } from './handlers/rooms.ts'
import { createBookmarksHandlers } from './handlers/bookmarks.ts'
import { createRequestsHandlers } from './handlers/requests.ts'
import { createAccountsHandlers } from './handlers/accounts.ts'
import { createHistoryHandlers } from './handlers/history.ts'
import { createRegistrationHandlers } from './handlers/registration.ts'
import { createConnectionsHandlers } from './handlers/connections.ts'
import { createOwnershipHandlers } from './handlers/ownership.ts'
import { createAboutHandlers } from './handlers/about.ts'
import { createInvitesHandlers } from './handlers/invites.ts'
import { createPreferencesHandlers } from './handlers/preferences.ts'
import { createPicturesHandlers } from './handlers/pictures.ts'
import { createProfileHandlers } from './handlers/profile.ts'

export function createHandlers(tools: HandlerTools): Handlers {
  const { app, windows, broadcast, desktop } = tools
  const showLink = (uri: XmppUri): void => windows.showMain({ kind: 'link', uri })
  const snapshot = (windowId: number): Snapshot => {
    const view = windows.takeView(windowId)
    const environment = desktop.environment()
    return { ...app.state(), seq: broadcast.seq(), environment, ...(view === undefined ? {} : { view }) }
  }
  return {
    'app.snapshot': (_input, { windowId }) => snapshot(windowId),
    'app.quit': () => desktop.quit(),

    'account.check': (input) => app.checkAddress(input),
    'account.signIn': (input) => app.signIn(input),
    'account.cancelSignIn': () => app.cancelSignIn(),
    'account.enterPassword': (input) => app.enterPassword(input),
    'account.reconnect': ({ accountId }) => app.reconnect(accountId),
    'account.remove': ({ accountId, keepHistory }) => app.removeAccount(accountId, keepHistory),

    'presence.set': (input) => app.setPresence(input),

    'contact.add': (input) => app.addContact(input),
    'contact.update': (input) => app.updateContact(input),
    'contact.remove': (input) => app.removeContact(input),
    'contact.requestSubscription': (input) => app.requestSubscription(input),
    'subscription.answer': (input) => app.answerSubscription(input),

    'conversation.open': (input) => app.openConversation(input),
    'conversation.page': (input) => app.pageMessages(input),
    'conversation.markRead': ({ conversationId }) => app.markRead(conversationId),
    'conversation.setDraft': ({ conversationId, draft }) => app.setDraft(conversationId, draft),

    'message.send': (input) => app.sendMessage(input),
    'message.retry': ({ messageId }) => app.retryMessage(messageId),
    'message.discard': ({ messageId }) => app.discardMessage(messageId),

    'settings.set': (input) => app.setSettings(input),

    'link.open': ({ url }) =>
      openLink(url, { openOutside: (checked) => desktop.openOutside(checked), showLink }),
    'text.copy': ({ text }) => desktop.copyText(text),
    'window.openConversation': ({ conversationId }) => windows.openConversation(conversationId),
    'window.openMain': () => windows.showMain(),
    'window.showing': ({ conversationId }, { windowId }) => windows.setShowing(windowId, conversationId),
    'window.setBusy': ({ busy }, { windowId }) => windows.setBusy(windowId, busy),
    'log.show': () => desktop.showLog(),

    ...createInboxHandlers(tools),
    ...createAvailabilityHandlers(tools),
    ...createPeopleHandlers(tools),
    ...createServicesHandlers(tools),
    ...createConsoleHandlers(tools),
    ...createArchiveHandlers(tools),
    ...createDevicesHandlers(tools),
    ...createReceiptsHandlers(tools),
    ...createActionsHandlers(tools),
    ...createRepliesHandlers(tools),
    ...createSearchHandlers(tools),
    ...createLinksHandlers(tools),
    ...createScheduleHandlers(tools),
    ...createRoomsHandlers(tools),
    ...createBookmarksHandlers(tools),
    ...createOwnershipHandlers(tools),
    ...createAccountsHandlers(tools),
    ...createHistoryHandlers(tools),
    ...createPreferencesHandlers(tools),
    ...createRequestsHandlers(tools),
    ...createConnectionsHandlers(tools),
    ...createRegistrationHandlers(tools),
    ...createInvitesHandlers(tools),
    ...createAboutHandlers(tools),
    ...createPicturesHandlers(tools),
    ...createProfileHandlers(tools),
  }
}
