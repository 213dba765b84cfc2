/**
 * The domain's face: what the shell may call and what it must give. One method a user's verb; each that can fail for a
 * reason the user should know throws UserError.
 */
import type { AddressCheck, CheckedInput } from '../contract/commands.ts'
import type { AppState } from '../contract/snapshot.ts'
import type { Account, ConnectionOptions } from '../model/account.ts'
import type { Conversation } from '../model/conversation.ts'
import type { AppEventName, AppEvents, Notice } from '../model/events.ts'
import type { BareJid } from '../model/jid.ts'
import type { Message, MessagePage } from '../model/message.ts'
import type { Settings } from '../model/settings.ts'
import type { Connect } from '../protocol/stream.ts'
import type { ProxyRoute } from '../protocol/xep-0368-direct-tls.ts'
import type { Register } from '../protocol/transport/registering.ts'
import type { ProbeOptions, Revoke } from '../protocol/transport/xmpp-client.ts'
import type { InboxVerbs } from './inbox/verbs.types.ts'
import type { AvailabilityVerbs } from './availability/verbs.types.ts'
import type { PeopleVerbs } from './people/verbs.types.ts'
import type { ServicesVerbs } from './services/verbs.types.ts'
import type { ConsoleVerbs } from './console/verbs.types.ts'
import type { ArchiveVerbs } from './archive/verbs.types.ts'
import type { DevicesVerbs } from './devices/verbs.types.ts'
import type { ReceiptsVerbs } from './receipts/verbs.types.ts'
import type { ActionsVerbs } from './actions/verbs.types.ts'
import type { RepliesVerbs } from './replies/verbs.types.ts'
import type { SearchVerbs } from './search/verbs.types.ts'
import type { LinksVerbs } from './links/verbs.types.ts'
import type { ScheduleVerbs } from './schedule/verbs.types.ts'
import type { RoomsVerbs } from './rooms/verbs.types.ts'
import type { BookmarksVerbs } from './bookmarks/verbs.types.ts'
import type { HistoryVerbs } from './history/verbs.types.ts'
import type { RegistrationVerbs } from './registration/verbs.types.ts'
import type { ConnectionsVerbs } from './connections/verbs.types.ts'
import type { OwnershipVerbs } from './ownership/verbs.types.ts'
import type { StoredPicture } from '../storage/links.types.ts'
import type { RequestsVerbs } from './requests/verbs.types.ts'
import type { AccountsVerbs } from './accounts/verbs.types.ts'
import type { InvitesVerbs } from './invites/verbs.types.ts'
import type { PreferencesVerbs } from './preferences/verbs.types.ts'
import type { PicturesVerbs } from './pictures/verbs.types.ts'
import type { ProfileVerbs } from './profile/verbs.types.ts'
import type { Storage } from '../storage/storage.ts'

export interface Events {
  on<N extends AppEventName>(name: N, listener: (payload: AppEvents[N]) => void): () => void
  /** Every event, in order; for the broadcast to windows. */
  onAny(listener: <N extends AppEventName>(name: N, payload: AppEvents[N]) => void): () => void
  emit<N extends AppEventName>(name: N, payload: AppEvents[N]): void
}

/**
 * What an account has besides its password: a token in its place (XEP-0484), its proxy's password, and a new password that
 * the server may or may not have taken yet.
 */
export const SECRET_KINDS = ['token', 'proxy', 'next-password'] as const
export type SecretKind = (typeof SECRET_KINDS)[number]

/** The system keyring, or this run's memory where there is none that protects. */
export interface Secrets {
  /** False: only an unprotected backend exists. */
  readonly protected: boolean
  getPassword(accountId: number): string | undefined
  /** Keeps it in the keyring when `remember` (and it protects, or the user insists), else for this run only. */
  setPassword(accountId: number, password: string, keep: { remember: boolean; insist: boolean }): void
  get(accountId: number, kind: SecretKind): string | undefined
  /** Lasts as long as the password does; a token goes with the password that it was given for. Undefined takes it out. */
  set(accountId: number, kind: SecretKind, value: string | undefined): void
  /** With those of its rooms. */
  forget(accountId: number): void
  readonly rooms: RoomPasswords
}

