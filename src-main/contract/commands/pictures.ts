/** Pictures of rooms, of those in them, and of contacts: what the renderer may ask for, for what is seen and nothing else. */
import * as v from 'valibot'
import type { ShownPicture } from '../../model/picture.ts'
import { id, jid, text } from '../fields.ts'
import { nick } from './rooms.ts'

const hash = v.pipe(text(40), v.regex(/^[0-9a-f]{40}$/))

export const picturesCommands = {
  /**
   * The picture with this hash (SHA-1, hex) of a room, or of an occupant. Nothing where it can't be had now: offline, another
   * one, none that can be shown, or too many are asked for; the next time that it is seen may do better.
   */
  'picture.fetch': v.strictObject({
    accountId: id,
    room: jid,
    nick: v.optional(nick),
    hash,
  }),
  /**
   * The hash of the picture that a room announces, or an occupant, where it is known; `ask`: a room that is not known is asked,
   * which lets its service know that somebody looks at it.
   */
  'picture.announced': v.strictObject({ accountId: id, room: jid, nick: v.optional(nick), ask: v.boolean() }),
  /** A picture as above, of a contact, or of the account itself. */
  'picture.fetchPerson': v.strictObject({ accountId: id, jid, hash }),
} as const

export interface PicturesOutputs {
  'picture.announced': string | undefined
  'picture.fetch': ShownPicture | undefined
  'picture.fetchPerson': ShownPicture | undefined
}
