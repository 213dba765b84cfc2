/** The archive (XEP-0313): catching up, older history, gaps: what the renderer may ask for. */

import * as v from 'valibot'
import type { ArchivePreferences, OlderHistory } from '../../model/archive.ts'
import { id, messageKey, text } from '../fields.ts'
import { MAX_QUERY_LENGTH } from './search.ts'

const addresses = v.pipe(v.array(text(3071)), v.maxLength(1000))

export const archiveCommands = {
  /**
   * A page of what lies before `before` (a row after a gap), or before the oldest row; stores it and tells of it. With
   * `text`, where the archive can be searched: all back to the next message that has these words, or nothing.
   */
  'archive.loadOlder': v.strictObject({
    conversationId: id,
    before: v.optional(messageKey),
    text: v.optional(text(MAX_QUERY_LENGTH)),
  }),
  /** The message that this one answers, which is not here, with all that was said since. */
  'archive.fetchOriginal': v.strictObject({ messageId: id }),
  /** Undefined where the server lets nobody choose. */
  'archive.preferences': v.strictObject({ accountId: id }),
  'archive.setPreferences': v.strictObject({
    accountId: id,
    keep: v.picklist(['always', 'never', 'roster']),
    always: addresses,
    never: addresses,
  }),
} as const

/** Answers of these commands; one that is not named answers nothing. */
export interface ArchiveOutputs {
  'archive.loadOlder': OlderHistory
  /** The row's id; undefined when the archive does not have it, or not within a sensible distance. */
  'archive.fetchOriginal': number | undefined
  'archive.preferences': ArchivePreferences | undefined
  /** As the server applied them. */
  'archive.setPreferences': ArchivePreferences
}
