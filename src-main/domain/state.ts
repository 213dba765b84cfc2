/** Everything a window draws itself from, out of the database and memory; no network is needed. */
import type { AppState } from '../contract/snapshot.ts'
import { readInboxState } from './inbox/verbs.ts'
import { readAvailabilityState } from './availability/verbs.ts'
import { readPeopleState } from './people/verbs.ts'
import { readArchiveState } from './archive/verbs.ts'
import { readReceiptsState } from './receipts/verbs.ts'
import { readSearchState } from './search/verbs.ts'
import { readScheduleState } from './schedule/verbs.ts'
import { readRoomsState } from './rooms/verbs.ts'
import { readBookmarksState } from './bookmarks/invitations.ts'
import { readRequestsState } from './requests/verbs.ts'
import { readAccountsState } from './accounts/verbs.ts'
import { readNicknamesState } from './nicknames/announced.ts'
import { readPicturesState } from './pictures/verbs.ts'
import { readPreferencesState } from './preferences/verbs.ts'
import type { Sessions } from './sessions.ts'
import type { Tools } from './tools.ts'

export function readState(tools: Tools, sessions: Sessions): AppState {
  const { storage, presences, raised } = tools
  return {
    accounts: storage.listAccounts(),
    connections: sessions.all().map((session) => ({ accountId: session.accountId, state: session.state() })),
    ownPresence: storage.getOwnPresence(),
    contacts: storage.listContacts(),
    presences: presences.list(),
    requests: storage.listRequests(),
    conversations: storage.listConversations(),
    settings: storage.getSettings(),
    notices: raised.list(),
    ...readInboxState(tools),
    ...readAvailabilityState(tools),
    ...readPeopleState(tools),
    ...readArchiveState(tools),
    ...readReceiptsState(tools),
    ...readSearchState(tools),
    ...readScheduleState(tools),
    ...readRoomsState(tools),
    ...readBookmarksState(tools),
    ...readAccountsState(tools),
    ...readPicturesState(tools),
    ...readNicknamesState(tools),
    ...readPreferencesState(tools),
    ...readRequestsState(tools),
  }
}
