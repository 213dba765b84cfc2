/**
 * What the domain may ask of the database: synchronous, typed, SQL-free. createStorage (index.ts) binds these to one
 * connection. Each function is one transaction of its own; `transaction` makes several one. A failing disk throws
 * StorageError; nothing else does.
 */
import type { KeptServerList } from './settings.ts'
import type { Account, ConnectionOptions } from '../model/account.ts'
import type { Contact, RosterItem, SubscriptionRequest } from '../model/contact.ts'
import type { Conversation, ConversationKind } from '../model/conversation.ts'
import type { BareJid, Jid } from '../model/jid.ts'
import type { LinkCard } from '../model/links.ts'
import type {
  AroundWhat,
  Languages,
  Message,
  MessageError,
  MessageKey,
  MessagePage,
  MessageState,
  Thread,
} from '../model/message.ts'
import type { InboxStorage } from './inbox.types.ts'
import type { AvailabilityStorage } from './availability.types.ts'
import type { PeopleStorage } from './people.types.ts'
import type { ServicesStorage } from './services.types.ts'
import type { ArchiveStorage } from './archive.types.ts'
import type { DevicesStorage } from './devices.types.ts'
import type { ReceiptsStorage } from './receipts.types.ts'
import type { ActionsStorage } from './actions.types.ts'
import type { NewReply, RepliesStorage } from './replies.types.ts'
import type { Author } from '../model/room.ts'
import type { RoomReadersStorage } from './room-readers.types.ts'
import type { RoomsStorage } from './rooms.types.ts'
import type { Searcher } from './search.types.ts'
import type { StreamsStorage } from './streams.types.ts'
import type { ScheduleStorage } from './schedule.types.ts'
import type { ClearingStorage } from './clearing.types.ts'
import type { LinksStorage } from './links.types.ts'
import type { BookmarksStorage } from './bookmarks.types.ts'
import type { MessageRequestsStorage } from './message-requests.types.ts'
import type { AccountsStorage } from './accounts.types.ts'
import type { InvitesStorage } from './invites.types.ts'
import type { PreferencesStorage } from './preferences.types.ts'
import type { PicturesStorage } from './pictures.types.ts'
import type { NicknamesStorage } from './nicknames.types.ts'
import type { PersonPicturesStorage } from './person-pictures.types.ts'
import type { OwnPresence } from '../model/presence.ts'
import type { Settings } from '../model/settings.ts'

export type NewAccount = Omit<Account, 'id'>
export type AccountChange = Partial<
  ConnectionOptions &
    Pick<Account, 'enabled' | 'resource' | 'remember' | 'label' | 'color'> & {
      readonly retired: true | undefined
    }
>

export interface NewMessage {
  readonly accountId: number
  readonly conversationId: number
  readonly direction: 'in' | 'out'
  /** In rooms, and in private conversations there, the occupant's address as it is then; of our own words our own. */
  readonly sender: Jid
  readonly author?: Author | undefined
  readonly mention?: true | undefined
  readonly body: string
  readonly sentAt: number
  /** Message.place; that of sentAt unless said otherwise. */
  readonly place?: number | undefined
  /** It is said just now: it comes after all that is there, whatever the clocks say. */
  readonly atEnd?: boolean | undefined
  /** Somebody kept it on its way, so that it may have come out of the archive before. */
  readonly held?: boolean | undefined
  readonly state: MessageState
  /** The stanza's `id` attribute; ours is a fresh UUID. Undefined when the sender set none. */
  readonly messageId?: string | undefined
  /** XEP-0359, where the sender gave one. */
  readonly originId?: string | undefined
  /** XEP-0359 by our own archive, where the server gave one. */
  readonly stanzaId?: string | undefined
  /** XEP-0393 §6. */
  readonly unstyled?: true | undefined
  /** RFC 6121 §5.2.5. */
  readonly thread?: Thread | undefined
  readonly languages?: Languages | undefined
  /** Its sender wants to know when it was displayed (XEP-0333). */
  readonly markable?: true | undefined
  /** We owe its sender a receipt (XEP-0184). */
  readonly oweReceipt?: true | undefined
  /** XEP-0461. */
  readonly reply?: NewReply | undefined
  /** XEP-0382: the hint, which may be empty. */
  readonly spoiler?: string | undefined
  /** XEP-0511. */
  readonly links?: readonly LinkCard[] | undefined
  /** Its words are those of a correction of the message `messageId`, which is not here; see Storage.findStandIn. */
  readonly standIn?: true | undefined
  /** Counts as unread. */
  readonly unread: boolean
  /** Kept, and shown nowhere (RoomReadersStorage.unhide). */
  readonly hidden?: true | undefined
}

export interface PendingMessage {
  readonly id: number
  /** Of 'private' the occupant's address. */
  readonly counterpart: Jid
  readonly kind: ConversationKind
  readonly messageId: string
  readonly body: string
  readonly thread?: Thread
  readonly reply?: NewReply
  readonly spoiler?: string
  readonly links?: readonly LinkCard[]
  readonly sentAt: number
}

export interface RecentThread {
  readonly direction: 'in' | 'out'
  readonly thread?: Thread
}

