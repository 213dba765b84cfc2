/** An incoming message on its way through the pipeline, and what a step of it looks like. */
import type { Conversation } from '../../model/conversation.ts'
import type { Message } from '../../model/message.ts'
import type { ArchivedOutcome } from '../../storage/archive.types.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'
import type { Arrival } from './arrival.ts'

export interface Draft extends Arrival {
  readonly link: Link
  /** Set by findConversation, unless it was known before. */
  conversation?: Conversation | undefined
  /** Set by oweReceipt, where the sender asked for a receipt and may have one. */
  oweReceipt?: true
  /** Set by hideIgnored: it is kept, and shown nowhere. */
  hidden?: true
  /** Set by storeMessage. */
  stored?: Message
  /** Set by storeMessage, of what came out of the archive; `nowRead`: how many rows before it are read by that. */
  outcome?: ArchivedOutcome & {
    readonly unread: boolean
    readonly nowRead: number
    readonly hidden: boolean
  }
  /** Rows that are not new and have changed by it; told of once the transaction is committed. */
  readonly changed: Message[]
  /** What to tell once the transaction is committed; events never speak of what may still be rolled back. */
  readonly announcements: (() => void)[]
}

/** Synchronous, so that the row is committed before the stanza is acknowledged to the server (XEP-0198 §4). */
export type IncomingStep = (draft: Draft, tools: Tools) => 'continue' | 'stop'