/** What opens rooms; kept over restarts only where the keyring protects. */
export interface RoomPasswords {
  get(accountId: number, room: BareJid): string | undefined
  keep(accountId: number, room: BareJid, password: string): void
  forget(accountId: number, room: BareJid): void
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'
/** Values are redacted by the writer: pass JIDs and bodies as fields, never inside the message. */
export type Log = (
  area: string,
  level: LogLevel,
  message: string,
  fields?: Readonly<Record<string, unknown>>,
) => void

export interface AppOptions {
  readonly storage: Storage
  readonly connect: Connect
  /** Resolves and touches the server without signing in, for the setup screen. Never rejects. */
  readonly probe: (domain: string, options: ProbeOptions) => Promise<Omit<AddressCheck, 'jid'>>
  /** Has the server forget an account's token (XEP-0484). Rejects when it did not hear it. */
  readonly revokeToken: Revoke
  /** Begins to make an account on a server (XEP-0077). */
  readonly openRegistration: Register
  /** The beginning of a web page over https; undefined when it can't be had. Only for what the user wants. Never rejects. */
  readonly fetchPage: (url: string, proxy?: ProxyRoute) => Promise<string | undefined>
  /** A small file of plain text or JSON; as fetchPage. */
  readonly fetchText: (url: string, proxy?: ProxyRoute) => Promise<string | undefined>
  /** A picture on the web, its kind and size looked at; as fetchPage. */
  readonly fetchPicture: (url: string, proxy?: ProxyRoute) => Promise<StoredPicture | undefined>
  readonly secrets: Secrets
  readonly log: Log
  /** Epoch milliseconds. */
  readonly now: () => number
  /** A fresh UUID. */
  readonly newId: () => string
  /** 0 to 1, for jitter. */
  readonly random: () => number
  /** How long nobody has touched this computer. */
  readonly idleSeconds: () => number
  readonly version: string
  /** The operating system's name, without its version. */
  readonly system: string
  /** What the user reads, BCP 47, the preferred first. */
  readonly languages: () => readonly string[]
  readonly notices?: readonly Notice[]
}

/** An account from a provision file, checked. */
export interface ProvisionedAccount extends ConnectionOptions {
  readonly address: string
  readonly password: string
  readonly remember: boolean
}

export interface App
  extends
    InboxVerbs,
    AvailabilityVerbs,
    PeopleVerbs,
    ServicesVerbs,
    ConsoleVerbs,
    ArchiveVerbs,
    DevicesVerbs,
    ReceiptsVerbs,
    ActionsVerbs,
    RepliesVerbs,
    SearchVerbs,
    LinksVerbs,
    ScheduleVerbs,
    RoomsVerbs,
    BookmarksVerbs,
    ConnectionsVerbs,
    RegistrationVerbs,
    OwnershipVerbs,
    RequestsVerbs,
    AccountsVerbs,
    HistoryVerbs,
    PreferencesVerbs,
    InvitesVerbs,
    ProfileVerbs,
    PicturesVerbs {
  readonly events: Events
  state(): AppState
  /** Signs in every enabled account (unless the user's presence is offline). */
  start(): void
  /** Says goodbye on every stream; at most a second. Storage stays open. */
  stop(): Promise<void>
  /** After sleep, or when the network is back: try at once. */
  wake(): void

  checkAddress(input: CheckedInput<'account.check'>): Promise<AddressCheck>
  signIn(input: CheckedInput<'account.signIn'>): Promise<Account>
  cancelSignIn(): void
  /** As if each had been signed in from the setup screen; one that exists is updated. */
  provision(accounts: readonly ProvisionedAccount[]): void
  enterPassword(input: CheckedInput<'account.enterPassword'>): void
  reconnect(accountId: number): void
  /** `keepHistory`: what was said stays on this computer, to be read; false unless said otherwise. */
  removeAccount(accountId: number, keepHistory?: boolean): Promise<void>

  setPresence(input: CheckedInput<'presence.set'>): void

  addContact(input: CheckedInput<'contact.add'>): Promise<void>
  updateContact(input: CheckedInput<'contact.update'>): Promise<void>
  removeContact(input: CheckedInput<'contact.remove'>): Promise<void>
  requestSubscription(input: CheckedInput<'contact.requestSubscription'>): void
  answerSubscription(input: CheckedInput<'subscription.answer'>): Promise<void>

  openConversation(input: CheckedInput<'conversation.open'>): Conversation
  pageMessages(input: CheckedInput<'conversation.page'>): MessagePage
  markRead(conversationId: number): void
  setDraft(conversationId: number, draft: string): void
  sendMessage(input: CheckedInput<'message.send'>): Message
  retryMessage(messageId: number): void
  discardMessage(messageId: number): void

  setSettings(change: CheckedInput<'settings.set'>): Settings
}
