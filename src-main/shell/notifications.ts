/**
 * System notifications: one for each conversation with news, gathered for a moment so that a burst is one; a click leads
 * to the conversation, reading it takes the notification away. Whether to notify is the domain's decision.
 */
import { mayDisturb, shouldNotify } from '../domain/notifications.ts'
import type { SubscriptionRequest } from '../model/contact.ts'
import type { Message } from '../model/message.ts'
import { attachInboxNotifications } from './inbox-notifications.ts'
import { messageNotification, requestNotification } from './notification-text.ts'
import { createNotifier, GATHER_MS, type NotificationTools } from './notifier.ts'

export function attachNotifications(tools: NotificationTools): void {
  const { app, overview, windows, text } = tools
  const { show, close } = createNotifier(tools)
  const gathering = new Map<number, NodeJS.Timeout>()
  attachInboxNotifications(tools, { show, close })

  const isWanted = (message: Message): boolean =>
    shouldNotify(message, {
      settings: overview.settings(),
      ownPresence: overview.ownPresence(),
      conversation: overview.conversation(message.conversationId),
      inFocus: windows.inFocus(),
    })
  const showMessage = (message: Message): void => {
    gathering.delete(message.conversationId)
    if (!isWanted(message)) return
    const { accountId, conversationId, body } = message
    const notice = {
      name: overview.nameOf(accountId, message.sender),
      body,
      count: overview.conversation(conversationId)?.unreadCount ?? 1,
      preview: overview.settings().notificationPreview,
    }
    show(conversationSubject(conversationId), messageNotification(notice, text(), process.platform), () =>
      windows.showConversation(conversationId),
    )
  }
  const showRequest = ({ accountId, jid }: SubscriptionRequest): void => {
    if (!mayDisturb({ settings: overview.settings(), ownPresence: overview.ownPresence() })) return
    const words = requestNotification(overview.nameOf(accountId, jid), text())
    show(requestSubject(accountId, jid), words, () => windows.showMain({ kind: 'request', accountId, jid }))
  }

  app.events.on('message.added', ({ message }) => {
    if (message.direction === 'out') return
    clearTimeout(gathering.get(message.conversationId))
    gathering.set(message.conversationId, setTimeout(showMessage, GATHER_MS, message))
  })
  app.events.on('conversation.changed', ({ conversation: { id, unreadCount } }) => {
    if (unreadCount === 0) close(conversationSubject(id))
  })
  app.events.on('conversation.removed', ({ conversationId }) => close(conversationSubject(conversationId)))
  app.events.on('subscription.requested', ({ request }) => showRequest(request))
  app.events.on('subscription.answered', ({ accountId, jid }) => close(requestSubject(accountId, jid)))
}

function conversationSubject(conversationId: number): string {
  return `conversation ${conversationId}`
}

function requestSubject(accountId: number, jid: string): string {
  return `request ${accountId} ${jid}`
}
