/** What happens to an incoming message, in order. All storage calls for one message are one transaction. */
import type { Message } from '../../model/message.ts'
import { applyDeed } from '../actions/apply-deed.ts'
import { applyWaiting } from '../actions/apply-waiting.ts'
import { dropRemoved } from '../actions/drop-removed.ts'
import { fillStandIn, storeStandIn } from '../actions/stand-in.ts'
import type { Link } from '../link.ts'
import { hearNick } from '../nicknames/announced.ts'
import { announceMessage } from '../outgoing/outbox.ts'
import { applyReceipts, applyWaitingReceipts } from '../receipts/apply-receipts.ts'
import { hearChatState } from '../receipts/chat-states.ts'
import { oweReceipt } from '../receipts/duties.ts'
import { hideIgnored } from '../rooms/hide-ignored.ts'
import { hearRoom } from '../rooms/hear-room.ts'
import { hearReader } from '../rooms/readers.ts'
import { meetReflection } from '../rooms/reflection.ts'
import { hearSubjectRefused } from '../rooms/subject.ts'
import { hearVoiceRequest } from '../ownership/voice.ts'
import type { Tools } from '../tools.ts'
import type { Arrival } from './arrival.ts'
import type { Draft, IncomingStep } from './draft.ts'
import { dropWordless } from './drop-wordless.ts'
import { findConversation } from './find-conversation.ts'
import { keepInvitation } from './keep-invitation.ts'
import { keepNotice } from './keep-notice.ts'
import { keepSingle } from './keep-single.ts'
import { lockResource } from './lock-resource.ts'
import { markFailed } from './mark-failed.ts'
import { readElsewhere } from './read-elsewhere.ts'
import { storeMessage } from './store-message.ts'
import { takeBack } from './take-back.ts'

const steps: readonly IncomingStep[] = [
  keepInvitation,
  hearVoiceRequest,
  hearSubjectRefused,
  markFailed,
  hearRoom,
  hideIgnored,
  hearReader,
  applyReceipts,
  hearChatState,
  oweReceipt,
  applyDeed,
  dropWordless,
  keepNotice,
  keepSingle,
  findConversation,
  hearNick,
  readElsewhere,
  dropRemoved,
  storeStandIn,
  fillStandIn,
  meetReflection,
  storeMessage,
  takeBack,
  applyWaiting,
  applyWaitingReceipts,
  lockResource,
]

/**
 * Gives the row that it became; undefined for what becomes none, or was here already. Throws StorageError when the message
 * could not be kept: it must then not be acknowledged.
 */
export function processIncoming(tools: Tools, link: Link, arrival: Arrival): Message | undefined {
  const draft: Draft = { ...arrival, link, changed: [], announcements: [] }
  runSteps(tools, draft)
  for (const announce of draft.announcements) announce()
  for (const message of draft.changed) announceMessage(tools, message)
  return draft.stored
}

/**
 * Fills in the draft's announcements; who calls it makes them, once what was stored is committed. What fails leaves nothing
 * behind, also as a part of a transaction.
 */
export function runSteps(tools: Tools, draft: Draft): void {
  tools.storage.transaction(() => runPart(tools, draft))
}

/** The same as a part of a transaction that must fail with it. */
export function runPart(tools: Tools, draft: Draft): void {
  steps.every((step) => step(draft, tools) === 'continue')
}
