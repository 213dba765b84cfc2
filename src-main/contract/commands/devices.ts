/** Own devices: what is read, pinned, muted and put away on one is so on all: what the renderer may ask for. */
import * as v from 'valibot'
import { MUTE_LENGTHS } from '../../model/devices.ts'
import { id } from '../fields.ts'

export const devicesCommands = {
  /** At the top of the list. */
  'conversation.pin': v.strictObject({ conversationId: id, pinned: v.boolean() }),
  /** No notification and not among the unread, for so long; null: no longer. */
  'conversation.mute': v.strictObject({
    conversationId: id,
    length: v.nullable(v.picklist(MUTE_LENGTHS)),
  }),
  /** Out of the list until something new is said there; when it is muted, until it is taken back. */
  'conversation.putAway': v.strictObject({ conversationId: id, away: v.boolean() }),
} as const
