/** What contacts and rooms are called in tray and notifications, kept up to date from the domain's events. */
import type { AppState } from '../contract/snapshot.ts'
import type { App } from '../domain/app.types.ts'
import type { Contact } from '../model/contact.ts'
import { localOf, type BareJid } from '../model/jid.ts'
import type { Nickname } from '../model/nickname.ts'
import { nicksToShow } from '../text/nicknames.ts'

export interface PersonNames {
  /** The user's name, else a contact's nickname where that may stand for the address (text/nicknames.ts). */
  find(accountId: number, jid: BareJid): string | undefined
}

/** `keep` tells listeners after what it is given has run. */
export function createPersonNames(
  { events }: Pick<App, 'events'>,
  state: AppState,
  keep: <P>(apply: (payload: P) => void) => (payload: P) => void,
): PersonNames {
  const contacts = new Map(state.contacts.map((contact) => [keyOf(contact), contact]))
  const rooms = new Map(state.rooms.map((room) => [keyOf(room), room.name]))
  const nicks = new Map(state.nicknames.map((each) => [keyOf(each), each.nick]))
  /** Undefined: to be looked at again. */
  let shown: ReadonlyMap<string, string> | undefined

  function noteNicks(nicknames: readonly Nickname[]): void {
    for (const each of nicknames) nicks.set(keyOf(each), each.nick)
    shown = undefined
  }
  function nicksShown(): ReadonlyMap<string, string> {
    const all = [...contacts.values()]
    return nicksToShow(
      all.map((contact) => ({
        ...{ jid: contact.jid, name: contact.name, localPart: localOf(contact.jid) },
        nick: nicks.get(keyOf(contact)) ?? '',
      })),
    )
  }

  events.on(
    'roster.changed',
    keep(({ accountId, replaced, upserted, removed }) => {
      if (replaced)
        for (const key of contacts.keys()) if (key.startsWith(`${accountId} `)) contacts.delete(key)
      for (const contact of upserted) contacts.set(keyOf(contact), contact)
      for (const jid of removed) contacts.delete(keyOf({ accountId, jid }))
      shown = undefined
    }),
  )
  events.on(
    'nickname.changed',
    keep(({ nicknames }) => noteNicks(nicknames)),
  )
  events.on(
    'room.changed',
    keep(({ room }) => void rooms.set(keyOf(room), room.name)),
  )

  return {
    find(accountId, jid) {
      const key = keyOf({ accountId, jid })
      const contact = contacts.get(key)
      if (contact === undefined) return rooms.get(key) || undefined
      return contact.name || (shown ??= nicksShown()).get(jid) || rooms.get(key) || undefined
    },
  }
}

function keyOf({ accountId, jid }: Pick<Contact, 'accountId' | 'jid'>): string {
  return `${accountId} ${jid}`
}
