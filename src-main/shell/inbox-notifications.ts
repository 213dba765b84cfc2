/** One notification for the Inbox: of its latest single message, until that one or all of them are read. */
import { mayDisturb } from '../domain/notifications.ts'
import type { SingleSummary } from '../model/inbox.ts'
import { singleNotification } from './notification-text.ts'
import { GATHER_MS, type NotificationTools, type Notifier } from './notifier.ts'

const SUBJECT = 'inbox'

export function attachInboxNotifications(tools: NotificationTools, notifier: Notifier): void {
  const { app, overview, windows, text } = tools
  let latest: SingleSummary | undefined
  let gathering: NodeJS.Timeout | undefined

  const show = (): void => {
    const count = overview.inboxUnread()
    const settings = overview.settings()
    if (latest === undefined || count === 0) return
    if (!mayDisturb({ settings, ownPresence: overview.ownPresence() })) return
    const { id, accountId, counterpart, subject, preview: body } = latest
    const name = overview.nameOf(accountId, counterpart)
    const notice = { name, subject, body, count, preview: settings.notificationPreview }
    notifier.show(SUBJECT, singleNotification(notice, text(), process.platform), () =>
      windows.showMain({ kind: 'inbox', messageId: id }),
    )
  }
  const forget = (): void => {
    latest = undefined
    clearTimeout(gathering)
    notifier.close(SUBJECT)
  }

  app.events.on('single.added', ({ message }) => {
    if (!message.unread) return
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
