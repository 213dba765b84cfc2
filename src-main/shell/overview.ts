/** What tray, badge and notifications need to know of the domain's state, kept up to date from its events. */
import type { App } from '../domain/app.types.ts'
import type { AutomaticShow } from '../model/availability.ts'
import type { ConnectionState } from '../model/account.ts'
import type { Contact } from '../model/contact.ts'
import type { Conversation } from '../model/conversation.ts'
import type { BareJid } from '../model/jid.ts'
import type { OwnPresence } from '../model/presence.ts'
import type { Settings } from '../model/settings.ts'

export interface Overview {
  settings(): Settings
  ownPresence(): OwnPresence
  /** What others see in place of it while nobody is at the computer. */
  automatic(): AutomaticShow | null
  /** The latest first. */
  recentStatuses(): readonly string[]
  connections(): readonly ConnectionState[]
  conversation(conversationId: number): Conversation | undefined
  /** The latest first. */
  unread(): readonly Conversation[]
  /** Of single messages. */
  inboxUnread(): number
  /** The name in the roster, else the address. */
  nameOf(accountId: number, jid: BareJid): string
  /** After each change of anything that the above tell. */
  onChange(listener: () => void): void
}

export function createOverview(app: Pick<App, 'state' | 'events'>): Overview {
  const state = app.state()
  let { settings, ownPresence, automatic, recentStatuses } = state
  let { unreadCount: inboxUnread } = state.inbox
  const connections = new Map(state.connections.map((entry) => [entry.accountId, entry.state]))
  const conversations = new Map(state.conversations.map((conversation) => [conversation.id, conversation]))
  const names = new Map(state.contacts.map((contact) => [keyOf(contact), contact.name]))
  const listeners: (() => void)[] = []
  const { events } = app

  /** Keeps what an event tells, then announces the change. */
  const keep =
    <P>(apply: (payload: P) => void) =>
    (payload: P): void => {
      apply(payload)
      for (const listener of listeners) listener()
    }
  events.on(
    'settings.changed',
    keep((event) => void (settings = event.settings)),
  )
  events.on(
    'presence.ownChanged',
    keep((event) => void (ownPresence = event.presence)),
  )
  events.on(
    'presence.automaticChanged',
    keep((event) => void (automatic = event.automatic)),
  )
  events.on(
    'presence.recentChanged',
    keep((event) => void (recentStatuses = event.statuses)),
  )
  events.on(
    'connection.changed',
    keep(({ accountId, state }) => void connections.set(accountId, state)),
  )
  events.on(
    'account.removed',
    keep(({ accountId }) => void connections.delete(accountId)),
  )
  events.on(
    'conversation.changed',
    keep(({ conversation }) => void conversations.set(conversation.id, conversation)),
  )
  events.on(
    'conversation.removed',
    keep(({ conversationId }) => void conversations.delete(conversationId)),
  )
  events.on(
    'inbox.unreadChanged',
    keep((event) => void (inboxUnread = event.unreadCount)),
  )
  events.on(
    'roster.changed',
    keep(({ accountId, replaced, upserted, removed }) => {
      if (replaced) for (const key of names.keys()) if (key.startsWith(`${accountId} `)) names.delete(key)
      for (const contact of upserted) names.set(keyOf(contact), contact.name)
      for (const jid of removed) names.delete(keyOf({ accountId, jid }))
    }),
  )

  return {
    settings: () => settings,
    ownPresence: () => ownPresence,
    automatic: () => automatic,
    recentStatuses: () => recentStatuses,
    connections: () => [...connections.values()],
    conversation: (conversationId) => conversations.get(conversationId),
    unread: () =>
      [...conversations.values()]
        .filter(({ unreadCount }) => unreadCount > 0)
        .sort((a, b) => b.activeAt - a.activeAt),
    inboxUnread: () => inboxUnread,
    nameOf: (accountId, jid) => names.get(keyOf({ accountId, jid })) || jid,
    onChange: (listener) => void listeners.push(listener),
  }
}

function keyOf({ accountId, jid }: Pick<Contact, 'accountId' | 'jid'>): string {
  return `${accountId} ${jid}`
}
