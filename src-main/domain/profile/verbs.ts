/** The own name and picture: the user's verbs. */
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import { withUserErrorsAsync } from '../user-errors.ts'
import { setName } from './name.ts'
import { setAudience, setPicture } from './picture.ts'
import { readProfile } from './read.ts'
import type { ProfileVerbs } from './verbs.types.ts'

export function createProfileVerbs(tools: Tools, sessions: Sessions): ProfileVerbs {
  const online = sessions.requireOnline
  return {
    readProfile: (accountId) => withUserErrorsAsync(async () => readProfile(tools, online(accountId))),
    setOwnName: ({ accountId, name }) =>
      withUserErrorsAsync(async () => setName(tools, online(accountId), name)),
    setOwnPicture: (input) =>
      withUserErrorsAsync(async () => setPicture(tools, online(input.accountId), input)),
    setAudience: ({ accountId, audience }) =>
      withUserErrorsAsync(async () => setAudience(online(accountId), audience)),
  }
}
