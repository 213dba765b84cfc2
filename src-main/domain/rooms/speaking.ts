/** What we ask of a room for ourselves while we are in it: another nick, another subject. */
import { resourceOf } from '../../model/jid.ts'
import type { RoomProblem } from '../../model/room.ts'
import { UserError } from '../../contract/errors.ts'
import { buildRoomPresence, buildVoiceRequest, occupantJid } from '../../protocol/xep-0045-muc/index.ts'
import { currentPresence } from '../current-presence.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'
import { announceRoom } from './describe.ts'
import type { Visit } from './memory.ts'

const PATIENCE_MS = 15_000

/** §7.6. Out of the room it is the nick to come in with. Rejects with UserError when the room refuses it. */
export async function setNick(
  tools: Tools,
  link: Link | undefined,
  visit: Visit,
  wanted: string,
): Promise<void> {
  const occupant = occupantJid(visit.jid, wanted)
  const nick = occupant && resourceOf(occupant)
  if (occupant === undefined || nick === undefined) throw userError('invalid-address')
  if (nick === visit.nick) return
  const presence = link && currentPresence(tools, link)
  if (visit.phase !== 'in' || link === undefined || presence === undefined) {
    visit.nick = nick
    tools.storage.setRoom(visit.conversationId, { nick })
    return announceRoom(tools, visit.conversationId)
  }
  const answered = new Promise<RoomProblem | undefined>((resolve) => {
    visit.onNick = resolve
  })
  link.stream.send(buildRoomPresence(occupant, presence, link.newId()))
  const problem = await Promise.race([answered, link.rest(PATIENCE_MS).then(() => 'silent' as const)])
  visit.onNick = undefined
  if (problem === 'silent') throw userError('request-timeout')
  if (problem !== undefined) throw refusal(problem)
}

function refusal({ code }: RoomProblem): UserError {
  const condition = code === 'nick-taken' ? 'conflict' : 'not-acceptable'
  return new UserError({ code: 'refused-by-server', detail: code, condition })
}

/** §7.13. What comes of it is another role, or nothing. */
export function requestVoice(link: Link, visit: Visit): void {
  if (visit.phase !== 'in') throw userError('offline')
  link.stream.send(buildVoiceRequest(visit.jid, link.newId()))
}
