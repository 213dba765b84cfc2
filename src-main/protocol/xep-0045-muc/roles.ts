/** XEP-0045 §8: what moderators may do to who is there: throwing out, giving and taking voice, making moderators. */
import { parseJid, type BareJid } from '../../model/jid.ts'
import { AFFILIATIONS, ROLES, type Role } from '../../model/room.ts'
import type { Iq } from '../iq.ts'
import { attribute, ownChildren, present } from '../stanza.ts'
import { xml, type Element } from '../xml.ts'
import { buildListRequest } from './affiliations.ts'
import { saneNick } from './foreign.ts'
import type { RoleEntry } from './muc.types.ts'
import { NS_ADMIN } from './namespaces.ts'

const MAX_ENTRIES = 1000

export interface RoleChange {
  readonly nick: string
  /** 'none' throws out for this visit (§8.2). */
  readonly role: Role
  readonly reason?: string
}

/** Rejects as Iq.request does: 'not-allowed' against somebody who is more than we are. */
export async function setRole(iq: Iq, room: BareJid, change: RoleChange): Promise<void> {
  await iq.request({ type: 'set', to: room, payload: buildRoleChange(change) })
}

/** Roles by nick alone: with an affiliation beside them they are refused (§17.4). */
export function buildRoleChange({ nick, role, reason = '' }: RoleChange): Element {
  const item = xml('item', { nick, role }, ...(reason === '' ? [] : [xml('reason', {}, reason)]))
  return xml('query', { xmlns: NS_ADMIN }, item)
}

/** Who has this role just now (§8.5, §9.8); at most a thousand. Rejects as Iq.request does. */
export async function fetchRoles(iq: Iq, room: BareJid, role: Role): Promise<readonly RoleEntry[]> {
  const result = await iq.request({ type: 'get', to: room, payload: buildListRequest({ role }) })
  const query = result.getChild('query', NS_ADMIN)
  return query === undefined ? [] : parseRoles(query)
}

export function parseRoles(query: Element): readonly RoleEntry[] {
  return ownChildren(query, 'item').slice(0, MAX_ENTRIES).flatMap(parseEntry)
}

function parseEntry(item: Element): RoleEntry[] {
  const nick = saneNick(attribute(item, 'nick'))
  const role = ROLES.find((known) => known === attribute(item, 'role'))
  if (nick === undefined || role === undefined) return []
  const affiliation = AFFILIATIONS.find((known) => known === attribute(item, 'affiliation')) ?? 'none'
  return [{ nick, role, affiliation, ...present('jid', parseJid(attribute(item, 'jid') ?? '')) }]
}
