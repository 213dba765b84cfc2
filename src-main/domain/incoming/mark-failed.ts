/** An error that answers a message of ours marks it as failed. One that answers nothing goes on, to the feed of notices. */
import { bareOf, domainOf, type Jid } from '../../model/jid.ts'
import type { MessageError } from '../../model/message.ts'
import { announceSingleChanged } from '../inbox/announce.ts'
import { announceTarget, failDeed } from '../outgoing/deeds.ts'
import { announceMessage } from '../outgoing/outbox.ts'
import { comesAgain, rejoin } from '../rooms/bounced.ts'
import { kindOf } from '../rooms/outgoing.ts'
import { addressOf } from '../conversations.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'
import type { Draft, IncomingStep } from './draft.ts'

export const markFailed: IncomingStep = (draft, tools) => {
  const { parsed, link } = draft
  if (parsed.type !== 'error' || parsed.id === undefined) return 'continue'
  const answered = findAnswered(tools, link.accountId, parsed.id)
  if (answered === undefined) return 'continue'
  if (!mayAnswerFor(tools, link, parsed.from, answered.counterpart)) {
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
  const { counterpart } = answered
  if (hasComeBack(draft, tools, counterpart)) return 'stop'
  answered.fail(draft, { condition, text })
  return 'stop'
}

interface Answered {
  /** Whom it went to. */
  readonly counterpart: Jid
  fail(draft: Draft, error: MessageError): void
}

/** The own message, of a chat or a single one, or the deed that was sent under this `id`. */
function findAnswered(tools: Tools, accountId: number, id: string): Answered | undefined {
  const { storage } = tools
  const message = storage.findOwnMessage(accountId, id)
  const conversation = message && storage.findConversation(message.conversationId)
  if (message !== undefined && conversation !== undefined) {
    return {
      counterpart: addressOf(conversation),
      fail(draft, error) {
        // One of several devices or hops may complain of what has reached another.
        if (message.deliveredAt !== undefined || message.displayedAt !== undefined) return
        const failed = storage.setMessageState(message.id, 'failed', error)
        if (failed !== undefined) draft.announcements.push(() => announceMessage(tools, failed))
      },
    }
  }
  const deed = storage.findDeed(accountId, id)
  if (deed !== undefined) {
    return {
      counterpart: deed.counterpart,
      fail(draft, error) {
        failDeed(tools, draft.link.stream.ownBareJid, deed, error)
        draft.announcements.push(() => announceTarget(tools, deed))
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

/**
 * Who we wrote to, any device of it, or our own server and account, which speak where there was no way to it. Of a room
 * itself, and of one of its occupants, no other occupant.
 */
function mayAnswerFor(tools: Tools, { accountId, stream }: Link, from: Jid, counterpart: Jid): boolean {
  const own = stream.ownBareJid
  if ([own, domainOf(own)].some((allowed) => bareOf(from) === allowed)) return true
  if (kindOf(tools, accountId, counterpart) === 'chat') return bareOf(from) === counterpart
  return from === counterpart || from === bareOf(counterpart)
}

/** The room does not know us any more: that is to be put right, and then it goes once more. */
function hasComeBack({ parsed, link, announcements }: Draft, tools: Tools, counterpart: Jid): boolean {
  const visit = tools.rooms.find(link.accountId, bareOf(counterpart))
  if (visit === undefined || parsed.id === undefined) return false
  visit.awaited.delete(parsed.id)
  if (counterpart !== visit.jid || !comesAgain(visit, parsed)) return false
  announcements.push(() => rejoin(tools, link, visit))
  return true
}
