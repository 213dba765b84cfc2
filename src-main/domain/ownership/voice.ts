/**
 * Who asks something of a room: visitors to be heard (XEP-0045 §8.6), strangers to belong (§9.9). Told to the user where it is
 * ours to decide, and answered by the room's form.
 */
import type { CheckedInput } from '../../contract/commands.ts'
import { bareOf } from '../../model/jid.ts'
import { buildRequestAnswer, setRole, type RoomRequest } from '../../protocol/xep-0045-muc/index.ts'
import type { IncomingStep } from '../incoming/draft.ts'
import type { Visit } from '../rooms/memory.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'
import { requireRoom } from './our-room.ts'

/** More wait in no room; who asks first is forgotten first. */
const MOST_WAITING = 100

/** By conversation, then by kind and name, for as long as the program runs. */
export type VoiceRequests = Map<number, Map<string, RoomRequest>>

export const hearVoiceRequest: IncomingStep = (draft, tools) => {
  const { parsed, via, isOwn, link } = draft
  const request = parsed.roomRequest
  if (request === undefined) return 'continue'
  const visit = tools.rooms.find(link.accountId, request.room)
  const { kind, jid } = request
  const nick = request.nick ?? (kind === 'registration' ? jid && bareOf(jid) : undefined)
  const isOurs = visit !== undefined && decides(visit, kind) && via === 'live' && !isOwn
  if (!isOurs || nick === undefined) return 'stop'
  const { conversationId } = visit
  keep(tools.voiceRequests, conversationId, keyOf(kind, nick), request)
  draft.announcements.push(() =>
    tools.events.emit('room.voiceRequested', {
      ...{ conversationId, kind, nick },
      ...(jid === undefined ? {} : { jid: bareOf(jid) }),
    }),
  )
  return 'stop'
}

function decides({ phase, role, affiliation }: Visit, kind: RoomRequest['kind']): boolean {
  if (phase !== 'in') return false
  return kind === 'voice' ? role === 'moderator' : affiliation === 'admin' || affiliation === 'owner'
}

function keyOf(kind: RoomRequest['kind'], nick: string): string {
  return `${kind} ${nick}`
}

function keep(requests: VoiceRequests, conversationId: number, key: string, request: RoomRequest): void {
  const waiting = requests.get(conversationId) ?? new Map<string, RoomRequest>()
  requests.set(conversationId, waiting)
  waiting.delete(key)
  waiting.set(key, request)
  const [oldest] = waiting.keys()
  if (waiting.size > MOST_WAITING && oldest !== undefined) waiting.delete(oldest)
}

/** A voice whose wish was forgotten meanwhile is given all the same. Throws UserError: 'not-found', 'offline'. */
export async function answerVoice(
  tools: Tools,
  sessions: Sessions,
  { conversationId, kind, nick, allow }: CheckedInput<'room.answerVoice'>,
): Promise<void> {
  const { stored, link } = requireRoom(tools, sessions, conversationId)
  const key = keyOf(kind, nick)
  const request = tools.voiceRequests.get(conversationId)?.get(key)
  if (request === undefined) {
    if (allow && kind === 'registration') throw userError('not-found')
    if (allow) await setRole(link.iq, stored.jid, { nick, role: 'participant' })
    return
  }
  if (!link.stream.send(buildRequestAnswer(request, allow, link.newId()))) throw userError('offline')
  tools.voiceRequests.get(conversationId)?.delete(key)
}
