/** Finding words in the history: what the renderer may ask for. Days are found by `conversation.page`. */
import * as v from 'valibot'
import type { SearchPage } from '../../model/search.ts'
import { id, messageKey, nothing, text } from '../fields.ts'

/** More than anybody types; long pasted text is not searched for. */
export const MAX_QUERY_LENGTH = 256

export const searchCommands = {
  /**
   * A window's newer search ends its older one, which then answers with an empty page; those within a conversation and
   * those over all don't end each other.
   */
  'search.find': v.strictObject({
    text: text(MAX_QUERY_LENGTH),
    conversationId: v.optional(id),
    /** The last hit of the page before. */
    before: v.optional(messageKey),
    limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)),
  }),
  /** Nobody waits any more for what was searched over all. */
  'search.cancel': nothing,
} as const

/** Answers of these commands; one that is not named answers nothing. */
export interface SearchOutputs {
  'search.find': SearchPage
}
