/** The moment that a scheduled message becomes one that is being sent: one transaction, so that it is neither lost nor sent twice. */
import { UserError } from '../../contract/errors.ts'
import type { Message } from '../../model/message.ts'
import type { ScheduledMessage } from '../../model/schedule.ts'
import { storeOwn } from '../outgoing/compose.ts'
import type { Tools } from '../tools.ts'

/** Stores it as pending; the caller flushes the outbox. Undefined when it was sent or taken back already. */
export function releaseScheduled(tools: Tools, scheduledId: number): Message | undefined {
  const stored = tools.storage.transaction(() => {
    const taken = tools.storage.takeScheduled(scheduledId)
    return taken && storeTaken(tools, taken)
  })
  if (stored === undefined) return undefined
  const { message, announce } = stored
  const { conversationId } = message
  tools.events.emit('schedule.removed', { scheduledId, conversationId })
  announce()
  return message
}

/**
 * Unlike a message that is typed now, it says nothing of what the user has read, and belongs to no draft. What it answers may
 * have gone meanwhile, or be too long to be quoted now: the words go all the same.
 */
function storeTaken(tools: Tools, taken: ScheduledMessage): ReturnType<typeof storeOwn> {
  const { conversationId, body, spoiler, link, replyTo } = taken
  const words = { conversationId, body, spoiler, link }
  if (replyTo === undefined) return storeOwn(tools, words)
  try {
    return storeOwn(tools, { ...words, replyTo })
  } catch (error) {
    if (error instanceof UserError) return storeOwn(tools, words)
    throw error
  }
}
