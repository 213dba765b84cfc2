/**
 * System notifications: one for each conversation with news, gathered for a moment so that a burst is one; a click leads
 * to the conversation, reading it takes the notification away. Whether to notify is the domain's decision.
 */
import { Notification } from 'electron'
import type { App } from '../domain/app.types.ts'
import { mayDisturb, shouldNotify } from '../domain/notifications.ts'
import type { SubscriptionRequest } from '../model/contact.ts'
import type { Message } from '../model/message.ts'
import type { Translate } from '../text/text.ts'
import { messageNotification, requestNotification, type NotificationText } from './notification-text.ts'
import type { Overview } from './overview.ts'
import type { Windows } from './windows/registry.ts'

const GATHER_MS = 250

export interface NotificationTools {
  readonly app: Pick<App, 'events'>
  readonly overview: Overview
  readonly windows: Windows
  readonly text: () => Translate
  readonly icon: string
}

export function attachNotifications({ app, overview, windows, text, icon }: NotificationTools): void {
  /** Shown ones by subject; a new one takes the place of the old. Kept so that they can't be collected while shown. */
  const shown = new Map<string, Notification>()
  const gathering = new Map<number, NodeJS.Timeout>()

  const close = (subject: string): void => {
    shown.get(subject)?.close()
    shown.delete(subject)
  }
  const show = (subject: string, words: NotificationText, onClick: () => void): void => {
    if (!Notification.isSupported()) return
    close(subject)
    const notification = new Notification({ ...words, icon })
    notification.on('click', onClick)
    notification.on('close', () => {
      if (shown.get(subject) === notification) shown.delete(subject)
    })
    shown.set(subject, notification)
    notification.show()
    windows.flash()
  }
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
