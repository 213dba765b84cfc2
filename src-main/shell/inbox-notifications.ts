/** One notification for the Inbox: of its latest single message, until that one or all of them are read. */
import type { SingleSummary } from '../model/inbox.ts'
import { singleNotification, withAccount } from './notification-text.ts'
import { GATHER_MS, mayDisturbNow, type NotificationTools, type Notifier } from './notifier.ts'

const SUBJECT = 'inbox'

export function attachInboxNotifications(tools: NotificationTools, notifier: Notifier): void {
  const { app, overview, windows, text } = tools
  let latest: SingleSummary | undefined
  let gathering: NodeJS.Timeout | undefined

  const show = (): void => {
    const count = overview.inboxUnread()
    if (latest === undefined || count === 0) return
    const { id, accountId, counterpart, subject, preview: body } = latest
    if (!mayDisturbNow(overview, accountId)) return
    const name = overview.nameOf(accountId, counterpart)
    const notice = { name, subject, body, count, preview: overview.settings().notificationPreview }
    const words = singleNotification(notice, text(), process.platform)
    notifier.show(SUBJECT, withAccount(words, overview.accountName(accountId), text()), () =>
      windows.showMain({ kind: 'inbox', messageId: id }),
    )
  }
  const forget = (): void => {
    latest = undefined
    clearTimeout(gathering)
    notifier.close(SUBJECT)
  }

  app.events.on('single.added', ({ message }) => {
    if (!message.unread || !mayDisturbNow(overview, message.accountId)) return
    latest = message
    clearTimeout(gathering)
    gathering = setTimeout(show, GATHER_MS)
  })
  app.events.on('single.changed', ({ message }) => {
    if (message.id === latest?.id && !message.unread) forget()
  })
  app.events.on('single.removed', ({ messageId }) => {
    if (messageId === latest?.id) forget()
  })
  app.events.on('inbox.unreadChanged', ({ unreadCount }) => {
    if (unreadCount === 0) forget()
  })
}
