/** Groups as the user handles them. A group is nothing but what its contacts say (RFC 6121 §2.1.2.6): empty, it is gone. */
import type { CheckedInput } from '../../contract/commands.ts'
import type { Contact } from '../../model/contact.ts'
import type { RosterOutcome } from '../../model/people.ts'
import { setRosterItem } from '../../protocol/roster.ts'
import type { Link } from '../link.ts'
import { getContact } from '../roster.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'
import { changeMany } from './batch.ts'

/** More groups than any window shows; beyond it the list would only grow. */
const MAX_FOLDED = 1000

/** Every contact of the group gets the new name in its place; a group that has it already takes them in. */
export async function renameGroup(
  tools: Tools,
  link: Link,
  { accountId, from, to }: CheckedInput<'group.rename'>,
  signal: AbortSignal,
): Promise<RosterOutcome> {
  const members = tools.storage
    .listContacts()
    .filter((contact) => contact.accountId === accountId && contact.groups.includes(from))
  if (members.length === 0) throw userError('not-found')
  const outcome = await changeMany(tools, link, from === to ? [] : members, signal, (contact) =>
    setRosterItem(link.iq, { ...contact, groups: replaced(contact.groups, from, to) }),
  )
  const folded = tools.storage.listFoldedGroups()
  if (outcome.done > 0 && folded.includes(from)) setFolded(tools, { group: to, folded: true })
  return outcome
}

/** Out of one group (undefined: none is left) into another; into none (undefined) means out of all of them. */
export async function moveContact(
  tools: Tools,
  link: Link,
  { accountId, jid, from, to }: CheckedInput<'contact.move'>,
): Promise<void> {
  const contact = getContact(tools, accountId, jid)
  const groups = moved(contact, from, to)
  if (groups.join('\n') === contact.groups.join('\n')) return
  await setRosterItem(link.iq, { jid, name: contact.name, groups })
}

function moved(
  { groups }: Pick<Contact, 'groups'>,
  from: string | undefined,
  to: string | undefined,
): string[] {
  if (to === undefined) return []
  return from === undefined ? [...new Set([...groups, to])] : replaced(groups, from, to)
}

function replaced(groups: readonly string[], from: string, to: string): string[] {
  return [...new Set(groups.map((group) => (group === from ? to : group)))]
}

/** Kept over restarts. The empty name stands for contacts without a group. */
export function setFolded(
  { storage, events }: Tools,
  { group, folded }: CheckedInput<'group.setFolded'>,
): void {
  const others = storage.listFoldedGroups().filter((name) => name !== group)
  const names = folded ? [...others, group].slice(-MAX_FOLDED) : others
  storage.setFoldedGroups(names)
  events.emit('group.foldedChanged', { folded: names })
}
