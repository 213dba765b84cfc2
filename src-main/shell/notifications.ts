/**
 * System notifications: one for each conversation with news, gathered for a moment so that a burst is one; a click leads
 * to the conversation, reading it takes the notification away. When many have news at once, as after a night without a
 * network, it is one for all of them. Whether to notify is the domain's decision.
 */
import { MOST_TOLD_EACH, shouldNotify } from '../domain/notifications.ts'
import type { SubscriptionRequest } from '../model/contact.ts'
import type { Message } from '../model/message.ts'
import { openWords } from '../text/spoiler.ts'
import { createGathering } from './gathering.ts'
import { attachInboxNotifications } from './inbox-notifications.ts'
import {
  messageNotification,
  requestNotification,
  strangerNotification,
  summaryNotification,
  withAccount,
  type NotificationText,
} from './notification-text.ts'
import { attachReactionNotifications } from './reaction-notifications.ts'
import {
  createNotifier,
  GATHER_MOST_MS,
  GATHER_MS,
  mayDisturbNow,
  type NotificationTools,
} from './notifier.ts'

const SUMMARY = 'summary'

export function attachNotifications(tools: NotificationTools): void {
  const { app, overview, windows, text } = tools
  const { show, close } = createNotifier(tools)
  /** What the summary on screen is about, as far as it is not read yet. */
  const summarized = new Set<number>()
  attachInboxNotifications(tools, { show, close })
  attachReactionNotifications(tools, { show, close })

  /** Strangers who wait and were told of. */
  const strangersTold = new Set<number>()
  const isWanted = (message: Message): boolean =>
    shouldNotify(message, {
      settings: overview.settings(),
      ownPresence: overview.presenceOf(message.accountId),
      quiet: overview.isQuiet(),
      conversation: overview.conversation(message.conversationId),
      inFocus: windows.inFocus(),
    })
  const named = (words: NotificationText, accountId: number): NotificationText =>
    withAccount(words, overview.accountName(accountId), text())
  const showMessage = (message: Message): void => {
    const { conversationId } = message
    const waits = overview.conversation(conversationId)?.request === true
    // However much a stranger says: once.
    if (waits && strangersTold.has(conversationId)) return
    if (waits) strangersTold.add(conversationId)
    show(conversationSubject(conversationId), named(wordsOf(tools, message), message.accountId), () =>
      windows.showConversation(conversationId),
    )
  }
  const showRequest = ({ accountId, jid }: SubscriptionRequest): void => {
    if (!mayDisturbNow(overview, accountId)) return
    const words = named(requestNotification(overview.nameOf(accountId, jid), text()), accountId)
    show(requestSubject(accountId, jid), words, () => windows.showMain({ kind: 'request', accountId, jid }))
  }

  const showSummary = (messages: readonly Message[]): void => {
    summarized.clear()
    for (const { conversationId } of messages) {
      summarized.add(conversationId)
      // What it said is in the sum.
      close(conversationSubject(conversationId))
    }
    const unread = messages.map(
      ({ conversationId }) => overview.conversation(conversationId)?.unreadCount ?? 1,
    )
    const notice = {
      names: messages.map(({ accountId, sender }) => overview.nameOf(accountId, sender)).reverse(),
      count: unread.reduce((sum, each) => sum + each, 0),
    }
    show(SUMMARY, summaryNotification(notice, text(), process.platform), () =>
      windows.showMain({ kind: 'chats' }),
    )
  }
  const isRead = (conversationId: number): void => {
    close(conversationSubject(conversationId))
    if (summarized.delete(conversationId) && summarized.size === 0) close(SUMMARY)
  }
  const news = createGathering<Message>({ quietMs: GATHER_MS, mostMs: GATHER_MOST_MS }, (messages) => {
    const wanted = messages.filter(isWanted)
    if (wanted.length > MOST_TOLD_EACH) showSummary(wanted)
    else wanted.forEach(showMessage)
  })
  const gather = (message: Message): void => {
    if (mayDisturbNow(overview, message.accountId)) news.take(message.conversationId, message)
  }

  app.events.on('message.added', ({ message }) => {
    const isOfRoom = overview.conversation(message.conversationId)?.kind === 'room'
    if (message.direction === 'in' && !isOfRoom) gather(message)
  })
  app.events.on('archive.caughtUp', ({ latest }) => latest.forEach(gather))
  // Of a room the domain says which ones are wanted.
  app.events.on('room.mentioned', ({ message }) => gather(message))
  app.events.on('conversation.changed', ({ conversation: { id, unreadCount } }) => {
    if (unreadCount === 0) isRead(id)
  })
  app.events.on('conversation.removed', ({ conversationId }) => isRead(conversationId))
  app.events.on('subscription.requested', ({ request }) => showRequest(request))
  app.events.on('subscription.answered', ({ accountId, jid }) => close(requestSubject(accountId, jid)))
}

/** Of a stranger who waits none of their words. */
function wordsOf({ overview, text }: NotificationTools, message: Message): NotificationText {
  const conversation = overview.conversation(message.conversationId)
  const name = nameOf(overview, message)
  if (conversation?.request === true) return strangerNotification(name, text())
  const notice = {
    ...{ name, body: openWords(message, text()), count: conversation?.unreadCount ?? 1 },
    preview: overview.settings().notificationPreview,
  }
  return messageNotification(notice, text(), process.platform)
}

function nameOf(overview: NotificationTools['overview'], { accountId, sender, author }: Message): string {
  const name = overview.nameOf(accountId, sender)
  return author === undefined ? name : `${author.nick} (${name})`
}

function conversationSubject(conversationId: number): string {
  return `conversation ${conversationId}`
}

function requestSubject(accountId: number, jid: string): string {
  return `request ${accountId} ${jid}`
}
