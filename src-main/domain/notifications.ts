/** Whether a message is worth a notification. It decides only; the shell shows. */
import type { Conversation } from '../model/conversation.ts'
import type { Message } from '../model/message.ts'
import type { OwnPresence } from '../model/presence.ts'
import type { Settings } from '../model/settings.ts'

export interface NotificationContext {
  readonly settings: Settings
  readonly ownPresence: OwnPresence
  /** The message's conversation as it is now; undefined when it is gone. */
  readonly conversation: Conversation | undefined
  /** Conversations that the user has before the eyes: shown in a window that has the focus. */
  readonly inFocus: ReadonlySet<number>
}

/** True for an incoming message that is still unread, is not in focus, and finds the user willing to be disturbed. */
export function shouldNotify(message: Message, context: NotificationContext): boolean {
  return (
    message.direction === 'in' &&
    mayDisturb(context) &&
    (context.conversation?.unreadCount ?? 0) > 0 &&
    !context.inFocus.has(message.conversationId)
  )
}

/** Whether anything, a subscription request for instance, may pop up now. */
export function mayDisturb(context: Pick<NotificationContext, 'settings' | 'ownPresence'>): boolean {
  return context.settings.notifications && context.ownPresence.show !== 'dnd'
}
