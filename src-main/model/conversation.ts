/** A conversation: our thread with one counterpart (rooms come later). */
import type { BareJid } from './jid.ts'
import type { MessageState } from './message.ts'

export interface LastMessage {
  readonly body: string
  readonly direction: 'in' | 'out'
  readonly sentAt: number
  readonly state: MessageState
}

export interface Conversation {
  readonly id: number
  readonly accountId: number
  readonly counterpart: BareJid
  readonly last?: LastMessage
  readonly unreadCount: number
  /** Where the unread line stands; absent when all is read. */
  readonly firstUnreadId?: number
  readonly draft: string
  /** Epoch milliseconds, newest first in the list: last message, or when it was opened. */
  readonly activeAt: number
}
