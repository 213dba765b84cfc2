/** The own name and picture: what the shell may call. Rejects with UserError. */
import type { CheckedInput } from '../../contract/commands.ts'
import type { OwnProfile } from '../../model/profile.ts'

export interface ProfileVerbs {
  readProfile(accountId: number): Promise<OwnProfile>
  setOwnName(input: CheckedInput<'profile.setName'>): Promise<void>
  setOwnPicture(input: CheckedInput<'profile.setPicture'>): Promise<void>
  setAudience(input: CheckedInput<'profile.setAudience'>): Promise<void>
}
