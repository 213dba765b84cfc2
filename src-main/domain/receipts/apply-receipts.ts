/**
 * Receipts (XEP-0184) and displayed markers (XEP-0333) that come in, live, as a carbon or out of the archive. They count
 * for own messages of the conversation with their sender alone, so nobody says anything about what was written to another
 * (attack S5). They may come in any order: before our server's acknowledgement, before their message, or twice.
 */
import type { Message } from '../../model/message.ts'
import type { NamedMessage, ReceiptKind, WaitingReceipt } from '../../storage/receipts.types.ts'
import type { Draft, IncomingStep } from '../incoming/draft.ts'
import type { Tools } from '../tools.ts'

/** Before the step that leaves out what has no words. */
export const applyReceipts: IncomingStep = (draft, tools) => {
  const { received, displayed, type } = draft.parsed
  // Occupants of rooms are asked for neither.
  if (type === 'error' || draft.room !== undefined) return 'continue'
  if (draft.isOwn) toldElsewhere(draft, tools)
  else {
    if (received !== undefined) apply(draft, tools, 'delivered', received)
    if (displayed !== undefined) apply(draft, tools, 'displayed', displayed)
  }
  return 'continue'
}

/** After an own message was stored that another device sent: what was said of it before it came. */
export const applyWaitingReceipts: IncomingStep = (
  { stored, parsed, link, counterpart, changed, room },
  tools,
) => {
  if (room !== undefined || stored?.direction !== 'out' || parsed.id === undefined) return 'continue'
  const named = { accountId: link.accountId, counterpart, messageId: parsed.id }
  const waiting = tools.storage.takeWaitingReceipts(named)
  changed.push(...waiting.flatMap((receipt) => settle(tools, stored.id, receipt)))
  return 'continue'
}

/** XEP-0333 §5: the newest marker is ours, whichever of our devices sent it. */
function toldElsewhere({ parsed, link, counterpart, via }: Draft, { storage }: Tools): void {
  if (parsed.displayed === undefined || via === 'live') return
  const conversation = storage.findConversationWith(link.accountId, counterpart)
  if (conversation !== undefined) storage.setMarkerTold(conversation.id, parsed.displayed)
}

function apply(draft: Draft, tools: Tools, kind: ReceiptKind, messageId: string): void {
  const { link, counterpart, stampMs, via, changed } = draft
  const { storage, now } = tools
  const { accountId, stream } = link
  const receipt = { kind, at: stampMs ?? now() }
  const named: NamedMessage = { accountId, counterpart, messageId }
  const conversation = storage.findConversationWith(accountId, counterpart)
  const message = conversation && storage.findOwnMessageTo(conversation.id, stream.ownBareJid, messageId)
  if (message === undefined) {
    // Of a stranger we never wrote to, only our own archive would know better.
    if (conversation !== undefined || via === 'archive') storage.keepWaitingReceipt(named, receipt)
    return
  }
  changed.push(...settle(tools, message.id, receipt))
}

function settle({ storage }: Tools, messageId: number, { kind, at }: WaitingReceipt): readonly Message[] {
  if (kind === 'displayed') return storage.setDisplayed(messageId, at)
  const delivered = storage.setDelivered(messageId, at)
  return delivered === undefined ? [] : [delivered]
}
