/**
 * A correction whose message is not here says words that nobody must lose: it is kept under the id that it names, and the
 * message takes the row over when it comes.
 */
import type { Message } from '../../model/message.ts'
import type { NewMessage } from '../../storage/storage.ts'
import { announceConversation } from '../conversations.ts'
import type { Draft, IncomingStep } from '../incoming/draft.ts'
import { newMessage } from '../incoming/new-message.ts'
import { adoptReplies } from '../replies/arrived.ts'
import { senderOf } from '../rooms/arrival.ts'
import { isByAnother } from '../rooms/deeds.ts'
import type { Tools } from '../tools.ts'
import { isCorrection, revisionOf } from './apply-deed.ts'
import { idsOf, namesOf, takeWaitingFor } from './apply-waiting.ts'
import { contextOf } from './deed-context.ts'

export const storeStandIn: IncomingStep = (draft, tools) => {
  const { parsed, conversation } = draft
  const { storage, raised } = tools
  if (conversation === undefined || !isCorrection(parsed)) return 'continue'
  const { replaces } = parsed.correction
  const message = newMessage(draft, conversation, tools)
  const ids = { messageId: replaces, originId: undefined, stanzaId: undefined }
  const stored = store(draft, tools, { ...message, ...ids, standIn: true })
  if (stored === undefined) return 'stop'
  const shown = storage.insertRevision(stored.id, revisionOf(draft, tools, contextOf(draft, tools))) ?? stored
  raised.clear('disk-full')
  draft.announcements.push(adoptReplies(tools, stored))
  tell(draft, tools, shown)
  takeWaitingFor(draft, tools, shown, [replaces, ...idsOf(parsed)])
  return 'stop'
}

function store(draft: Draft, { storage }: Tools, message: NewMessage): Message | undefined {
  if (draft.archived === undefined) return storage.insertMessage(message)
  const unread = message.unread && !draft.archived.isOld
  const outcome = storage.takeArchived({ ...message, unread }, draft.archived.position)
  draft.outcome = { ...outcome, unread, nowRead: 0, hidden: draft.hidden === true }
  return outcome.kind === 'added' ? outcome.message : undefined
}

/** Of what comes out of the archive whoever takes its page tells. */
function tell({ archived, announcements, changed, hidden }: Draft, tools: Tools, message: Message): void {
  if (hidden === true) return
  if (archived !== undefined) return void changed.push(message)
  announcements.push(() => {
    announceConversation(tools, message.conversationId)
    tools.events.emit('message.added', { message })
  })
}

/** It goes on then, and is found there by its ids. */
export const fillStandIn: IncomingStep = (draft, tools) => {
  const { parsed, conversation, stampMs, link } = draft
  const { storage, now } = tools
  if (conversation === undefined) return 'continue'
  const sender = senderOf(draft, link.stream.ownBareJid)
  const standIn = storage.findStandIn(conversation.id, sender, idsOf(parsed))
  if (standIn === undefined || isByAnother(draft, storage.findMessage(standIn))) return 'continue'
  // Its own time: that of the stand-in, which may be the conversation's last message, is its correction's.
  const message = { ...newMessage(draft, conversation, tools), sentAt: stampMs ?? now() }
  const filled = storage.fillStandIn(standIn, message)
  if (filled === undefined) return 'continue'
  draft.changed.push(filled)
  draft.announcements.push(adoptReplies(tools, filled))
  takeWaitingFor(draft, tools, filled, namesOf(draft))
  return 'continue'
}
