/** Single messages as the user handles them: open, read, delete. */
import type { SingleMessage } from '../../model/inbox.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'
import { announceUnread } from './announce.ts'

/** Throws UserError 'not-found'. */
export function getSingle(tools: Tools, messageId: number): SingleMessage {
  const message = tools.storage.findSingle(messageId)
  if (message === undefined) throw userError('not-found')
  return message
}

export function setSingleUnread(tools: Tools, messageId: number, unread: boolean): void {
  getSingle(tools, messageId)
  const message = tools.storage.setSingleUnread(messageId, unread)
  if (message === undefined) return
  tools.events.emit('single.changed', { message })
  announceUnread(tools)
}

export function markAllSinglesRead(tools: Tools): void {
  tools.storage.markAllSinglesRead()
  tools.events.emit('single.allRead', {})
  announceUnread(tools)
}

/** What is on its way can't be called back; once it is sent or has failed it may go. */
export function deleteSingle(tools: Tools, messageId: number): void {
  const { state, unread } = getSingle(tools, messageId)
  if (state === 'pending') throw userError('not-found')
  tools.storage.deleteSingle(messageId)
  tools.events.emit('single.removed', { messageId })
  if (unread) announceUnread(tools)
}
