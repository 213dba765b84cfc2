/** The user wants to be in a room. That is kept, and done as soon as there is a stream. */
import type { CheckedInput } from '../../contract/commands.ts'
import type { Conversation } from '../../model/conversation.ts'
import { localOf, parseBareJid, resourceOf } from '../../model/jid.ts'
import { occupantJid } from '../../protocol/xep-0045-muc/index.ts'
import { getConversation } from '../conversations.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'
import { announceRoom } from './describe.ts'
import { enterRoom, type EnterOptions } from './entering.ts'
import type { Visit } from './memory.ts'
import { openRoom } from './open-rooms.ts'
import { setNick } from './speaking.ts'
import { getVisit } from './visits.ts'

type Wish = Omit<CheckedInput<'room.join'>, 'autojoin'>

/** Throws UserError 'invalid-address' for what can be no room, or no nick. How it goes is told by room.changed. */
export function joinRoom(
  tools: Tools,
  link: Link | undefined,
  wish: Wish,
  options: EnterOptions = {},
): Conversation {
  const { accountId, jid, password } = wish
  const room = parseBareJid(jid)
  const address = room && occupantJid(room, wish.nick)
  const nick = address && resourceOf(address)
  if (room === undefined || nick === undefined || localOf(room) === '') throw userError('invalid-address')
  if (tools.storage.findAccount(accountId) === undefined) throw userError('not-found')
  const visit = openRoomAt(tools, accountId, room, nick)
  const before = visit.phase === 'in' ? visit.nick : undefined
  want(tools, visit, before ?? nick, password)
  tools.storage.setKeeping(visit.conversationId, { putAwayAt: null })
  const conversation = getConversation(tools, visit.conversationId)
  tools.events.emit('conversation.changed', { conversation })
  if (link === undefined) announceRoom(tools, visit.conversationId)
  else if (before === undefined) void enterRoom(tools, link, visit, options)
  else if (before !== nick) renameLater(tools, link, visit, nick)
  return conversation
}

/** Who is in already is only called otherwise, if the room lets it be. */
function renameLater(tools: Tools, link: Link, visit: Visit, nick: string): void {
  setNick(tools, link, visit, nick).catch((error: unknown) =>
    tools.log('domain/rooms', 'info', 'another nick was refused', { error }),
  )
}

/** Its conversation and its visit, made where there is none; nothing is joined. */
export function openRoomAt(tools: Tools, accountId: number, room: Visit['jid'], nick: string): Visit {
  const { storage, rooms, now } = tools
  return storage.transaction(() => {
    const { id } = storage.insertConversation(accountId, room, now(), 'room')
    return openRoom(storage, rooms, storage.insertRoom(id, nick))
  })
}

function want({ storage }: Tools, visit: Visit, nick: string, password: string | undefined): void {
  visit.nick = nick
  if (password !== undefined) visit.password = password
  storage.setRoom(visit.conversationId, { nick, wanted: true })
}

/** Once more, as it was or under another nick, or with another password. */
export function rejoinRoom(
  tools: Tools,
  link: Link | undefined,
  { conversationId, nick, password }: CheckedInput<'room.rejoin'>,
): void {
  const visit = getVisit(tools, conversationId)
  const address = occupantJid(visit.jid, nick ?? visit.nick)
  const wanted = address && resourceOf(address)
  if (wanted === undefined) throw userError('invalid-address')
  want(tools, visit, wanted, password)
  if (link === undefined) announceRoom(tools, conversationId)
  else void enterRoom(tools, link, visit)
}
