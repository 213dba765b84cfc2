/** Finding words in the history: what the shell may call. */
import type { CheckedInput } from '../../contract/commands.ts'
import type { SearchPage } from '../../model/search.ts'

export interface SearchVerbs {
  /** `windowId` says whose older search a newer one ends. */
  findWords(windowId: number, input: CheckedInput<'search.find'>): Promise<SearchPage>
  cancelSearch(windowId: number): void
}
