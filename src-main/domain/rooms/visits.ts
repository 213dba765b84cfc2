/** The room that the user means. */
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'
import type { Visit } from './memory.ts'

/** Throws UserError 'not-found' for a conversation that is no room. */
export function getVisit({ rooms }: Tools, conversationId: number): Visit {
  const visit = rooms.ofConversation(conversationId)
  if (visit === undefined) throw userError('not-found')
  return visit
}

/** The same, where we are in it. Throws UserError 'offline' else. */
export function getVisitInside(tools: Tools, conversationId: number): Visit {
  const visit = getVisit(tools, conversationId)
  if (visit.phase !== 'in') throw userError('offline')
  return visit
}
