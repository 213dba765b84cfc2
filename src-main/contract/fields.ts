/** Checks of single fields that several commands share. */
import * as v from 'valibot'
import type { BareJid } from '../model/jid.ts'
import { parseBareJid } from '../model/jid.ts'

export const id = v.pipe(v.number(), v.safeInteger(), v.minValue(1))
export const text = (max: number) => v.pipe(v.string(), v.maxLength(max))
export const jid = v.pipe(
  text(3071),
  v.transform((value) => parseBareJid(value)),
  v.custom<BareJid>((value) => value !== undefined),
)
export const groups = v.pipe(v.array(v.pipe(text(256), v.trim(), v.nonEmpty())), v.maxLength(50))
export const nothing = v.strictObject({})
export const contact = v.strictObject({ accountId: id, jid })
/** Its id may be one less than that of a message, which then comes after it. */
export const messageKey = v.strictObject({
  place: v.number(),
  id: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
})
export const singleKey = v.strictObject({ sentAt: v.number(), id })

export const MAX_BODY_LENGTH = 65_536
/** Words to send: some, whatever stands around them. */
export const body = v.pipe(
  text(MAX_BODY_LENGTH),
  v.check((words) => words.trim() !== ''),
)
