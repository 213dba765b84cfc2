/** Caring for a room: its part of the table of commands. */
import type { ownershipCommands } from '../../../contract/commands/ownership.ts'
import type { Handlers } from '../../../contract/commands.ts'
import type { HandlerTools } from '../handler-tools.ts'

export function createOwnershipHandlers({
  app,
}: HandlerTools): Pick<Handlers, keyof typeof ownershipCommands> {
  return {
    'room.create': (input) => app.createRoom(input),
    'room.fetchConfig': (input) => app.fetchRoomConfig(input),
    'room.submitConfig': (input) => app.submitRoomConfig(input),
    'room.cancelConfig': (input) => app.cancelRoomConfig(input),
    'room.setPicture': (input) => app.setRoomPicture(input),
    'room.destroy': (input) => app.destroyRoom(input),
    'room.affiliations': (input) => app.listAffiliations(input),
    'room.setAffiliation': (input) => app.setAffiliation(input),
    'room.setRole': (input) => app.setRole(input),
    'room.moderate': (input) => app.moderateMessage(input),
    'room.answerVoice': (input) => app.answerVoiceRequest(input),
  }
}
