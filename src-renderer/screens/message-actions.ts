/**
 * Everything that can be done with a message of a conversation: each area has its line here and its entries in a file of its
 * own. What an entry needs comes from the window (ChatActions) or from the conversation on screen.
 */
import type { AroundWhat, Message } from '../../src-main/model/message.ts'
import { deedActions } from '../components/actions/deed-actions.ts'
import { basicActions } from '../components/message/basic-actions.ts'
import type { MessageAction } from '../components/message/message-actions.ts'
import { replyActions } from '../components/replies/reply-actions.ts'
import type { ChatActions } from './chat-pane.types.ts'

/** What the conversation on screen can do. */
export interface PaneActions {
  readonly reply: (message: Message) => void
  readonly correct: (message: Message) => void
  /** Opens the choice of emoji beside the message. */
  readonly react: (message: Message, element: HTMLElement) => void
  /** Asks how they are to go. */
  readonly remove: (messages: readonly Message[]) => void
  readonly select: (message: Message) => void
  /** Shows a message, wherever in the history it lies. */
  readonly jumpTo: (what: AroundWhat) => void
  /** Several messages as text. */
  readonly transcript: (messages: readonly Message[]) => string
}

export function messageActions(actions: ChatActions, pane: PaneActions): readonly MessageAction[] {
  return [...replyActions({ ...actions, ...pane }), ...deedActions(pane), ...basicActions(actions, pane)]
}
