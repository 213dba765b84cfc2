/** An error that answers a message of ours marks it as failed. One that answers nothing goes on, to the feed of notices. */
import { bareOf, domainOf, type BareJid, type Jid } from '../../model/jid.ts'
import type { MessageError } from '../../model/message.ts'
import { announceSingleChanged } from '../inbox/announce.ts'
import { announceMessage } from '../outgoing/outbox.ts'
import type { Tools } from '../tools.ts'
import type { Draft, IncomingStep } from './draft.ts'

export const markFailed: IncomingStep = (draft, tools) => {
  const { parsed, link } = draft
  if (parsed.type !== 'error' || parsed.id === undefined) return 'continue'
  const answered = findAnswered(tools, link.accountId, parsed.id)
  if (answered === undefined) return 'continue'
  if (!mayAnswerFor(link.stream.ownBareJid, parsed.from, answered.counterpart)) {
    tools.log('domain/incoming', 'warn', 'an error from an address that was not written to', {
      from: parsed.from,
    })
    return 'continue'
  }
  // This stream is done with it: a retry has to be handed over anew, and to whichever device is there then.
  link.inFlight.delete(parsed.id)
  link.locks.unlock(answered.counterpart)
  const { text = '', blocked } = parsed.error ?? {}
  const condition = blocked ? 'blocked' : (parsed.error?.condition ?? 'undefined-condition')
  answered.fail(draft, { condition, text })
  return 'stop'
}

interface Answered {
  readonly counterpart: BareJid
  fail(draft: Draft, error: MessageError): void
}

/** The own message, of a chat or a single one, that was sent under this `id`. */
function findAnswered(tools: Tools, accountId: number, id: string): Answered | undefined {
  const { storage } = tools
  const message = storage.findOwnMessage(accountId, id)
  const conversation = message && storage.findConversation(message.conversationId)
  if (message !== undefined && conversation !== undefined) {
    return {
      counterpart: conversation.counterpart,
      fail(draft, error) {
        const failed = storage.setMessageState(message.id, 'failed', error)
        if (failed !== undefined) draft.announcements.push(() => announceMessage(tools, failed))
      },
    }
  }
  const single = storage.findOwnSingle(accountId, id)
  return (
    single && {
      counterpart: single.counterpart,
      fail(draft, error) {
        const failed = storage.setSingleState(single.id, 'failed', error)
        if (failed !== undefined) draft.announcements.push(() => announceSingleChanged(tools, failed))
      },
    }
  )
}

/** Who we wrote to, any device of it, or our own server and account, which speak where there was no way to it. */
function mayAnswerFor(ownBareJid: Jid, from: Jid, counterpart: Jid): boolean {
  return [counterpart, ownBareJid, domainOf(ownBareJid)].some((allowed) => bareOf(from) === allowed)
}
