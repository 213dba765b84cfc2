/** Caring for a room: what the shell may call. Rejects with UserError. */
import type { CheckedInput, CommandName, CommandOutput } from '../../contract/commands.ts'

type Verb<N extends CommandName> = (input: CheckedInput<N>) => Promise<CommandOutput<N>>

export interface OwnershipVerbs {
  createRoom: Verb<'room.create'>
  fetchRoomConfig: Verb<'room.fetchConfig'>
  submitRoomConfig: Verb<'room.submitConfig'>
  cancelRoomConfig: Verb<'room.cancelConfig'>
  setRoomPicture: Verb<'room.setPicture'>
  destroyRoom: Verb<'room.destroy'>
  listAffiliations: Verb<'room.affiliations'>
  setAffiliation: Verb<'room.setAffiliation'>
  setRole: Verb<'room.setRole'>
  moderateMessage: Verb<'room.moderate'>
  answerVoiceRequest: Verb<'room.answerVoice'>
}
