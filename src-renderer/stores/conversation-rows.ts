/** The chat list as it is drawn: conversations joined with what is known of their counterparts. */
import type { Conversation, ConversationKind } from '../../src-main/model/conversation.ts'
import type { MessageState } from '../../src-main/model/message.ts'
import type { Show } from '../../src-main/model/presence.ts'
import type { Room } from '../../src-main/model/room.ts'
import { parseAction } from '../../src-main/text/me-command.ts'
import { roomPicture, type PictureRef } from './picture-ref.ts'
import { clipped, previewOf } from '../../src-main/text/preview.ts'

export interface ConversationRow {
  readonly id: number
  readonly accountId: number
  readonly kind: ConversationKind
  readonly jid: string
  readonly name: string
  /** Of one with an occupant of a room: theirs alone. */
  readonly nick: string | undefined
  /** Of one with an occupant: the room is entered, so that who is there is known. */
  readonly present: boolean
  /** Of a room. */
  readonly picture: PictureRef | undefined
  /** In rooms: the nick of who says the newest message, where it is another's. */
  readonly author: string | undefined
  /** In rooms: who types. */
  readonly typists: readonly string[]
  /** Of a room: how many unread messages speak to us, whether all of them call, and how we stand when not in it. */
  readonly mentions: number
  readonly quiet: boolean
  readonly trouble: 'joining' | 'failed' | 'out' | undefined
  /** Messages an hour in a room that is not joined, where its service tells it. */
  readonly activity: number | undefined
  readonly show: Show | 'offline'
  /** One line of the newest message or of the draft; empty when there is neither. */
  readonly preview: string
  readonly previewKind: 'in' | 'out' | 'draft' | 'none'
  /** The hint of a newest message that is hidden until it is asked for; the preview is then empty. */
  readonly spoiler: string | undefined
  /** Who acts, where the newest message is an action (XEP-0245); the preview is then what they do. */
  readonly actor: string | undefined
  /** The newest message was taken back. */
  readonly retracted: boolean
  readonly typing: boolean
  /** Of an own last message; undefined otherwise. */
  readonly state: MessageState | undefined
  /** Epoch milliseconds. */
  readonly at: number
  readonly unreadCount: number
  readonly pinned: boolean
  readonly muted: boolean
  /** Notes to self. */
  readonly isNotes: boolean
}

export interface People {
  /** What the user calls themselves on this account. */
  ownNameOf(accountId: number): string
  nameOf(conversation: Conversation): string
  showOf(accountId: number, jid: string): Show | 'offline'
  isTyping(accountId: number, jid: string): boolean
  /** It is the account's own address. */
  isNotes(accountId: number, jid: string): boolean
  roomOf(conversationId: number): Room | undefined
  /** We are in that room. */
  isInside(accountId: number, jid: string): boolean
  /** Nicks. */
  typingIn(conversationId: number): readonly string[]
}

const PREVIEW_LENGTH = 200

/** Keeps the order of the conversations. The draft of the conversation on screen is in its composer, so not in its row. */
export function conversationRows(
  conversations: readonly Conversation[],
  people: People,
  onScreen: number | undefined,
): readonly ConversationRow[] {
  return conversations.map((conversation) => {
    const { id, accountId, kind, counterpart, last } = conversation
    const isChat = kind === 'chat'
    const draft = id === onScreen ? '' : previewOf(conversation.draft, PREVIEW_LENGTH)
    const name = people.nameOf(conversation)
    const { actor, words } = newestOf(
      last,
      () => last?.author ?? (last?.direction === 'out' ? people.ownNameOf(accountId) : name),
    )
    return {
      ...{ id, accountId, kind, name, nick: conversation.nick },
      jid: counterpart,
      present: kind === 'private' && people.isInside(accountId, counterpart),
      show: isChat ? people.showOf(accountId, counterpart) : 'offline',
      author: kind === 'room' && last?.direction === 'in' ? last.author : undefined,
      typists: kind === 'room' ? people.typingIn(id) : [],
      ...standingOf(kind === 'room' ? people.roomOf(id) : undefined),
      preview: draft !== '' ? draft : words,
      spoiler: draft !== '' ? undefined : last?.spoiler,
      actor: draft !== '' ? undefined : actor,
      previewKind: draft !== '' ? 'draft' : (last?.direction ?? 'none'),
      retracted: draft === '' && last?.retracted === true,
      typing: isChat && people.isTyping(accountId, counterpart),
      state: last?.direction === 'out' ? last.state : undefined,
      at: last?.sentAt ?? conversation.activeAt,
      unreadCount: conversation.unreadCount,
      pinned: conversation.pinnedAt !== undefined,
      muted: conversation.mutedUntil !== undefined,
      isNotes: isChat && people.isNotes(accountId, counterpart),
    }
  })
}

function standingOf(
  room: Room | undefined,
): Pick<ConversationRow, 'mentions' | 'quiet' | 'trouble' | 'activity' | 'picture'> {
  const unknown = { trouble: undefined, activity: undefined, picture: undefined }
  if (room === undefined) return { mentions: 0, quiet: false, ...unknown }
  const { mentions, notify, phase, activity } = room
  const trouble = phase === 'in' ? undefined : phase
  return { mentions, quiet: notify !== 'all', trouble, activity, picture: roomPicture(room) }
}

function newestOf(
  last: Conversation['last'],
  sender: () => string,
): { readonly actor: string | undefined; readonly words: string } {
  // The first four characters decide, so a megabyte is not looked at.
  const body = clipped(last?.spoiler === undefined ? (last?.body ?? '') : '', 4 * PREVIEW_LENGTH)
  const action = parseAction(body)
  return {
    actor: action === undefined ? undefined : sender(),
    words: previewOf(action ?? body, PREVIEW_LENGTH),
  }
}
