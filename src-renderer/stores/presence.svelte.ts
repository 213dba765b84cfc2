/** Who is there: the user's own presence and that of each contact's resources. */
import type { AppEvent } from '../../src-main/contract/events.ts'
import type { AppState } from '../../src-main/contract/snapshot.ts'
import type { ContactPresence, OwnPresence, ResourcePresence, Show } from '../../src-main/model/presence.ts'
import { Keyed } from './keyed.svelte.ts'

export class PresenceStore {
  own = $state.raw<OwnPresence>({ show: 'online', status: '' })
  readonly #presences = new Keyed<ContactPresence>()

  /** All resources, the one to show first; empty when offline. */
  resourcesOf(accountId: number, jid: string): readonly ResourcePresence[] {
    return this.#presences.get(accountId, jid)?.resources ?? []
  }

  showOf(accountId: number, jid: string): Show | 'offline' {
    return this.resourcesOf(accountId, jid)[0]?.show ?? 'offline'
  }

  /** The status text to show; empty when there is none. */
  statusOf(accountId: number, jid: string): string {
    return this.resourcesOf(accountId, jid)[0]?.status ?? ''
  }

  start(state: AppState): void {
    this.own = state.ownPresence
    this.#put(state.presences)
  }

  apply(event: AppEvent): void {
    if (event.name === 'presence.ownChanged') this.own = event.payload.presence
    else if (event.name === 'presence.changed') this.#put(event.payload.presences)
    else if (event.name === 'account.removed') this.#presences.deleteAccount(event.payload.accountId)
  }

  #put(presences: readonly ContactPresence[]): void {
    for (const presence of presences) {
      if (presence.resources.length === 0) this.#presences.delete(presence.accountId, presence.jid)
      else this.#presences.set(presence.accountId, presence.jid, presence)
    }
  }
}
