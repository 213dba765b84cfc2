/** Caring for a room: what the renderer may ask for. The room decides what we may. */
import * as v from 'valibot'
import type { Conversation } from '../../model/conversation.ts'
import { FIELD_TYPES, type DataForm } from '../../model/form.ts'
import { AFFILIATIONS, ROOM_REQUESTS } from '../../model/room.ts'
import { ROOM_PRESETS, type AffiliatedList } from '../../model/ownership.ts'
import { id, jid, text } from '../fields.ts'
import { nick } from './rooms.ts'

const reason = text(1024)
const answers = v.pipe(
  v.array(
    v.strictObject({
      name: text(1024),
      type: v.picklist(FIELD_TYPES),
      values: v.pipe(v.array(text(65_536)), v.maxLength(2000)),
    }),
  ),
  v.maxLength(256),
)
const room = v.strictObject({ conversationId: id })

export const ownershipCommands = {
  /** Makes, sets up and joins it (§10.1); an address that is taken is joined instead only when the user asks so. */
  'room.create': v.strictObject({
    accountId: id,
    jid,
    nick,
    name: v.pipe(text(256), v.trim(), v.nonEmpty()),
    preset: v.picklist(ROOM_PRESETS),
    invite: v.pipe(v.array(jid), v.maxLength(100)),
  }),
  'room.fetchConfig': room,
  'room.submitConfig': v.strictObject({ conversationId: id, answers }),
  /** The form was looked at and nothing is to change (§10.2). */
  'room.cancelConfig': room,
  /** Null takes it away. */
  'room.setPicture': v.strictObject({
    conversationId: id,
    base64: v.nullable(v.pipe(text(700_000), v.base64())),
  }),
  'room.destroy': v.strictObject({ conversationId: id, reason, alternative: v.optional(jid) }),
  /** Everybody with this affiliation. */
  'room.affiliations': v.strictObject({ conversationId: id, affiliation: v.picklist(AFFILIATIONS) }),
  'room.setAffiliation': v.strictObject({
    conversationId: id,
    jid,
    affiliation: v.picklist(AFFILIATIONS),
    reason,
  }),
  /** 'none' throws out for this visit. */
  'room.setRole': v.strictObject({
    conversationId: id,
    nick,
    role: v.picklist(['none', 'visitor', 'participant', 'moderator']),
    reason,
  }),
  /** XEP-0425: takes another's message back for everybody. */
  'room.moderate': v.strictObject({ messageId: id, reason }),
  'room.answerVoice': v.strictObject({
    conversationId: id,
    kind: v.picklist(ROOM_REQUESTS),
    nick,
    allow: v.boolean(),
  }),
} as const

export interface OwnershipOutputs {
  'room.create': Conversation
  'room.fetchConfig': DataForm
  'room.affiliations': AffiliatedList
}
