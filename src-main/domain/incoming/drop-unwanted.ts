/**
 * Leaves out what is not words from somebody. Chat, normal and headline messages with a body are all shown in the
 * conversation with their sender: an announcement of the own server is worth reading too. Rooms are not joined yet, so
 * a groupchat message is a mistake or a trick.
 */
import type { IncomingStep } from './draft.ts'

export const dropUnwanted: IncomingStep = ({ parsed }, tools) => {
  if (parsed.type === 'groupchat') {
    tools.log('domain/incoming', 'info', 'a groupchat message without a room', { from: parsed.from })
    return 'stop'
  }
  return parsed.body === undefined || parsed.body.trim() === '' ? 'stop' : 'continue'
}
