/** Our own presence is that of every room we are in (XEP-0045 §7.7), and so is our going. */
import type { OutgoingPresence } from '../../protocol/presence.ts'
import { buildRoomPresence, occupantJid } from '../../protocol/xep-0045-muc/index.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'

export function announceInRooms(tools: Tools, link: Link, presence: OutgoingPresence): void {
  for (const visit of tools.rooms.list(link.accountId)) {
    const occupant = visit.phase === 'in' ? occupantJid(visit.jid, visit.nick) : undefined
    if (occupant !== undefined) link.stream.send(buildRoomPresence(occupant, presence, link.newId()))
  }
}
