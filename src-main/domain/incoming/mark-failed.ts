/** An error that answers a message of ours marks it as failed. */
import { bareOf, domainOf, type Jid } from '../../model/jid.ts'
import { announceMessage } from '../outgoing/outbox.ts'
import type { IncomingStep } from './draft.ts'

export const markFailed: IncomingStep = (draft, tools) => {
  const { parsed, link } = draft
  if (parsed.type !== 'error') return 'continue'
  if (parsed.id === undefined) return 'stop'
  const message = tools.storage.findOwnMessage(link.accountId, parsed.id)
  const conversation = message && tools.storage.findConversation(message.conversationId)
  if (message === undefined || conversation === undefined) return 'stop'
  if (!mayAnswerFor(link.stream.ownBareJid, parsed.from, conversation.counterpart)) {
    tools.log('domain/incoming', 'warn', 'an error from an address that was not written to', {
      from: parsed.from,
    })
    return 'stop'
  }
  // This stream is done with it: a retry has to be handed over anew.
  link.inFlight.delete(parsed.id)
  const { condition = 'undefined-condition', text = '' } = parsed.error ?? {}
  const failed = tools.storage.setMessageState(message.id, 'failed', { condition, text })
  if (failed !== undefined) draft.announcements.push(() => announceMessage(tools, failed))
  return 'stop'
}

/** Who we wrote to, any device of it, or our own server and account, which speak where there was no way to it. */
function mayAnswerFor(ownBareJid: Jid, from: Jid, counterpart: Jid): boolean {
  return [counterpart, ownBareJid, domainOf(ownBareJid)].some((allowed) => bareOf(from) === allowed)
}
