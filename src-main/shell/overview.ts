/** What tray, badge and notifications need to know of the domain's state, kept up to date from its events. */
import type { App } from '../domain/app.types.ts'
import type { AutomaticShow } from '../model/availability.ts'
import type { ConnectionState } from '../model/account.ts'
import type { AppEventName, AppEvents } from '../model/events.ts'
import type { Conversation } from '../model/conversation.ts'
import type { BareJid } from '../model/jid.ts'
import type { OwnPresence } from '../model/presence.ts'
import { isQuietAt } from '../domain/preferences/quiet-hours.ts'
import type { Preferences } from '../model/preferences.ts'
import { createAccountsOverview } from './accounts-overview.ts'
import { createPersonNames } from './person-names.ts'
import type { TrayAccount } from './tray/accounts-menu.ts'
import type { Settings } from '../model/settings.ts'

export interface Overview {
  settings(): Settings
  /** Those that are switched on, in the user's order. */
  accounts(): readonly TrayAccount[]
  /** What the user calls the account, or its address; undefined where there is only one. */
  accountName(accountId: number): string | undefined
  /** What the user chose for this account. */
  presenceOf(accountId: number): OwnPresence
  ownPresence(): OwnPresence
  preferences(): Preferences
  /** Whether these are the user's quiet hours. */
  isQuiet(): boolean
  /** What others see in place of it while nobody is at the computer. */
  automatic(): AutomaticShow | null
  /** The latest first. */
  recentStatuses(): readonly string[]
  connections(): readonly ConnectionState[]
  conversation(conversationId: number): Conversation | undefined
  /** Those that are not muted, the latest first. */
  unread(): readonly Conversation[]
  /** Of single messages. */
  inboxUnread(): number
  /** As person-names.ts has it, else the address. */
  nameOf(accountId: number, jid: BareJid): string
  /** After each change of anything that the above tell. */
  onChange(listener: () => void): void
}

export function createOverview(app: Pick<App, 'state' | 'events'>): Overview {
  const state = app.state()
  let { settings, ownPresence, automatic, recentStatuses, preferences } = state
  let { unreadCount: inboxUnread } = state.inbox
  const connections = new Map(state.connections.map((entry) => [entry.accountId, entry.state]))
  const conversations = new Map(state.conversations.map((conversation) => [conversation.id, conversation]))
  const listeners: (() => void)[] = []
  const { events } = app
  /** Keeps what an event tells, then announces the change. */
  const keep =
    <P>(apply: (payload: P) => void) =>
    (payload: P): void => {
      apply(payload)
      for (const listener of listeners) listener()
    }
  const accounts = createAccountsOverview(app, state, keep)
  const names = createPersonNames(app, state, keep)
  const follow = <N extends AppEventName>(name: N, apply: (payload: AppEvents[N]) => void): void =>
    void events.on(name, keep(apply))
  follow('settings.changed', (event) => void (settings = event.settings))
  follow('preferences.changed', (event) => void (preferences = event.preferences))
  follow('presence.ownChanged', (event) => void (ownPresence = event.presence))
  follow('presence.automaticChanged', (event) => void (automatic = event.automatic))
  follow('presence.recentChanged', (event) => void (recentStatuses = event.statuses))
  follow('connection.changed', ({ accountId, state }) => void connections.set(accountId, state))
  follow('account.removed', ({ accountId }) => void connections.delete(accountId))
  follow('conversation.changed', ({ conversation }) => void conversations.set(conversation.id, conversation))
  follow('conversation.removed', ({ conversationId }) => void conversations.delete(conversationId))
  follow('inbox.unreadChanged', (event) => void (inboxUnread = event.unreadCount))
  return {
    settings: () => settings,
    accounts: () => accounts.list(ownPresence, connections),
    accountName: accounts.nameOf,
    presenceOf: (accountId) => accounts.presenceOf(accountId) ?? ownPresence,
    ownPresence: () => ownPresence,
    preferences: () => preferences,
    isQuiet: () => isQuietAt(preferences.quietHours, Date.now()),
    automatic: () => automatic,
    recentStatuses: () => recentStatuses,
    connections: () => [...connections.values()],
    conversation: (conversationId) => conversations.get(conversationId),
    unread: () =>
      [...conversations.values()]
        .filter(
          ({ unreadCount, mutedUntil, request }) => unreadCount > 0 && mutedUntil === undefined && !request,
        )
        .sort((a, b) => b.activeAt - a.activeAt),
    inboxUnread: () => inboxUnread,
    nameOf: (accountId, jid) => names.find(accountId, jid) ?? jid,
    onChange: (listener) => void listeners.push(listener),
  }
}
