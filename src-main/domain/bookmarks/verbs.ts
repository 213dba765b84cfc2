/** Finding and keeping rooms: the user's verbs. */
import type { CheckedInput, CommandName, CommandOutput } from '../../contract/commands.ts'
import type { Link } from '../link.ts'
import { enterRoom } from '../rooms/entering.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import { userError, withUserErrorsAsync } from '../user-errors.ts'
import { listRooms, listRoomServices, previewRoom, searchRooms } from './directory.ts'
import { answerInvitation } from './invitations.ts'
import { inviteToRoom } from './invite.ts'
import { keepRoom } from './tell.ts'
import type { BookmarksVerbs } from './verbs.types.ts'

export function createBookmarksVerbs(tools: Tools, sessions: Sessions): BookmarksVerbs {
  /** On the account's stream. */
  function online<N extends CommandName>(
    body: (link: Link, input: CheckedInput<N>) => Promise<CommandOutput<N>>,
  ) {
    return (input: CheckedInput<N> & { readonly accountId: number }): Promise<CommandOutput<N>> =>
      withUserErrorsAsync(async () => body(sessions.requireOnline(input.accountId), input))
  }
  return {
    previewRoom: online<'room.preview'>(previewRoom),
    listRoomServices: online<'room.services'>((link) => listRoomServices(tools, link)),
    listRooms: online<'room.list'>((link, input) => listRooms(tools, link, input)),
    searchRooms: online<'room.search'>((link, input) => searchRooms(tools, link, input)),
    nameRoom: (input) => withUserErrorsAsync(() => Promise.resolve(nameRoom(tools, input))),
    setBookmark: (input) => withUserErrorsAsync(() => Promise.resolve(setBookmark(tools, sessions, input))),
    inviteToRoom: (input) => withUserErrorsAsync(() => inviteToRoom(tools, sessions, input)),
    answerInvitation: (input) =>
      withUserErrorsAsync(() => Promise.resolve(answerInvitation(tools, sessions, input))),
  }
}

function nameRoom(tools: Tools, { conversationId, name }: CheckedInput<'room.setName'>): void {
  if (tools.storage.findRoom(conversationId) === undefined) throw userError('not-found')
  keepRoom(tools, conversationId, { ownName: name.trim() })
}

/** To be in it by itself begins now (XEP-0402 §4), as it does on the other devices; who is in it here stays. */
function setBookmark(
  tools: Tools,
  sessions: Sessions,
  { conversationId, bookmarked, autojoin }: CheckedInput<'room.setBookmark'>,
): void {
  const stored = tools.storage.findRoom(conversationId)
  if (stored === undefined) throw userError('not-found')
  const isAutomatic = bookmarked && autojoin
  keepRoom(tools, conversationId, { bookmarked, autojoin: isAutomatic })
  const visit = tools.rooms.ofConversation(conversationId)
  const link = sessions.get(stored.accountId).online()
  if (!isAutomatic || visit?.phase !== 'out') return
  tools.storage.setRoom(conversationId, { wanted: true })
  if (link !== undefined) void enterRoom(tools, link, visit)
}