export interface Page {
  readonly conversationId: number
  readonly before?: MessageKey | undefined
  readonly after?: MessageKey | undefined
  readonly around?: AroundWhat | undefined
  readonly limit: number
}

export type StorageErrorCode = 'disk-full' | 'damaged' | 'newer' | 'locked' | 'other'

export class StorageError extends Error {
  override readonly name = 'StorageError'
  constructor(
    readonly code: StorageErrorCode,
    message: string,
  ) {
    super(message)
  }
}

export interface Storage
  extends
    InboxStorage,
    AvailabilityStorage,
    PeopleStorage,
    ServicesStorage,
    ArchiveStorage,
    DevicesStorage,
    ReceiptsStorage,
    ActionsStorage,
    RepliesStorage,
    StreamsStorage,
    ScheduleStorage,
    RoomsStorage,
    RoomReadersStorage,
    LinksStorage,
    ClearingStorage,
    BookmarksStorage,
    MessageRequestsStorage,
    AccountsStorage,
    PreferencesStorage,
    InvitesStorage,
    PersonPicturesStorage,
    NicknamesStorage,
    PicturesStorage {
  transaction<T>(body: () => T): T
  /** For what can be had again: its commit does not wait for the disk, so a loss of power may undo it, whole. */
  unsyncedTransaction<T>(body: () => T): T
  close(): void
  readonly searcher: Searcher

  /** In the user's order. */
  listAccounts(): readonly Account[]
  findAccount(accountId: number): Account | undefined
  /** Throws StorageError 'other' when the address is there already. */
  insertAccount(account: NewAccount): Account
  updateAccount(accountId: number, change: AccountChange): Account
  /**
   * Deletes at most so many messages of the account, and says how many there were. Only for an account that is about to be
   * deleted: its conversations are not brought along.
   */
  deleteSomeMessages(accountId: number, most: number): number
  /** With its roster, requests, conversations and messages; with many of these, see deleteSomeMessages. */
  deleteAccount(accountId: number): void
  /** The strongest SASL mechanism that ever worked (downgrade, attack S13). */
  getStrongestMechanism(accountId: number): string | undefined
  setStrongestMechanism(accountId: number, mechanism: string): void

  listContacts(): readonly Contact[]
  findContact(accountId: number, jid: BareJid): Contact | undefined
  /** RFC 6121 §2.6; undefined: none known. */
  getRosterVersion(accountId: number): string | undefined
  replaceRoster(accountId: number, items: readonly RosterItem[], version: string | undefined): void
  upsertRosterItem(accountId: number, item: RosterItem, version: string | undefined): void
  deleteRosterItem(accountId: number, jid: BareJid, version: string | undefined): void

  listRequests(): readonly SubscriptionRequest[]
  /** Replaces the one from the same address. */
  putRequest(request: SubscriptionRequest): void
  deleteRequest(accountId: number, jid: BareJid): void

  /** Those with messages, a draft, or opened by the user; the latest first. */
  listConversations(): readonly Conversation[]
  findConversation(conversationId: number): Conversation | undefined
  /** Alone with an occupant of a room, by that one's full address. */
  findConversationWith(accountId: number, counterpart: Jid): Conversation | undefined
  /** One that is there already is moved up to `activeAt` and given back. */
  insertConversation(
    accountId: number,
    counterpart: Jid,
    activeAt: number,
    kind?: ConversationKind,
  ): Conversation
  setDraft(conversationId: number, draft: string): void
  markRead(conversationId: number): void
  /** The same for at most so many of its messages, up to this id, the oldest first; how many there were. */
  markSomeRead(conversationId: number, upTo: number, most: number): number
  /** Of the message that was stored last; 0 where there is none. */
  findLastId(): number

  /**
   * Undefined when it is there already: same conversation and stanza-id; else same conversation, sender and origin-id; else
   * same conversation, sender, message id and body (fills in a stanza-id that was not known). Some senders number their
   * messages anew at each start, so another body under the same message id is another message. Moves the conversation's
   * last message, unread count and unread line in the same transaction.
   */
  insertMessage(message: NewMessage): Message | undefined
  findMessage(messageId: number): Message | undefined
  /** Own message by its stanza `id`, for acknowledgements and errors. */
  findOwnMessage(accountId: number, stanzaId: string): Message | undefined
  /** Undefined when there is no such message or it is in that state already. */
  setMessageState(messageId: number, state: MessageState, error?: MessageError): Message | undefined
  deleteMessage(messageId: number): void
  /** Own messages that the server is not known to have, in the order they were written. */
  listPending(accountId: number): readonly PendingMessage[]
  /** Before the own message with this id, from any of our devices that is known of; what has failed does not count. */
  hasWrittenTo(accountId: number, counterpart: BareJid, messageId: string): boolean
  /** Around a message that is not in the conversation there is an empty page without `aroundId`. */
  pageMessages(page: Page): MessagePage
  /** Of the conversation's latest messages, the newest first. */
  listRecentThreads(conversationId: number): readonly RecentThread[]

  getSettings(): Settings
  setSettings(settings: Settings): void
  /** Of servers to have an account on, as it was fetched last. */
  getServerList(): KeptServerList | undefined
  putServerList(list: KeptServerList): void
  getOwnPresence(): OwnPresence
  setOwnPresence(presence: OwnPresence): void
}
