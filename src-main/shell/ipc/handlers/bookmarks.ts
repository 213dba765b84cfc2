/** Finding and keeping rooms: its part of the table of commands. */
import type { bookmarksCommands } from '../../../contract/commands/bookmarks.ts'
import type { Handlers } from '../../../contract/commands.ts'
import type { HandlerTools } from '../handler-tools.ts'

export function createBookmarksHandlers({
  app,
}: HandlerTools): Pick<Handlers, keyof typeof bookmarksCommands> {
  return {
    'room.preview': (input) => app.previewRoom(input),
    'room.services': (input) => app.listRoomServices(input),
    'room.list': (input) => app.listRooms(input),
    'room.search': (input) => app.searchRooms(input),
    'room.setName': (input) => app.nameRoom(input),
    'room.setBookmark': (input) => app.setBookmark(input),
    'room.invite': (input) => app.inviteToRoom(input),
    'invitation.answer': (input) => app.answerInvitation(input),
  }
}
