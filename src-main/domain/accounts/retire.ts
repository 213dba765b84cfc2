/** An account leaves this computer but for what was said: signed out, its password forgotten, nothing of it under way any more. */
import type { Sessions } from '../sessions.ts'
import { giveBackToken } from '../fast-tokens.ts'
import { announceSingleChanged } from '../inbox/announce.ts'
import { announceMessage } from '../outgoing/announce-message.ts'
import { listDue, type Due } from '../outgoing/due.ts'
import { settleRequest } from '../subscriptions.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'

const NOT_SENT = { condition: 'recipient-unavailable', text: '' }

/** Ended in the middle it can be done again. Throws UserError 'not-found'. */
export async function retireAccount(tools: Tools, sessions: Sessions, accountId: number): Promise<void> {
  const { storage, secrets, events, presences, traffic } = tools
  const before = storage.findAccount(accountId)
  if (before === undefined) throw userError('not-found')
  await sessions.get(accountId).stop()
  giveBackToken(tools, before)
  secrets.forget(accountId)
  const account = storage.transaction(() => {
    storage.setAccountPresence(accountId, undefined)
    return storage.updateAccount(accountId, { enabled: false, remember: false, retired: true })
  })
  for (const due of listDue(tools, accountId)) giveUp(tools, accountId, due)
  for (const { id, conversationId, accountId: whose } of storage.listScheduled()) {
    if (whose !== accountId || storage.takeScheduled(id) === undefined) continue
    events.emit('schedule.removed', { scheduledId: id, conversationId })
  }
  for (const request of storage.listRequests()) {
    if (request.accountId === accountId) settleRequest(tools, accountId, request.jid)
  }
  presences.forget(accountId)
  traffic.close(accountId)
  events.emit('account.changed', { account })
}

/** What waited to be sent must not go out by surprise when the account comes back one day. */
function giveUp(tools: Tools, accountId: number, due: Due): void {
  const { storage } = tools
  if ('deed' in due) return storage.deleteDeed(due.id)
  if ('subject' in due) {
    const known = storage.findOwnSingle(accountId, due.messageId)
    const single = known && storage.setSingleState(known.id, 'failed', NOT_SENT)
    if (single !== undefined) announceSingleChanged(tools, single)
    return
  }
  const message = storage.setMessageState(due.id, 'failed', NOT_SENT)
  if (message !== undefined) announceMessage(tools, message)
}
