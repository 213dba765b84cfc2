/** The contacts. */
import type { AppEvent } from '../../src-main/contract/events.ts'
import type { AppState } from '../../src-main/contract/snapshot.ts'
import type { Contact } from '../../src-main/model/contact.ts'
import { displayName } from './address.ts'
import { Keyed } from './keyed.svelte.ts'

export class RosterStore {
  readonly #contacts = new Keyed<Contact>()
  /** Unordered. */
  all = $derived.by(() => this.#contacts.all())

  find(accountId: number, jid: string): Contact | undefined {
    return this.#contacts.get(accountId, jid)
  }

  /** How the user calls this address, whether it is a contact or not. */
  nameOf(accountId: number, jid: string): string {
    return displayName(jid, this.find(accountId, jid)?.name)
  }

  /** Every group that a contact is in, by the alphabet of the language. */
  groups = $derived.by(() =>
    [...new Set(this.all.flatMap((contact) => contact.groups))].sort((a, b) => a.localeCompare(b)),
  )

  start(state: AppState): void {
    for (const contact of state.contacts) this.#contacts.set(contact.accountId, contact.jid, contact)
  }

  apply(event: AppEvent): void {
    if (event.name === 'account.removed') this.#contacts.deleteAccount(event.payload.accountId)
    if (event.name !== 'roster.changed') return
    const { accountId, replaced, upserted, removed } = event.payload
    if (replaced) this.#contacts.deleteAccount(accountId)
    for (const contact of upserted) this.#contacts.set(accountId, contact.jid, contact)
    for (const jid of removed) this.#contacts.delete(accountId, jid)
  }
}
