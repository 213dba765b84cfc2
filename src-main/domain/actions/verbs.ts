/** What people do with messages: corrections, retractions, reactions: the user's verbs. */
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import { withUserErrors } from '../user-errors.ts'
import { correctMessage } from './correct.ts'
import { dropDeeds, retryDeeds } from './failed-deeds.ts'
import { forgetMessages } from './forget.ts'
import { reactToMessage } from './react.ts'
import { retractMessage } from './retract.ts'
import type { ActionsVerbs } from './verbs.types.ts'

export function createActionsVerbs(tools: Tools, sessions: Sessions): ActionsVerbs {
  const thenFlush = (body: () => { readonly accountId: number }): void =>
    withUserErrors(() => sessions.get(body().accountId).flush())
  return {
    correctMessage: (input) => thenFlush(() => correctMessage(tools, input)),
    retractMessage: (id) => thenFlush(() => retractMessage(tools, id)),
    reactToMessage: (input) => thenFlush(() => reactToMessage(tools, input)),
    listVersions: (id) => withUserErrors(() => tools.storage.listVersions(id)),
    forgetMessages: (ids) => withUserErrors(() => forgetMessages(tools, ids)),
    retryDeeds: (id) => thenFlush(() => retryDeeds(tools, id)),
    dropDeeds: (id) => withUserErrors(() => dropDeeds(tools, id)),
  }
}
