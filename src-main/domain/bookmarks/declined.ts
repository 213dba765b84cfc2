/** Somebody who was asked into a room does not want to come (XEP-0045 §7.8.2): told in the room, by the room's own word alone. */
import { bareOf } from '../../model/jid.ts'
import { isBlocked } from '../availability/blocking.ts'
import type { Draft } from '../incoming/draft.ts'
import { note } from '../rooms/happenings.ts'
import type { Tools } from '../tools.ts'

/** Of a room that is not known nobody was invited. */
export function hearDeclination({ parsed, link, isOwn, archived, announcements }: Draft, tools: Tools): void {
  const { declination, type } = parsed
  if (declination === undefined || isOwn || type === 'error' || archived?.isOld === true) return
  const { room, invitee, reason } = declination
  const visit = tools.rooms.find(link.accountId, room)
  const jid = invitee && bareOf(invitee)
  if (visit === undefined || (jid !== undefined && isBlocked(tools, link.accountId, jid))) return
  const name = jid && tools.storage.findContact(link.accountId, jid)?.name
  announcements.push(() =>
    note(tools, visit, {
      kind: 'declined',
      nick: name === undefined || name === '' ? (jid ?? '') : name,
      who: `jid ${jid ?? ''}`,
      ...(reason === '' ? {} : { reason }),
    }),
  )
}
