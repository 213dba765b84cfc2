/**
 * Whether what comes in is a stranger's, who is let wait: in a conversation of its own that the user has to take. How many
 * may wait, and how much each may say meanwhile, is bounded: whoever writes from thousands of addresses must not fill the
 * disk. What is left out is still in the server's archive.
 */
import { bareOf, domainOf } from '../../model/jid.ts'
import type { Draft } from '../incoming/draft.ts'
import type { Tools } from '../tools.ts'

const MAX_WAITING = 200
/** Far more than anybody says before an answer comes. */
const MAX_MESSAGES = 1000

/** Of a message whose conversation is not there yet. */
export function isStrangers(
  { isOwn, room, counterpart, link, archived }: Draft,
  { storage }: Tools,
): boolean {
  const { ownBareJid } = link.stream
  if (isOwn || room !== undefined || counterpart === ownBareJid) return false
  // History from before this device: whether it was taken then, nobody says.
  if (archived?.isOld === true) return false
  // Our own server is who we trust with everything.
  if (counterpart === domainOf(ownBareJid)) return false
  return storage.findContact(link.accountId, bareOf(counterpart)) === undefined
}

/** False: it can't be kept. What we say ourselves on another device takes a conversation that waits. */
export function admit(draft: Draft, tools: Tools): boolean {
  const { conversation, link, isOwn } = draft
  const { storage, log } = tools
  if (conversation === undefined) {
    const isFull = isStrangers(draft, tools) && storage.countRequests(link.accountId) >= MAX_WAITING
    if (isFull) log('domain/requests', 'warn', 'too many strangers wait', { from: draft.counterpart })
    return !isFull
  }
  if (conversation.request !== true) return true
  if (isOwn || storage.findContact(link.accountId, conversation.counterpart) !== undefined) {
    storage.setRequest(conversation.id, false)
    draft.conversation = storage.findConversation(conversation.id)
    return true
  }
  return conversation.unreadCount < MAX_MESSAGES
}
