/** Rooms are not joined yet, so a groupchat message is a mistake or a trick, whoever sends it. */
import type { IncomingStep } from './draft.ts'

export const ignoreRooms: IncomingStep = ({ parsed }, tools) => {
  if (parsed.type !== 'groupchat') return 'continue'
  tools.log('domain/incoming', 'info', 'a groupchat message without a room', { from: parsed.from })
  return 'stop'
}
