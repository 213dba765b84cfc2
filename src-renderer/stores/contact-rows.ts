/** The contact list as it is drawn: who is shown, under which heading, in which order. Pure, so that 5,000 can be tested. */
import type { Contact } from '../../src-main/model/contact.ts'
import type { Show } from '../../src-main/model/presence.ts'
import type { Settings } from '../../src-main/model/settings.ts'
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
  /** Whose heading it stands under; undefined for contacts without a group, and where there are no headings. */
  readonly group: string | undefined
}

export interface HeadingRow {
  readonly kind: 'heading'
  readonly key: string
  /** Undefined: contacts without a group. */
  readonly group: string | undefined
  readonly online: number
  readonly total: number
  readonly folded: boolean
}

export type ListRow = ContactRow | HeadingRow

export interface Availability {
  showOf(accountId: number, jid: string): Show | 'offline'
  statusOf(accountId: number, jid: string): string
}

export interface RowOptions {
  readonly query: string
  readonly sort: Settings['rosterSort']
  readonly showOffline: boolean
  readonly showGroups: boolean
  /** Names of groups; the empty one stands for contacts without a group. */
  readonly folded: ReadonlySet<string>
  readonly locale: string
  /** When the conversation was last active, epoch milliseconds; 0 where there is none. */
  readonly activeAt: (accountId: number, jid: string) => number
}

const ORDER: readonly (Show | 'offline')[] = ['chat', 'online', 'away', 'xa', 'dnd', 'offline']

/** The slow part, needed again only when the roster, a name or the language changes: names, in the order of the language. */
export function namedContacts(
  contacts: readonly Contact[],
  locale: string,
  nameOf: (contact: Contact) => string = ({ jid, name }) => displayName(jid, name),
): readonly NamedContact[] {
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' })
  return contacts
    .map((contact) => {
      const name = nameOf(contact)
      return { contact, name, haystack: folded([name, contact.jid, ...contact.groups].join('\n')) }
    })
    .sort((a, b) => collator.compare(a.name, b.name) || (a.contact.jid < b.contact.jid ? -1 : 1))
}

/**
 * The rows to draw from contacts already in the order of their names. A search is flat and always shows who is offline;
 * otherwise groups head their contacts, unless the user wants none or nobody is in one.
 */
export function contactRows(
  contacts: readonly NamedContact[],
  availability: Availability,
  options: RowOptions,
): readonly ListRow[] {
  const words = folded(options.query).split(/\s+/u).filter(Boolean)
  const searching = words.length > 0
  const found = searching
    ? contacts.filter(({ haystack }) => words.every((word) => haystack.includes(word)))
    : contacts
  const rows = sorted(
    found.map((named) => toRow(named, availability)),
    options,
  )
  if (searching) return rows
  if (!options.showGroups || contacts.every(({ contact }) => contact.groups.length === 0)) {
    return options.showOffline ? rows : rows.filter(isThere)
  }
  return grouped(rows, options)
}

function toRow({ contact, name }: NamedContact, availability: Availability): ContactRow {
  const show = availability.showOf(contact.accountId, contact.jid)
  const status = show === 'offline' ? '' : availability.statusOf(contact.accountId, contact.jid)
  const key = `${contact.accountId} ${contact.jid}`
  return { kind: 'contact', key, contact, name, show, status, group: undefined }
}

/** Keeps the order of names among equals. */
function sorted(rows: readonly ContactRow[], { sort, activeAt }: RowOptions): readonly ContactRow[] {
  if (sort === 'name') return rows
  if (sort === 'presence') {
    const byShow = new Map<Show | 'offline', ContactRow[]>(ORDER.map((show) => [show, []]))
    for (const row of rows) byShow.get(row.show)?.push(row)
    return [...byShow.values()].flat()
  }
  const timed = rows.map((row) => ({ row, at: activeAt(row.contact.accountId, row.contact.jid) }))
  return timed.sort((a, b) => b.at - a.at).map(({ row }) => row)
}

/** Those who wait for our answer or ours for theirs can never be online, so they stay visible. */
function isThere(row: ContactRow): boolean {
  return row.show !== 'offline' || row.contact.ask
}

function grouped(rows: readonly ContactRow[], options: RowOptions): readonly ListRow[] {
  const members = membersOf(rows)
  const collator = new Intl.Collator(options.locale, { numeric: true })
  const order = [...members.keys()].sort((a, b) =>
    a === undefined ? 1 : b === undefined ? -1 : collator.compare(a, b),
  )
  return order.flatMap((group): readonly ListRow[] => {
    const all = members.get(group) ?? []
    const visible = options.showOffline ? all : all.filter(isThere)
    if (visible.length === 0) return []
    const online = all.filter((row) => row.show !== 'offline').length
    const isFolded = options.folded.has(group ?? '')
    const heading: HeadingRow = {
      kind: 'heading',
      key: `heading ${group ?? ''}`,
      group,
      online,
      total: all.length,
      folded: isFolded,
    }
    if (isFolded) return [heading]
    return [heading, ...visible.map((row) => ({ ...row, group, key: `${group ?? ''}\n${row.key}` }))]
  })
}

/** Rows by group, in their order; a contact may be in several. */
function membersOf(rows: readonly ContactRow[]): ReadonlyMap<string | undefined, readonly ContactRow[]> {
  const members = new Map<string | undefined, ContactRow[]>()
  for (const row of rows) {
    const groups = row.contact.groups.length === 0 ? [undefined] : row.contact.groups
    for (const group of groups) {
      const list = members.get(group)
      if (list === undefined) members.set(group, [row])
      else list.push(row)
    }
  }
  return members
}
