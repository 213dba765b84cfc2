/** The history as a whole: deleting, exporting and backing it up: plain types, and what is announced. */
import type { Conversation } from './conversation.ts'

export const EXPORT_FORMATS = ['json', 'html', 'text'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** One conversation that is exported. */
export interface ExportedConversation {
  readonly conversation: Conversation
  /** Our own address. */
  readonly account: string
  /** As the user calls the counterpart, or the room; else the address. */
  readonly name: string
}

/** cancelled: by the user, in the dialog of files or later; nothing is left of it. */
export type ExportOutcome =
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'done'; readonly messages: number; readonly fileName: string }

export type BackupOutcome =
  { readonly kind: 'cancelled' } | { readonly kind: 'done'; readonly fileName: string }

/** A file that is a backup by its beginning; what is in it shows with the password. */
export type BackupChoice =
  { readonly kind: 'cancelled' } | { readonly kind: 'chosen'; readonly fileName: string }

/** ready: it takes the place of what is here at the next start. */
export type RestoreOutcome = { readonly kind: 'cancelled' } | { readonly kind: 'ready' }

export interface HistoryEvents {
  /** Its messages are gone from this computer; those that came meanwhile are there. */
  'conversation.cleared': { readonly conversationId: number }
  /** 0 to 1. */
  'export.progressed': { readonly done: number; readonly messages: number }
  'backup.progressed': { readonly done: number }
}
