/** Everything a window needs to draw itself once; later changes come as events with a higher `seq`. */
import type { Account, ConnectionState } from '../model/account.ts'
import type { Contact, SubscriptionRequest } from '../model/contact.ts'
import type { Conversation } from '../model/conversation.ts'
import type { Notice, View } from '../model/events.ts'
import type { ContactPresence, OwnPresence } from '../model/presence.ts'
import type { InboxState } from '../model/inbox.ts'
import type { AvailabilityState } from '../model/availability.ts'
import type { PeopleState } from '../model/people.ts'
import type { ArchiveState } from '../model/archive.ts'
import type { ReceiptsState } from '../model/receipts.ts'
import type { SearchState } from '../model/search.ts'
import type { ScheduleState } from '../model/schedule.ts'
import type { RoomsState } from '../model/room.ts'
import type { BookmarksState } from '../model/bookmarks.ts'
import type { RequestsState } from '../model/requests.ts'
import type { AccountsState } from '../model/accounts.ts'
import type { NicknamesState } from '../model/nickname.ts'
import type { PicturesState } from '../model/picture.ts'
import type { PreferencesState } from '../model/preferences.ts'
import type { Settings } from '../model/settings.ts'

/** What the domain contributes. */
export interface AppState
  extends
    InboxState,
    AvailabilityState,
    PeopleState,
    ArchiveState,
    ReceiptsState,
    SearchState,
    ScheduleState,
    RoomsState,
    BookmarksState,
    RequestsState,
    AccountsState,
    PicturesState,
    NicknamesState,
    PreferencesState {
  readonly accounts: readonly Account[]
  readonly connections: readonly { readonly accountId: number; readonly state: ConnectionState }[]
  readonly ownPresence: OwnPresence
  readonly contacts: readonly Contact[]
  readonly presences: readonly ContactPresence[]
  readonly requests: readonly SubscriptionRequest[]
  readonly conversations: readonly Conversation[]
  readonly settings: Settings
  readonly notices: readonly Notice[]
}

export interface Snapshot extends AppState {
  readonly seq: number
  readonly environment: Environment
  /** What this window was opened for, or is to show once it is ready (a link, a notification click). */
  readonly view?: View
}

/** What the shell knows of the machine. */
export interface Environment {
  readonly version: string
  readonly platform: string
  /** The language to use now, settings and system taken together. */
  readonly locale: 'en' | 'zh-CN'
  /** False: the keyring would store passwords unprotected. */
  readonly keyringProtected: boolean
  readonly trayAvailable: boolean
  /** False until the gallery is asked for in development. */
  readonly development: boolean
}
