/** A quiet notification when somebody reacts to a message of ours, one for each conversation; opened, it goes away. */
import { shouldNotifyOfReaction } from '../domain/notifications.ts'
import { openWords } from '../text/spoiler.ts'
import { reactionNotification, withAccount } from './notification-text.ts'
import type { NotificationTools, Notifier } from './notifier.ts'

export function attachReactionNotifications(tools: NotificationTools, { show, close }: Notifier): void {
  const { app, overview, windows, text } = tools
  app.events.on('reaction.received', ({ message, sender, emoji }) => {
    const { accountId, conversationId } = message
    const context = {
      settings: overview.settings(),
      ownPresence: overview.presenceOf(accountId),
      quiet: overview.isQuiet(),
      conversation: overview.conversation(conversationId),
      inFocus: windows.inFocus(),
    }
    if (!shouldNotifyOfReaction(conversationId, context)) return
    const notice = {
      name: overview.nameOf(accountId, sender),
      emoji: emoji.join(' '),
      body: openWords(message, text()),
      preview: context.settings.notificationPreview,
    }
    const open = (): void => {
      close(subjectOf(conversationId))
      windows.showConversation(conversationId)
    }
    const words = reactionNotification(notice, text(), process.platform)
    const named = withAccount(words, overview.accountName(accountId), text())
    show(subjectOf(conversationId), named, open, true)
  })
  app.events.on('conversation.removed', ({ conversationId }) => close(subjectOf(conversationId)))
}

function subjectOf(conversationId: number): string {
  return `reaction ${conversationId}`
}
