/**
 * The domain's face: what the shell may call and what it must give. One method a user's verb; each that can fail for a
 * reason the user should know throws UserError.
 */
import type { AddressCheck, CheckedInput } from '../contract/commands.ts'
import type { AppState } from '../contract/snapshot.ts'
import type { Account, ConnectionOptions } from '../model/account.ts'
import type { Conversation } from '../model/conversation.ts'
import type { AppEventName, AppEvents, Notice } from '../model/events.ts'
import type { Message, MessagePage } from '../model/message.ts'
import type { Settings } from '../model/settings.ts'
import type { Connect } from '../protocol/stream.ts'
import type { InboxVerbs } from './inbox/verbs.types.ts'
import type { AvailabilityVerbs } from './availability/verbs.types.ts'
import type { PeopleVerbs } from './people/verbs.types.ts'
import type { ServicesVerbs } from './services/verbs.types.ts'
import type { ConsoleVerbs } from './console/verbs.types.ts'
import type { Storage } from '../storage/storage.ts'

export interface Events {
  on<N extends AppEventName>(name: N, listener: (payload: AppEvents[N]) => void): () => void
  /** Every event, in order; for the broadcast to windows. */
  onAny(listener: <N extends AppEventName>(name: N, payload: AppEvents[N]) => void): () => void
  emit<N extends AppEventName>(name: N, payload: AppEvents[N]): void
}

/** The system keyring, or this run's memory where there is none that protects. */
export interface Secrets {
  /** False: only an unprotected backend exists. */
  readonly protected: boolean
  getPassword(accountId: number): string | undefined
  /** Keeps it in the keyring when `remember` (and it protects, or the user insists), else for this run only. */
  setPassword(accountId: number, password: string, keep: { remember: boolean; insist: boolean }): void
  forget(accountId: number): void
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
  readonly probe: (domain: string, options: ConnectionOptions) => Promise<Omit<AddressCheck, 'jid'>>
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

export interface App extends InboxVerbs, AvailabilityVerbs, PeopleVerbs, ServicesVerbs, ConsoleVerbs {
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
  removeAccount(accountId: number): Promise<void>

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
