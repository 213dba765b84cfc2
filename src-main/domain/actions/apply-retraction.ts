/** XEP-0424 §5: only by whom the message is from. Before its message it waits; after it nothing brings the words back. */
import type { Retraction } from '../../protocol/xep-0424-retraction.ts'
import type { Message } from '../../model/message.ts'
import type { Draft } from '../incoming/draft.ts'
import type { Tools } from '../tools.ts'
import { findByRoomId, isByAnother } from '../rooms/deeds.ts'
import { contextOf, type DeedContext } from './deed-context.ts'
import { keepWaiting } from './keep-waiting.ts'

export function applyRetraction(draft: Draft, tools: Tools, { retracts }: Retraction): void {
  const { storage } = tools
  const context = contextOf(draft, tools)
  const { who, author, writtenAt, place, ownId } = context
  const target = findTarget(draft, tools, context, retracts)
  if (target !== undefined && isByAnother(draft, target)) return
  if (target === undefined) {
    const deed = { kind: 'retraction', sender: who, author, emoji: [], writtenAt, place, ownId } as const
    return keepWaiting(draft, tools, context, retracts, deed)
  }
  const changed = storage.retractMessage(target.id, writtenAt)
  if (changed !== undefined) draft.changed.push(changed)
}

/** In a room what its id names, whoever said it (§5.1); else only among the sender's own. */
function findTarget(draft: Draft, tools: Tools, context: DeedContext, id: string): Message | undefined {
  const { conversationId, sender } = context
  if (conversationId === undefined) return undefined
  if (draft.room?.kind === 'room') return findByRoomId(tools, conversationId, id)
  return tools.storage.findTarget(conversationId, sender, id)
}
