/** Being in rooms: what the shell may call. Rejects with UserError. */
import type { CheckedInput, CommandName, CommandOutput } from '../../contract/commands.ts'

type Verb<N extends CommandName> = (input: CheckedInput<N>) => Promise<CommandOutput<N>>

export interface RoomsVerbs {
  joinRoom: Verb<'room.join'>
  rejoinRoom: Verb<'room.rejoin'>
  leaveRoom: Verb<'room.leave'>
  setNick: Verb<'room.setNick'>
  setSubject: Verb<'room.setSubject'>
  listOccupants: Verb<'room.occupants'>
  listHappenings: Verb<'room.happenings'>
  listReaders: Verb<'room.readers'>
  setRoomNotify: Verb<'room.setNotify'>
  openPrivate: Verb<'room.openPrivate'>
  ignoreOccupant: Verb<'room.ignore'>
  requestVoice: Verb<'room.requestVoice'>
}
