/** The contact list as it is drawn: who is shown, under which heading, in which order. Pure, so that 5,000 can be tested. */
import type { Contact } from '../../src-main/model/contact.ts'
import type { Show } from '../../src-main/model/presence.ts'
import { displayName } from './address.ts'
import { folded } from './folded.ts'

export interface NamedContact {
  readonly contact: Contact
  readonly name: string
  /** What searching looks into: name, address, groups. */
  readonly haystack: string
}

export interface ContactRow {
  readonly kind: 'contact'
  /** Unique in the list: a contact stands once under each of its groups. */
  readonly key: string
  readonly contact: Contact
  readonly name: string
  readonly show: Show | 'offline'
  readonly status: string
}

export interface HeadingRow {
  readonly kind: 'heading'
  readonly key: string
  /** Undefined: contacts without a group. */
  readonly group: string | undefined
  readonly online: number
  readonly total: number
}

export type ListRow = ContactRow | HeadingRow

export interface Availability {
  showOf(accountId: number, jid: string): Show | 'offline'
  statusOf(accountId: number, jid: string): string
}

const ORDER: readonly (Show | 'offline')[] = ['chat', 'online', 'away', 'xa', 'dnd', 'offline']

/** The slow part, needed again only when the roster or the language changes: names, in the order of the language. */
export function namedContacts(contacts: readonly Contact[], locale: string): readonly NamedContact[] {
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' })
  return contacts
    .map((contact) => {
      const name = displayName(contact.jid, contact.name)
      return { contact, name, haystack: folded([name, contact.jid, ...contact.groups].join('\n')) }
    })
    .sort((a, b) => collator.compare(a.name, b.name) || (a.contact.jid < b.contact.jid ? -1 : 1))
}

/**
 * The rows to draw from contacts already in the order of their names: by presence, then name. A search is flat and always shows
 * who is offline; otherwise groups head their contacts, unless nobody is in a group.
 */
export function contactRows(
  contacts: readonly NamedContact[],
  availability: Availability,
  options: { readonly query: string; readonly showOffline: boolean; readonly locale: string },
): readonly ListRow[] {
  const words = folded(options.query).split(/\s+/u).filter(Boolean)
  const searching = words.length > 0
  const found = searching
    ? contacts.filter(({ haystack }) => words.every((word) => haystack.includes(word)))
    : contacts
  const rows = byPresence(found.map((named) => toRow(named, availability)))
  if (searching || contacts.every(({ contact }) => contact.groups.length === 0)) {
    return searching || options.showOffline ? rows : rows.filter(isThere)
  }
  return grouped(rows, options)
}

function toRow({ contact, name }: NamedContact, availability: Availability): ContactRow {
  const show = availability.showOf(contact.accountId, contact.jid)
  const status = show === 'offline' ? '' : availability.statusOf(contact.accountId, contact.jid)
  return { kind: 'contact', key: `${contact.accountId} ${contact.jid}`, contact, name, show, status }
}

/** Keeps the order within one presence. */
function byPresence(rows: readonly ContactRow[]): readonly ContactRow[] {
  return ORDER.flatMap((show) => rows.filter((row) => row.show === show))
}

/** Those who wait for our answer or ours for theirs can never be online, so they stay visible. */
function isThere(row: ContactRow): boolean {
  return row.show !== 'offline' || row.contact.ask
}

function grouped(
  rows: readonly ContactRow[],
  options: { readonly showOffline: boolean; readonly locale: string },
): readonly ListRow[] {
  const members = new Map<string | undefined, ContactRow[]>()
  for (const row of rows) {
    const groups = row.contact.groups.length === 0 ? [undefined] : new Set(row.contact.groups)
    for (const group of groups) {
      const list = members.get(group) ?? []
      members.set(group, list)
      list.push({ ...row, key: `${group ?? ''}\n${row.key}` })
    }
  }
  const collator = new Intl.Collator(options.locale, { numeric: true })
  const order = [...members.keys()].sort((a, b) =>
    a === undefined ? 1 : b === undefined ? -1 : collator.compare(a, b),
  )
  return order.flatMap((group) => {
    const all = members.get(group) ?? []
    const visible = options.showOffline ? all : all.filter(isThere)
    if (visible.length === 0) return []
    const online = all.filter((row) => row.show !== 'offline').length
    return [
      { kind: 'heading', key: `heading ${group ?? ''}`, group, online, total: all.length } as const,
      ...visible,
    ]
  })
}
