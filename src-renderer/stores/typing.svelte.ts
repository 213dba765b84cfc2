/** Who is typing to us now. */
import type { AppEvent } from '../../src-main/contract/events.ts'
import type { AppState } from '../../src-main/contract/snapshot.ts'
import { Keyed } from './keyed.svelte.ts'

export class TypingStore {
  readonly #typists = new Keyed<true>()

  isTyping(accountId: number, jid: string): boolean {
    return this.#typists.get(accountId, jid) === true
  }

  start(state: AppState): void {
    for (const { accountId, jid } of state.typing) this.#typists.set(accountId, jid, true)
  }

  apply(event: AppEvent): void {
    if (event.name === 'account.removed') this.#typists.deleteAccount(event.payload.accountId)
    if (event.name !== 'typing.changed') return
    const { accountId, jid, typing } = event.payload
    if (typing) this.#typists.set(accountId, jid, true)
    else this.#typists.delete(accountId, jid)
  }
}
