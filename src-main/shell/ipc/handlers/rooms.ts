/** Being in rooms: its part of the table of commands. */
import type { roomsCommands } from '../../../contract/commands/rooms.ts'
import type { Handlers } from '../../../contract/commands.ts'
import type { HandlerTools } from '../handler-tools.ts'

export function createRoomsHandlers({ app }: HandlerTools): Pick<Handlers, keyof typeof roomsCommands> {
  return {
    'room.join': (input) => app.joinRoom(input),
    'room.rejoin': (input) => app.rejoinRoom(input),
    'room.leave': (input) => app.leaveRoom(input),
    'room.setNick': (input) => app.setNick(input),
    'room.setSubject': (input) => app.setSubject(input),
    'room.occupants': (input) => app.listOccupants(input),
    'room.happenings': (input) => app.listHappenings(input),
    'room.readers': (input) => app.listReaders(input),
    'room.setNotify': (input) => app.setRoomNotify(input),
    'room.openPrivate': (input) => app.openPrivate(input),
    'room.ignore': (input) => app.ignoreOccupant(input),
    'room.requestVoice': (input) => app.requestVoice(input),
  }
}
