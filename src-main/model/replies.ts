/** Replies, spoilers and pinned messages: plain types. */
import type { BareJid } from './jid.ts'
import type { Author } from './room.ts'

/** The message that another one answers, as it reads now; enough of it to be recognised. */
export interface Original {
  readonly id: number
  readonly direction: 'in' | 'out'
  readonly sender: BareJid
  /** As in Message: in rooms. */
  readonly author?: Author
  /** Its beginning. */
  readonly body: string
  readonly sentAt: number
  /** With `id`, its place in the conversation. */
  readonly place: number
  /** As in Message. */
  readonly spoiler?: string
  /** As in Message: then there are no words. */
  readonly retractedAt?: number
}

export interface Reply {
  /** Absent: it is not here, or not yet. */
  readonly original?: Original
  /** What the answer carries of it, for those who do not know replies: its sender's word alone. */
  readonly quote?: string
}

/** Part of every message. */
export interface ReplyFields {
  /** It answers another message of its conversation. */
  readonly reply?: Reply
  /** Only shown when the reader asks; the hint of what it is about, which may be empty. */
  readonly spoiler?: string
  /** Epoch milliseconds; pinned on this computer alone. */
  readonly pinnedAt?: number
}
