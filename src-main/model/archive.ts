/** The archive (XEP-0313): catching up, older history, gaps: plain types, what is announced, and what a window starts with. */
import type { Message } from './message.ts'

/**
 * unknown: not asked yet; none: the server has no archive for us; catching-up: what was said meanwhile; loading-older: the
 * background load of old history; idle: nothing to do, or not before the user wishes it.
 */
export type ArchivePhase = 'unknown' | 'none' | 'catching-up' | 'loading-older' | 'idle'

export interface ArchiveProgress {
  readonly accountId: number
  readonly phase: ArchivePhase
  /** Messages taken in since this phase began. */
  readonly loaded: number
  /** Epoch milliseconds: history is here without gap back to there; undefined where none is known. */
  readonly since?: number
  /** Nothing older is in the archive. */
  readonly complete: boolean
}

export interface OlderHistory {
  /** Rows that are new here. */
  readonly added: number
  /** The archive has more before these. */
  readonly more: boolean
}

/** How far back the background load goes. */
export const HISTORY_LIMITS = ['none', 'week', 'month', 'year', 'all'] as const
export type HistoryLimit = (typeof HISTORY_LIMITS)[number]

/** XEP-0441: what the server keeps by default, and for whom it does otherwise. */
export interface ArchivePreferences {
  readonly keep: 'always' | 'never' | 'roster'
  readonly always: readonly string[]
  readonly never: readonly string[]
}

export interface ArchiveEvents {
  /** Rows from the archive, all of one conversation, in its order; what is news of them 'archive.caughtUp' tells. */
  'archive.added': { readonly conversationId: number; readonly messages: readonly Message[] }
  /** Gaps of a conversation (of every one of the account without an id) were filled or found: ask for its page again. */
  'archive.gapsChanged': { readonly accountId: number; readonly conversationId?: number }
  /** What was said meanwhile is here, or as much of it as could be had: of each conversation its newest unread message. */
  'archive.caughtUp': { readonly accountId: number; readonly latest: readonly Message[] }
  'archive.progressed': { readonly progress: ArchiveProgress }
}

export interface ArchiveState {
  readonly archives: readonly ArchiveProgress[]
}
