/** Whether a message is worth a notification. It decides only; the shell shows. */
import type { Conversation } from '../model/conversation.ts'
import type { Message } from '../model/message.ts'
import type { OwnPresence } from '../model/presence.ts'
import type { Settings } from '../model/settings.ts'

export interface NotificationContext {
  readonly settings: Settings
  readonly ownPresence: OwnPresence
  /** The user's quiet hours. */
  readonly quiet: boolean
  /** The message's conversation as it is now; undefined when it is gone. */
  readonly conversation: Conversation | undefined
  /** Conversations that the user has before the eyes: shown in a window that has the focus. */
  readonly inFocus: ReadonlySet<number>
}

/** True for an incoming message that is still unread, not muted, not in focus, and finds the user willing to be disturbed. */
export function shouldNotify(message: Message, context: NotificationContext): boolean {
  return (
    message.direction === 'in' &&
    mayDisturb(context) &&
    (context.conversation?.unreadCount ?? 0) > 0 &&
    context.conversation?.mutedUntil === undefined &&
    !context.inFocus.has(message.conversationId)
  )
}

/** So many conversations with news at once are told one by one; more would bury the desktop, and are told together. */
export const MOST_TOLD_EACH = 5

/** The same for a reaction to a message of ours, which is never unread. */
export function shouldNotifyOfReaction(conversationId: number, context: NotificationContext): boolean {
  return (
    mayDisturb(context) &&
    context.conversation !== undefined &&
    context.conversation.mutedUntil === undefined &&
    !context.inFocus.has(conversationId)
  )
}

/** Whether anything, a subscription request for instance, may pop up now. */
export function mayDisturb({
  settings,
  ownPresence,
  quiet,
}: Pick<NotificationContext, 'settings' | 'ownPresence' | 'quiet'>): boolean {
  return settings.notifications && ownPresence.show !== 'dnd' && !quiet
}
