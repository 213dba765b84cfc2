/** The history as a whole: the user's verbs, one line each. */
import type { Tools } from '../tools.ts'
import { withUserErrors, withUserErrorsAsync } from '../user-errors.ts'
import { deleteHistory } from './delete.ts'
import { listExported, pageExported } from './read.ts'
import type { HistoryVerbs } from './verbs.types.ts'

export function createHistoryVerbs(tools: Tools): HistoryVerbs {
  return {
    deleteHistory: (input) => withUserErrorsAsync(() => deleteHistory(tools, input)),
    listExported: (conversationId) => withUserErrors(() => listExported(tools, conversationId)),
    pageExported: (conversationId, after) => withUserErrors(() => pageExported(tools, conversationId, after)),
  }
}
