/** What the domain announces: name to payload, past tense. Events never drive control flow in the domain. */
import type { Account, ConnectionState, ConnectionStep } from './account.ts'
import type { Contact, SubscriptionRequest } from './contact.ts'
import type { Conversation } from './conversation.ts'
import type { BareJid } from './jid.ts'
import type { Message } from './message.ts'
import type { ContactPresence, OwnPresence } from './presence.ts'
import type { InboxEvents } from './inbox.ts'
import type { AvailabilityEvents } from './availability.ts'
import type { PeopleEvents } from './people.ts'
import type { ConsoleEvents } from './console.ts'
import type { HistoryEvents } from './history.ts'
import type { ArchiveEvents } from './archive.ts'
import type { ReceiptsEvents } from './receipts.ts'
import type { ActionsEvents } from './actions.ts'
import type { SearchEvents } from './search.ts'
import type { ScheduleEvents } from './schedule.ts'
import type { RoomsEvents } from './room.ts'
import type { RoomLogEvents } from './room-log.ts'
import type { RoomReadersEvents } from './room-readers.ts'
import type { BookmarksEvents } from './bookmarks.ts'
import type { RequestsEvents } from './requests.ts'
import type { AccountsEvents } from './accounts.ts'
import type { AboutEvents } from './about.ts'
import type { NicknamesEvents } from './nickname.ts'
import type { PicturesEvents } from './picture.ts'
import type { PreferencesEvents } from './preferences.ts'
import type { Settings } from './settings.ts'
import type { XmppUri } from './xmpp-uri.ts'

/** Something the user must know that belongs to no screen. */
export type Notice =
  /** The database was damaged; it lies at `setAside` and a fresh one was started. */
  | { readonly code: 'database-damaged'; readonly setAside: string }
  /** Reading it failed while it was in use: the next start looks at it whole, and sets it aside if need be. */
  | { readonly code: 'database-doubtful' }
  | { readonly code: 'disk-full'; readonly detail: string }
  | { readonly code: 'provision-failed'; readonly detail: string }

export interface AppEvents
  extends
    InboxEvents,
    AvailabilityEvents,
    PeopleEvents,
    ConsoleEvents,
    ArchiveEvents,
    HistoryEvents,
    ReceiptsEvents,
    ActionsEvents,
    SearchEvents,
    ScheduleEvents,
    RoomsEvents,
    RoomLogEvents,
    RoomReadersEvents,
    BookmarksEvents,
    RequestsEvents,
    AccountsEvents,
    PicturesEvents,
    NicknamesEvents,
    PreferencesEvents,
    AboutEvents {
  'account.added': { readonly account: Account }
  'account.changed': { readonly account: Account }
  'account.removed': { readonly accountId: number }
  /** Progress of a sign-in from the setup screen, before there is an account. */
  'signIn.progressed': { readonly step: ConnectionStep }
  'connection.changed': { readonly accountId: number; readonly state: ConnectionState }
  'presence.ownChanged': { readonly presence: OwnPresence }
  'presence.changed': { readonly presences: readonly ContactPresence[] }
  /** `replaced`: the whole roster of the account is `upserted`. */
  'roster.changed': {
    readonly accountId: number
    readonly replaced: boolean
    readonly upserted: readonly Contact[]
    readonly removed: readonly BareJid[]
  }
  'subscription.requested': { readonly request: SubscriptionRequest }
  'subscription.answered': { readonly accountId: number; readonly jid: BareJid }
  'conversation.changed': { readonly conversation: Conversation }
  'conversation.removed': { readonly conversationId: number }
  'message.added': { readonly message: Message }
  'message.changed': { readonly message: Message }
  'message.removed': { readonly conversationId: number; readonly messageId: number }
  'settings.changed': { readonly settings: Settings }
  'notice.raised': { readonly notice: Notice }
  /** The shell asks the windows to show something: a tray or notification click, an `xmpp:` link. */
  'view.requested': { readonly view: View }
}

export type View =
  | { readonly kind: 'conversation'; readonly conversationId: number }
  | { readonly kind: 'link'; readonly uri: XmppUri }
  | { readonly kind: 'request'; readonly accountId: number; readonly jid: BareJid }
  /** The list of conversations. */
  | { readonly kind: 'chats' }
  /** The settings of an account. */
  | { readonly kind: 'account'; readonly accountId: number }
  /** A single message, or without one the Inbox. */
  | { readonly kind: 'inbox'; readonly messageId?: number }

export type AppEventName = keyof AppEvents
