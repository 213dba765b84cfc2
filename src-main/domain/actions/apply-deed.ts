/**
 * A message that is about an earlier one: a retraction (XEP-0424), reactions (XEP-0444), a correction (XEP-0308). What it
 * names is looked for among the messages of whom it may come from and nowhere else (attack S5), by the ids that this sender
 * gave (S6). The same deed may come several times and by several ways, and in any order with its message.
 */
import { chooseForUser } from '../languages.ts'
import { cardsFor } from '../links/cards.ts'
import { withoutQuote, type ParsedMessage } from '../../protocol/message.ts'
import { bodyRegions, divideText } from '../../protocol/xep-0428-fallback.ts'
import { NS as REACTIONS } from '../../protocol/xep-0444-reactions.ts'
import type { NewRevision } from '../../storage/actions.types.ts'
import type { Draft, IncomingStep } from '../incoming/draft.ts'
import type { Tools } from '../tools.ts'
import { applyReactions } from './apply-reactions.ts'
import { findCorrected } from '../rooms/deeds.ts'
import { applyRetraction } from './apply-retraction.ts'
import { takeWaitingFor } from './apply-waiting.ts'
import { contextOf, type DeedContext } from './deed-context.ts'

export const applyDeed: IncomingStep = (draft, tools) => {
  const { parsed } = draft
  if (!['chat', 'normal', 'groupchat'].includes(parsed.type)) return 'continue'
  if (parsed.retraction !== undefined) {
    applyRetraction(draft, tools, parsed.retraction)
    return 'stop'
  }
  if (parsed.reactions !== undefined) {
    applyReactions(draft, tools, parsed.reactions)
    return hasOwnWords(parsed) ? 'continue' : 'stop'
  }
  return isCorrection(parsed) ? applyCorrection(draft, tools, parsed.correction.replaces) : 'continue'
}

/** More than what it says to those who know no reactions. */
function hasOwnWords({ body = '', fallbacks }: ParsedMessage): boolean {
  return divideText(body, bodyRegions(fallbacks, REACTIONS)).kept.trim() !== ''
}

/** One that names itself corrects nothing (CVE-2021-41055): it is a message like any other. */
export function isCorrection(
  parsed: ParsedMessage,
): parsed is ParsedMessage & Required<Pick<ParsedMessage, 'correction'>> {
  const { correction, id, originId, body } = parsed
  if (correction === undefined || (body ?? '').trim() === '') return false
  return correction.replaces !== id && correction.replaces !== originId
}

/** Without its message it goes on, to be kept in its stead. */
function applyCorrection(draft: Draft, tools: Tools, replaces: string): 'continue' | 'stop' {
  const { storage } = tools
  const context = contextOf(draft, tools)
  const { conversationId, sender, ownId } = context
  if (conversationId === undefined) return 'continue'
  if (storage.isForgotten(conversationId, sender, replaces)) return 'stop'
  const target = findCorrected(draft, tools, context, replaces)
  // An own id that others have corrected: they named the correction where they should have named the original.
  const standIn = ownId === undefined ? undefined : storage.findStandIn(conversationId, sender, [ownId])
  if (target === undefined && standIn === undefined) return 'continue'
  if (standIn !== undefined && standIn !== target?.id)
    mergeStandIn(draft, tools, standIn, target?.id, replaces)
  const id = target?.id ?? standIn
  if (id !== undefined) correct(draft, tools, id, context)
  return 'stop'
}

function mergeStandIn(
  draft: Draft,
  tools: Tools,
  standIn: number,
  target: number | undefined,
  replaces: string,
): void {
  if (target === undefined) return tools.storage.renameStandIn(standIn, replaces)
  const { storage } = tools
  const conversationId = storage.findMessage(target)?.conversationId
  const retractedAt = storage.findMessage(standIn)?.retractedAt
  storage.absorbStandIn(standIn, target)
  if (retractedAt !== undefined) storage.retractMessage(target, retractedAt)
  if (conversationId === undefined) return
  draft.announcements.push(() => tools.events.emit('message.removed', { conversationId, messageId: standIn }))
}

function correct(draft: Draft, tools: Tools, messageId: number, context: DeedContext): void {
  const { storage } = tools
  const changed = storage.insertRevision(messageId, revisionOf(draft, tools, context))
  if (changed === undefined) return
  draft.changed.push(changed)
  if (context.ownId !== undefined) takeWaitingFor(draft, tools, changed, [context.ownId])
}

export function revisionOf({ parsed }: Draft, tools: Tools, context: DeedContext): NewRevision {
  const { body, languages } = chooseForUser(withoutQuote(parsed), tools)
  const { ownId, writtenAt, place, settled } = context
  const links = cardsFor(body, parsed.links)
  return { ownId, writtenAt, place, settled, body, languages, unstyled: parsed.unstyled, links }
}
