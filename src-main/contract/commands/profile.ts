/** The own name and picture: what the renderer may ask for. All of it needs a connection. */
import * as v from 'valibot'
import { AUDIENCES, type OwnProfile } from '../../model/profile.ts'
import { id, text } from '../fields.ts'

const audience = v.picklist(AUDIENCES)

export const profileCommands = {
  'profile.read': v.strictObject({ accountId: id }),
  /** Empty takes it away. */
  'profile.setName': v.strictObject({ accountId: id, name: v.pipe(text(256), v.trim()) }),
  /** A PNG, or null, which takes it away. */
  'profile.setPicture': v.strictObject({
    accountId: id,
    base64: v.nullable(v.pipe(text(200_000), v.base64())),
    audience,
  }),
  'profile.setAudience': v.strictObject({ accountId: id, audience }),
} as const

export interface ProfileOutputs {
  'profile.read': OwnProfile
}
