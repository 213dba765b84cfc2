/** The chat list as it is drawn: conversations joined with what is known of their counterparts. */
import type { Conversation } from '../../src-main/model/conversation.ts'
import type { MessageState } from '../../src-main/model/message.ts'
import type { Show } from '../../src-main/model/presence.ts'
import { parseAction } from '../../src-main/text/me-command.ts'
import { clipped, previewOf } from '../../src-main/text/preview.ts'

export interface ConversationRow {
  readonly id: number
  readonly jid: string
  readonly name: string
  readonly show: Show | 'offline'
  /** One line of the newest message or of the draft; empty when there is neither. */
  readonly preview: string
  readonly previewKind: 'in' | 'out' | 'draft' | 'none'
  /** Who acts, where the newest message is an action (XEP-0245); the preview is then what they do. */
  readonly actor: string | undefined
  /** Of an own last message; undefined otherwise. */
  readonly state: MessageState | undefined
  /** Epoch milliseconds. */
  readonly at: number
  readonly unreadCount: number
}

export interface People {
  /** What the user calls themselves on this account. */
  ownNameOf(accountId: number): string
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
    const draft = id === onScreen ? '' : previewOf(conversation.draft, PREVIEW_LENGTH)
    const name = people.nameOf(accountId, counterpart)
    const { actor, words } = newestOf(last, () =>
      last?.direction === 'out' ? people.ownNameOf(accountId) : name,
    )
    return {
      id,
      jid: counterpart,
      name,
      show: people.showOf(accountId, counterpart),
      preview: draft !== '' ? draft : words,
      actor: draft !== '' ? undefined : actor,
      previewKind: draft !== '' ? 'draft' : (last?.direction ?? 'none'),
      state: last?.direction === 'out' ? last.state : undefined,
      at: last?.sentAt ?? conversation.activeAt,
      unreadCount: conversation.unreadCount,
    }
  })
}

function newestOf(
  last: Conversation['last'],
  sender: () => string,
): { readonly actor: string | undefined; readonly words: string } {
  // The first four characters decide, so a megabyte is not looked at.
  const body = clipped(last?.body ?? '', 4 * PREVIEW_LENGTH)
  const action = parseAction(body)
  return {
    actor: action === undefined ? undefined : sender(),
    words: previewOf(action ?? body, PREVIEW_LENGTH),
  }
}
