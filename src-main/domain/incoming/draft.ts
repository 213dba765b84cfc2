/** An incoming message on its way through the pipeline, and what a step of it looks like. */
import type { Conversation } from '../../model/conversation.ts'
import type { ParsedMessage } from '../../protocol/message.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'

export interface Draft {
  readonly link: Link
  readonly parsed: ParsedMessage
  /** Set by findConversation. */
  conversation?: Conversation
  /** What to tell once the transaction is committed; events never speak of what may still be rolled back. */
  readonly announcements: (() => void)[]
}

/** Synchronous, so that the row is committed before the stanza is acknowledged to the server (XEP-0198 §4). */
export type IncomingStep = (draft: Draft, tools: Tools) => 'continue' | 'stop'
