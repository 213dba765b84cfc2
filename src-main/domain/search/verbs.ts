/** Finding words in the history: the user's verbs. */
import type { SearchPage, SearchState } from '../../model/search.ts'
import { SearchCancelled } from '../../storage/search.types.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import { asUserError } from '../user-errors.ts'
import type { SearchVerbs } from './verbs.types.ts'

export function createSearchVerbs(tools: Tools, _sessions: Sessions): SearchVerbs {
  const { searcher } = tools.storage
  searcher.onIndexing((indexing) => tools.events.emit('search.indexing', { indexing: indexing ?? null }))
  searcher.onDamaged(() => tools.raised.raise({ code: 'database-doubtful' }))
  return {
    async findWords(windowId, { text, conversationId, before, limit }): Promise<SearchPage> {
      const caller = conversationId === undefined ? overAll(windowId) : `${windowId} ${conversationId}`
      try {
        return await searcher.search(caller, { text, conversationId, before, limit })
      } catch (error) {
        if (error instanceof SearchCancelled) return { hits: [], hasMore: false }
        throw asUserError(error)
      }
    },
    cancelSearch: (windowId) => searcher.cancel(overAll(windowId)),
  }
}

export function readSearchState({ storage }: Tools): SearchState {
  return { indexing: storage.searcher.indexing() ?? null }
}

function overAll(windowId: number): string {
  return `${windowId}`
}
