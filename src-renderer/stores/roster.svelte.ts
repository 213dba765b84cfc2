/** The contacts. */
import type { AppEvent } from '../../src-main/contract/events.ts'
import type { AppState } from '../../src-main/contract/snapshot.ts'
import type { Contact } from '../../src-main/model/contact.ts'
import type { Nickname } from '../../src-main/model/nickname.ts'
import { nicksToShow } from '../../src-main/text/nicknames.ts'
import { displayName, localPart } from './address.ts'
import { Keyed } from './keyed.svelte.ts'

export class RosterStore {
  readonly #contacts = new Keyed<Contact>()
  readonly #nicks = new Keyed<string>()
  readonly #shownNicks = $derived.by(() =>
    nicksToShow(
      this.#contacts.all().map(({ accountId, jid, name }) => ({
        ...{ jid, name, localPart: localPart(jid), nick: this.nickOf(accountId, jid) },
      })),
    ),
  )
  /** Unordered. */
  all = $derived.by(() => this.#contacts.all())

  find(accountId: number, jid: string): Contact | undefined {
    return this.#contacts.get(accountId, jid)
  }

  /** How the user calls this address, whether it is a contact or not. */
  nameOf(accountId: number, jid: string): string {
    const contact = this.find(accountId, jid)
    return displayName(jid, contact?.name, contact && this.#shownNicks.get(jid))
  }

  /** What a contact, or a stranger who waits, calls itself, whatever it is; empty: nothing. */
  nickOf(accountId: number, jid: string): string {
    return this.#nicks.get(accountId, jid) ?? ''
  }

  /** Every group that a contact is in, by the alphabet of the language. */
  groups = $derived.by(() =>
    [...new Set(this.all.flatMap((contact) => contact.groups))].sort((a, b) => a.localeCompare(b)),
  )

  start(state: AppState): void {
    for (const contact of state.contacts) this.#contacts.set(contact.accountId, contact.jid, contact)
    this.#noteNicks(state.nicknames)
  }

  #noteNicks(nicknames: readonly Nickname[]): void {
    for (const { accountId, jid, nick } of nicknames) this.#nicks.set(accountId, jid, nick)
  }

  apply(event: AppEvent): void {
    if (event.name === 'nickname.changed') this.#noteNicks(event.payload.nicknames)
    if (event.name === 'account.removed') {
      this.#contacts.deleteAccount(event.payload.accountId)
      this.#nicks.deleteAccount(event.payload.accountId)
    }
    if (event.name !== 'roster.changed') return
    const { accountId, replaced, upserted, removed } = event.payload
    if (replaced) this.#contacts.deleteAccount(accountId)
    for (const contact of upserted) this.#contacts.set(accountId, contact.jid, contact)
    for (const jid of removed) this.#contacts.delete(accountId, jid)
  }
}
