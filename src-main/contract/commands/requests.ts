/** What strangers send: what the renderer may ask for. */
import * as v from 'valibot'
import { id, jid } from '../fields.ts'

export const requestsCommands = {
  /** From now on it is a conversation like any other. */
  'request.accept': v.strictObject({ conversationId: id }),
  /** With its messages, on this computer; the sender learns nothing. Only of what waits. */
  'request.delete': v.strictObject({ conversationId: id }),
  /** Refuses and deletes what they asked and said, and keeps them, or all of their server, out. */
  'stranger.block': v.strictObject({
    accountId: id,
    jid,
    scope: v.picklist(['address', 'domain']),
    /** Tells the own server why, where it takes that. */
    report: v.optional(v.picklist(['spam', 'abuse'])),
  }),
} as const
