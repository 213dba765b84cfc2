/** Keeps tray icon and badge in step with the domain. */
import { app as electron } from 'electron'
import type { App } from '../../domain/app.types.ts'
import type { Translate } from '../../text/text.ts'
import type { Overview } from '../overview.ts'
import type { Windows } from '../windows/registry.ts'
import { createTray } from './tray.ts'
import { unreadIn, type TrayActions, type TrayState } from './tray-menu.ts'

export interface TrayTools {
  readonly app: Pick<App, 'setPresence'>
  readonly overview: Overview
  readonly windows: Windows
  readonly icons: string
  readonly text: () => Translate
}

/** A new menu takes some milliseconds, and a burst of messages changes it with each. */
const PAUSE_MS = 250

/** The result draws anew, at once or after a pause; call it after each change. */
export function attachTray({ app, overview, windows, icons, text }: TrayTools): () => void {
  const actions: TrayActions & { click(): void } = {
    // The menu paints nothing itself: the domain's event moves the check mark.
    setShow: (show) => app.setPresence({ show, status: overview.ownPresence().status }),
    setStatus: (status) => app.setPresence({ show: overview.ownPresence().show, status }),
    setAccountShow: (accountId, show) =>
      app.setPresence({ show, status: overview.presenceOf(accountId).status, accountId }),
    showAccount: (accountId) => windows.showMain({ kind: 'account', accountId }),
    openConversation: (conversationId) => windows.showConversation(conversationId),
    openInbox: () => windows.showMain({ kind: 'inbox' }),
    show: () => windows.showMain(),
    quit: () => electron.quit(),
    click: () => windows.toggleMain(),
  }
  const tray = createTray(icons, actions)
  const render = (): void => {
    const state = trayState(overview)
    tray.render(state, text())
    electron.setBadgeCount(unreadIn(state))
  }
  render()
  return withPause(render)
}

/** The first call is answered at once, those that follow all together. */
function withPause(body: () => void): () => void {
  let last = -Infinity
  let waiting: NodeJS.Timeout | undefined
  const run = (): void => {
    waiting = undefined
    body()
    last = performance.now()
  }
  return () => {
    if (waiting !== undefined) return
    const rest = last + PAUSE_MS - performance.now()
    if (rest <= 0) run()
    else waiting = setTimeout(run, rest).unref()
  }
}

function trayState(overview: Overview): TrayState {
  const connections = overview.connections()
  return {
    accounts: overview.accounts(),
    chosen: overview.ownPresence().show,
    automatic: overview.automatic(),
    status: overview.ownPresence().status,
    recent: overview.recentStatuses(),
    online: connections.some(({ phase }) => phase === 'online'),
    hasAccount: connections.length > 0,
    inboxUnread: overview.inboxUnread(),
    conversations: overview.unread().map(({ id, accountId, counterpart, unreadCount }) => ({
      id,
      name: overview.nameOf(accountId, counterpart),
      unreadCount,
    })),
  }
}
