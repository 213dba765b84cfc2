/** The chat list as it is drawn: conversations joined with what is known of their counterparts. */
import type { Conversation } from '../../src-main/model/conversation.ts'
import type { MessageState } from '../../src-main/model/message.ts'
import type { Show } from '../../src-main/model/presence.ts'

export interface ConversationRow {
  readonly id: number
  readonly jid: string
  readonly name: string
  readonly show: Show | 'offline'
  /** One line of the newest message or of the draft; empty when there is neither. */
  readonly preview: string
  readonly previewKind: 'in' | 'out' | 'draft' | 'none'
  /** Of an own last message; undefined otherwise. */
  readonly state: MessageState | undefined
  /** Epoch milliseconds. */
  readonly at: number
  readonly unreadCount: number
}

export interface People {
  nameOf(accountId: number, jid: string): string
  showOf(accountId: number, jid: string): Show | 'offline'
}

const PREVIEW_LENGTH = 200

/** Keeps the order of the conversations. The draft of the conversation on screen is in its composer, so not in its row. */
export function conversationRows(
  conversations: readonly Conversation[],
  people: People,
  onScreen: number | undefined,
): readonly ConversationRow[] {
  return conversations.map((conversation) => {
    const { id, accountId, counterpart, last } = conversation
    const draft = id === onScreen ? '' : oneLine(conversation.draft)
    const preview = draft !== '' ? draft : oneLine(last?.body ?? '')
    return {
      id,
      jid: counterpart,
      name: people.nameOf(accountId, counterpart),
      show: people.showOf(accountId, counterpart),
      preview,
      previewKind: draft !== '' ? 'draft' : (last?.direction ?? 'none'),
      state: last?.direction === 'out' ? last.state : undefined,
      at: last?.sentAt ?? conversation.activeAt,
      unreadCount: conversation.unreadCount,
    }
  })
}

/** White space of every kind becomes single spaces; what a row can't show anyway is cut before it costs time. */
function oneLine(text: string): string {
  return text.slice(0, PREVIEW_LENGTH).replace(/\s+/gu, ' ').trim()
}
