/** Finding words and days in the history: plain types, what is announced, and what a window starts with. */
import type { BareJid } from './jid.ts'
import type { MessageKey } from './message.ts'

/** A part of a message's text around what was found. */
export interface Snippet {
  /** One line. */
  readonly text: string
  /** What was found, as [start, end) in UTF-16 units of `text`, in its order. */
  readonly marks: readonly (readonly [number, number])[]
}

export interface SearchHit extends MessageKey {
  readonly accountId: number
  readonly conversationId: number
  readonly direction: 'in' | 'out'
  readonly sender: BareJid
  /** In rooms: who said it, by nick. */
  readonly author?: string
  readonly sentAt: number
  readonly snippet: Snippet
  /** What was found as it is written in this message, each once: to be marked in its bubble. */
  readonly found: readonly string[]
}

export interface SearchPage {
  /** Newest first, as the messages stand in their conversations. */
  readonly hits: readonly SearchHit[]
  /** Older ones are there; ask for those before the last hit. */
  readonly hasMore: boolean
  /** Within one conversation: how many there are in all, or at least. */
  readonly total?: number
  /** There are more than `total`: so many are not counted. */
  readonly isTotalMore?: true
}

/** How far the words of the history are in the index; searching is complete meanwhile, but slower. */
export interface Indexing {
  /** 0 to 1. */
  readonly done: number
}

export interface SearchEvents {
  'search.indexing': { readonly indexing: Indexing | null }
}

export interface SearchState {
  /** Null when all of the history is in the index. */
  readonly indexing: Indexing | null
}
