/**
 * Own messages on their way: pending until the server has them, then sent, or failed. A row goes to a stream once; what a
 * stream did not get acknowledged goes out again, under the same id and in order, on the next one.
 */
import { bareOf } from '../../model/jid.ts'
import { buildMessage } from '../../protocol/message.ts'
import type { Element } from '../../protocol/xml.ts'
import { noteHeard } from '../archive/unsettled.ts'
import { announceSingleChanged } from '../inbox/announce.ts'
import type { Link } from '../link.ts'
import { tellDisplayed } from '../devices/displayed.ts'
import { nickForFirst } from '../nicknames/introduce.ts'
import { addressing, awaitReflection, kindOf, mayGo, mentionsTo } from '../rooms/outgoing.ts'
import { isForAnother } from '../rooms/taken-nick.ts'
import { tellOwed } from '../receipts/duties.ts'
import { wishesFor } from '../receipts/wishes.ts'
import { additionsOf } from '../replies/additions.ts'
import { tellRooms } from '../rooms/readers.ts'
import { whenAllowed } from '../rooms/slow-mode.ts'
import { guardStorage } from '../storage-guard.ts'
import type { PendingMessage } from '../../storage/storage.ts'
import type { Tools } from '../tools.ts'
import { announceMessage } from './announce-message.ts'
import { markDeedSent } from './deeds.ts'
import { buildDeed } from './deed-stanzas.ts'
import { listDue, type Due } from './due.ts'
import { sendNumbered, sentAgain, sentBefore } from './numbered.ts'
import { recipientOf } from './reach.ts'

export { announceMessage } from './announce-message.ts'

/** Hands over every pending row that this stream does not have yet; stops at the first one it can't take now. */
export function flushOutbox(tools: Tools, link: Link): void {
  if (link.closed || !link.outboxOpen) return
  tellOwed(tools, link)
  tellRooms(tools, link)
  tellDisplayed(tools, link)
  const before = sentBefore(tools, link)
  for (const due of listDue(tools, link.accountId)) {
    if (link.inFlight.has(due.messageId) || !mayGo(tools, link.accountId, due.counterpart)) continue
    if ('kind' in due && isForAnother(tools, link.accountId, due)) {
      refuseAnother(tools, due.id)
      continue
    }
    const stanza = toStanza(tools, link, due)
    const isAgain = before.has(due.messageId) && kindOf(tools, link.accountId, due.counterpart) !== 'room'
    if (stanza !== undefined && isAgain) sentAgain(stanza, due.sentAt)
    if (stanza !== undefined && !handOver(tools, link, due, stanza)) return
    if (stanza === undefined && 'deed' in due) tools.storage.deleteDeed(due.id)
  }
  whenAllowed(tools, link, () => guardStorage(tools, link, () => flushOutbox(tools, link)))
}

/** Nobody has it: the one it was for goes by another name now, or is not there. */
function refuseAnother(tools: Tools, messageId: number): void {
  const failed = tools.storage.setMessageState(messageId, 'failed', {
    condition: 'recipient-unavailable',
    text: '',
  })
  if (failed !== undefined) announceMessage(tools, failed)
}

/** From here on it may arrive, so that what is done to it has to follow it. */
function handOver(tools: Tools, link: Link, due: Due, stanza: Element): boolean {
  if (!('subject' in due)) tools.storage.markHandedOver('deed' in due ? 'deed' : 'message', due.id)
  const isTaken = sendNumbered(tools, link, due.messageId, stanza)
  if (isTaken) link.inFlight.add(due.messageId)
  if (isTaken) noteHeard(link)
  if (isTaken && 'kind' in due) awaitReflection(tools, link.accountId, due.counterpart, due.messageId)
  return isTaken
}

/** Undefined for a deed that is pointless now. */
function toStanza(tools: Tools, link: Link, message: Due): Element | undefined {
  if ('deed' in message) return buildDeed(tools, link.accountId, message)
  const { counterpart, messageId: id, body, thread } = message
  const common = { id, originId: id, body, thread }
  if (!('subject' in message)) {
    return buildMessage({ ...common, ...additionsOf(message), ...addressed(tools, link, message) })
  }
  const subject = message.subject === '' ? undefined : message.subject
  const isPerson = kindOf(tools, link.accountId, counterpart) === 'chat'
  const nick = isPerson ? nickForFirst(tools, link, bareOf(counterpart), id) : undefined
  return buildMessage({ ...common, type: 'normal', to: counterpart, subject, nick })
}

/** To whom and how; what we wish to know of it, in rooms nothing. */
function addressed(tools: Tools, link: Link, message: PendingMessage) {
  const { kind, counterpart } = message
  if (kind !== 'chat') {
    const mentions = mentionsTo(tools, link.accountId, message)
    return { ...addressing(tools, link.accountId, counterpart), to: counterpart, mentions }
  }
  const person = bareOf(counterpart)
  const to = recipientOf(tools, link, person)
  const nick = nickForFirst(tools, link, person, message.messageId)
  return { ...wishesFor(tools, link, person, to), type: 'chat', to, nick } as const
}

/** The server has it (XEP-0198 §4). In a room it is said when it comes back from there. What has failed meanwhile stays failed. */
export function markSent(tools: Tools, accountId: number, stanzaId: string): void {
  const message = tools.storage.findOwnMessage(accountId, stanzaId)
  if (message === undefined) {
    if (!markDeedSent(tools, accountId, stanzaId)) markSingleSent(tools, accountId, stanzaId)
    return
  }
  if (message.state !== 'pending') return
  if (tools.storage.findConversation(message.conversationId)?.kind === 'room') return
  const sent = tools.storage.setMessageState(message.id, 'sent')
  if (sent !== undefined) announceMessage(tools, sent)
}

function markSingleSent(tools: Tools, accountId: number, stanzaId: string): void {
  const message = tools.storage.findOwnSingle(accountId, stanzaId)
  if (message?.state !== 'pending') return
  const sent = tools.storage.setSingleState(message.id, 'sent')
  if (sent !== undefined) announceSingleChanged(tools, sent)
}
