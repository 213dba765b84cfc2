/**
 * What the domain may ask of the database: synchronous, typed, SQL-free. createStorage (index.ts) binds these to one
 * connection. Each function is one transaction of its own; `transaction` makes several one. A failing disk throws
 * StorageError; nothing else does.
 */
import type { Account, ConnectionOptions } from '../model/account.ts'
import type { Contact, RosterItem, SubscriptionRequest } from '../model/contact.ts'
import type { Conversation } from '../model/conversation.ts'
import type { BareJid } from '../model/jid.ts'
import type {
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
import type { OwnPresence } from '../model/presence.ts'
import type { Settings } from '../model/settings.ts'

export type NewAccount = Omit<Account, 'id'>
export type AccountChange = Partial<ConnectionOptions & Pick<Account, 'enabled' | 'resource' | 'remember'>>

export interface NewMessage {
  readonly accountId: number
  readonly conversationId: number
  readonly direction: 'in' | 'out'
  readonly sender: BareJid
  readonly body: string
  readonly sentAt: number
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
  /** Counts as unread. */
  readonly unread: boolean
}

export interface PendingMessage {
  readonly id: number
  readonly counterpart: BareJid
  readonly messageId: string
  readonly body: string
  readonly thread?: Thread
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

export interface Storage extends InboxStorage, AvailabilityStorage, PeopleStorage, ServicesStorage {
  transaction<T>(body: () => T): T
  close(): void

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
  findConversationWith(accountId: number, counterpart: BareJid): Conversation | undefined
  /** One that is there already is moved up to `activeAt` and given back. */
  insertConversation(accountId: number, counterpart: BareJid, activeAt: number): Conversation
  setDraft(conversationId: number, draft: string): void
  markRead(conversationId: number): void

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
  pageMessages(page: Page): MessagePage
  /** Of the conversation's latest messages, the newest first. */
  listRecentThreads(conversationId: number): readonly RecentThread[]

  getSettings(): Settings
  setSettings(settings: Settings): void
  getOwnPresence(): OwnPresence
  setOwnPresence(presence: OwnPresence): void
}
