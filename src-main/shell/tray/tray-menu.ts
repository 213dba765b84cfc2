/** What the tray shows, computed from the state alone: icon, tooltip, menu. */
import type { MenuItemConstructorOptions } from 'electron'
import type { AutomaticShow } from '../../model/availability.ts'
import type { OwnPresence } from '../../model/presence.ts'
import type { TextKey, Translate } from '../../text/text.ts'
import { buildAccountsMenu, type TrayAccount, type TrayAccountActions } from './accounts-menu.ts'
import { previewOf, shorten } from '../../text/preview.ts'

const MAX_CONVERSATIONS = 8
const MAX_NAME_LENGTH = 40

type OwnShow = OwnPresence['show']

export interface TrayState {
  /** Those that are switched on, in the user's order. */
  readonly accounts: readonly TrayAccount[]
  /** What the user chose: the checked item. */
  readonly chosen: OwnShow
  /** What others see in place of it while nobody is at the computer. */
  readonly automatic: AutomaticShow | null
  readonly status: string
  /** Status texts used before, the latest first. */
  readonly recent: readonly string[]
  /** Whether at least one account is signed in. */
  readonly online: boolean
  /** Whether there is an account whose presence could be set. */
  readonly hasAccount: boolean
  /** Unread single messages. */
  readonly inboxUnread: number
  /** Unread ones, the latest first. */
  readonly conversations: readonly {
    readonly id: number
    readonly name: string
    readonly unreadCount: number
  }[]
}

export interface TrayActions extends TrayAccountActions {
  setShow(show: OwnShow): void
  setStatus(status: string): void
  openConversation(conversationId: number): void
  openInbox(): void
  show(): void
  quit(): void
}

const PRESENCES: readonly { readonly show: OwnShow; readonly label: TextKey }[] = [
  { show: 'online', label: 'common.presenceOnline' },
  { show: 'chat', label: 'common.presenceChat' },
  { show: 'away', label: 'common.presenceAway' },
  { show: 'xa', label: 'common.presenceXa' },
  { show: 'dnd', label: 'common.presenceDnd' },
  { show: 'offline', label: 'common.presenceOffline' },
]

export function buildTrayMenu(
  state: TrayState,
  actions: TrayActions,
  text: Translate,
): MenuItemConstructorOptions[] {
  const conversations = state.conversations.slice(0, MAX_CONVERSATIONS)
  return [
    ...buildPresenceMenu(state, actions, text),
    ...buildStatusMenu(state, actions, text),
    ...buildAccountsMenu(state.accounts, PRESENCES, actions, text),
    { type: 'separator' },
    ...conversations.map(({ id, name, unreadCount }) => ({
      label: menuLabel(
        text('desktop.trayConversation', { name: shorten(name, MAX_NAME_LENGTH), count: unreadCount }),
      ),
      click: () => actions.openConversation(id),
    })),
    ...(state.inboxUnread > 0
      ? [{ label: text('inbox.trayInbox', { count: state.inboxUnread }), click: () => actions.openInbox() }]
      : []),
    ...(unreadIn(state) > 0 ? [{ type: 'separator' as const }] : []),
    { label: text('desktop.trayShow'), click: () => actions.show() },
    { label: text('desktop.quit'), click: () => actions.quit() },
  ]
}

export function buildPresenceMenu(
  { chosen, hasAccount }: TrayState,
  actions: Pick<TrayActions, 'setShow'>,
  text: Translate,
): MenuItemConstructorOptions[] {
  return PRESENCES.map(({ show, label }) => ({
    label: text(label),
    type: 'radio',
    checked: show === chosen,
    enabled: hasAccount,
    click: () => actions.setShow(show),
  }))
}

/** Words that were used before, in a menu of their own; none for an account that is not there. */
function buildStatusMenu(
  { status, recent, hasAccount }: TrayState,
  actions: Pick<TrayActions, 'setStatus'>,
  text: Translate,
): MenuItemConstructorOptions[] {
  if (!hasAccount || recent.length === 0) return []
  const submenu: MenuItemConstructorOptions[] = recent.map((each) => ({
    label: menuLabel(previewOf(each, MAX_NAME_LENGTH)),
    type: 'radio',
    checked: each === status,
    click: () => actions.setStatus(each),
  }))
  // Radio items of which none is checked would check the first.
  const none: MenuItemConstructorOptions = {
    label: text('availability.noStatus'),
    type: 'radio',
    checked: !recent.includes(status),
    click: () => actions.setStatus(''),
  }
  return [{ label: text('availability.statusMenu'), submenu: [none, ...submenu] }]
}

/** The presence that others see now: offline until an account is signed in. */
export function shownPresence({ chosen, automatic, online }: TrayState): OwnShow {
  return online ? (automatic ?? chosen) : 'offline'
}

/** Name of the picture in assets/icons/tray, without its size and ending. */
export function trayIconName(state: TrayState): string {
  return unreadIn(state) > 0 ? `${shownPresence(state)}-unread` : shownPresence(state)
}

export function trayTooltip(state: TrayState, text: Translate): string {
  const connecting = state.hasAccount && !state.online && state.chosen !== 'offline'
  const label = PRESENCES.find(({ show }) => show === shownPresence(state))?.label ?? 'common.presenceOffline'
  const shown = text(connecting ? 'desktop.trayConnecting' : label)
  const isAutomatic = state.online && state.automatic !== null
  const presence = isAutomatic ? text('availability.automatic', { presence: shown }) : shown
  const count = unreadIn(state)
  return count === 0
    ? text('desktop.trayTooltip', { presence })
    : text('desktop.trayTooltipUnread', { presence, count })
}

/** Chat and single messages together. */
export function unreadIn({ conversations, inboxUnread }: TrayState): number {
  return conversations.reduce((sum, { unreadCount }) => sum + unreadCount, inboxUnread)
}

/** The & of a name underlines nothing. */
function menuLabel(text: string): string {
  return text.replaceAll('&', '&&')
}
