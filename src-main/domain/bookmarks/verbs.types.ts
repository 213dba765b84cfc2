/** Finding and keeping rooms: what the shell may call. Rejects with UserError. */
import type { CheckedInput, CommandName, CommandOutput } from '../../contract/commands.ts'

type Verb<N extends CommandName> = (input: CheckedInput<N>) => Promise<CommandOutput<N>>

export interface BookmarksVerbs {
  previewRoom: Verb<'room.preview'>
  listRoomServices: Verb<'room.services'>
  listRooms: Verb<'room.list'>
  searchRooms: Verb<'room.search'>
  nameRoom: Verb<'room.setName'>
  setBookmark: Verb<'room.setBookmark'>
  inviteToRoom: Verb<'room.invite'>
  answerInvitation: Verb<'invitation.answer'>
}
