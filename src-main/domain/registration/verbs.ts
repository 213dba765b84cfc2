/** Accounts on their servers: the user's verbs. */
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import { withUserErrorsAsync } from '../user-errors.ts'
import { createCreation } from './creation.ts'
import { deleteAccount } from './deletion.ts'
import { changePassword } from './password.ts'
import { serverList, updateServerList } from './server-list.ts'
import type { RegistrationVerbs } from './verbs.types.ts'

export function createRegistrationVerbs(tools: Tools, sessions: Sessions): RegistrationVerbs {
  const creation = createCreation(tools)
  return {
    serverList: () => serverList(tools),
    updateServerList: () => withUserErrorsAsync(() => updateServerList(tools)),
    beginRegistration: creation.begin,
    renewRegistration: creation.renew,
    submitRegistration: creation.submit,
    cancelRegistration: creation.cancel,
    changePassword: (input) => withUserErrorsAsync(() => changePassword(tools, sessions, input)),
    deleteOnServer: (input) => withUserErrorsAsync(() => deleteAccount(tools, sessions, input)),
  }
}
