/** What a roster file would change, and the change. A file adds contacts, names and groups; it takes nothing away. */
import type { Contact } from '../../model/contact.ts'
import type { ImportPreview, RosterFileItem, RosterOutcome } from '../../model/people.ts'
import { setRosterItem } from '../../protocol/roster.ts'
import type { Link } from '../link.ts'
import { requestMutual } from '../subscriptions.ts'
import type { Tools } from '../tools.ts'
import { changeMany } from './batch.ts'
import type { ReadRoster } from './roster-file.ts'

export interface ImportPlan {
  readonly accountId: number
  readonly preview: ImportPreview
}

export function planImport(tools: Tools, accountId: number, importId: number, file: ReadRoster): ImportPlan {
  const own = tools.storage.findAccount(accountId)?.jid
  const contacts = tools.storage.listContacts().filter((contact) => contact.accountId === accountId)
  const known = new Map(contacts.map((contact) => [contact.jid, contact]))
  const added: RosterFileItem[] = []
  const changed: RosterFileItem[] = []
  for (const item of file.items) {
    const contact = known.get(item.jid)
    const merged = contact && mergedWith(contact, item)
    if (contact === undefined && item.jid !== own) added.push(item)
    else if (merged !== undefined) changed.push(merged)
  }
  const { unreadable, unreadableCount } = file
  const unchangedCount = file.items.length - added.length - changed.length
  return {
    accountId,
    preview: { importId, added, changed, unchangedCount, unreadable, unreadableCount },
  }
}

/** Undefined when the file brings nothing new. */
function mergedWith(contact: Contact, item: RosterFileItem): RosterFileItem | undefined {
  const groups = [...new Set([...contact.groups, ...item.groups])]
  const name = item.name === '' ? contact.name : item.name
  const isNew = name !== contact.name || groups.length > contact.groups.length
  return isNew ? { jid: contact.jid, name, groups } : undefined
}

/** `ask`: those who are new are asked for their presence, and may see ours, as when one adds them by hand. */
export function runImport(
  tools: Tools,
  link: Link,
  { accountId, preview }: ImportPlan,
  ask: boolean,
  signal: AbortSignal,
): Promise<RosterOutcome> {
  const isNew = new Set(preview.added)
  return changeMany(tools, link, [...preview.added, ...preview.changed], signal, async (item) => {
    await setRosterItem(link.iq, item)
    if (ask && isNew.has(item))
      requestMutual(tools, link, { jid: item.jid }, tools.storage.findContact(accountId, item.jid))
  })
}
