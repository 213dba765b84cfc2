/** A message has come: what waited for it is done to it, in the same transaction. */
import type { Message } from '../../model/message.ts'
import type { WaitingDeed } from '../../storage/actions.types.ts'
import type { Draft, IncomingStep } from '../incoming/draft.ts'
import type { Tools } from '../tools.ts'
import { whoIn } from './deed-context.ts'

export const applyWaiting: IncomingStep = (draft, tools) => {
  const { stored } = draft
  if (stored !== undefined) takeWaitingFor(draft, tools, stored, namesOf(draft))
  return 'continue'
}

export function idsOf({ id, originId }: Pick<Draft['parsed'], 'id' | 'originId'>): readonly string[] {
  return [id, originId].filter((one) => one !== undefined)
}

/** What reactions and retractions call it: in a room what the room does. */
export function namesOf({ parsed, room, stanzaId }: Draft): readonly string[] {
  if (room?.kind !== 'room') return idsOf(parsed)
  return stanzaId === undefined ? [] : [stanzaId]
}

export function takeWaitingFor(draft: Draft, tools: Tools, message: Message, ids: readonly string[]): void {
  const { storage } = tools
  const { link, counterpart, changed } = draft
  const waiting = storage.takeWaiting({ accountId: link.accountId, counterpart }, whoIn(draft), ids)
  for (const deed of waiting) applyOne(tools, message.id, deed)
  if (waiting.length === 0) return
  const now = storage.findMessage(message.id)
  if (now !== undefined) changed.push(now)
}

function applyOne({ storage }: Tools, messageId: number, deed: WaitingDeed): void {
  if (deed.kind === 'retraction') storage.retractMessage(messageId, deed.writtenAt)
  else storage.setReactions(messageId, { ...deed, settled: false })
}
