/** Presence both ways: what contacts tell of theirs, and what the user chose for the own. */
import { bareOf, resourceOf, type BareJid } from '../model/jid.ts'
import { buildPresence, type ParsedPresence } from '../protocol/presence.ts'
import { currentPresence } from './current-presence.ts'
import type { Link } from './link.ts'
import { notePresencePicture } from './pictures/announced.ts'
import { stopTyping } from './receipts/chat-states.ts'
import { announceInRooms } from './rooms/presence.ts'
import { forgetCapabilities, learnCapabilities } from './services/capabilities.ts'
import { receiveRequest, settleRequest } from './subscriptions.ts'
import type { Tools } from './tools.ts'

/**
 * Subscription states change by roster pushes alone, which only our server can send; `subscribed` and `unsubscribed` are
 * told to the log, and RFC 6121 asks for no answer to them (as RFC 3921 did).
 */
export function receivePresence(tools: Tools, link: Link, presence: ParsedPresence): void {
  switch (presence.type) {
    case 'available':
    case 'unavailable':
    case 'error':
      return receiveAvailability(tools, link, presence)
    case 'subscribe':
      return receiveRequest(tools, link, presence)
    case 'unsubscribe':
      return settleRequest(tools, link.accountId, bareOf(presence.from))
    case 'subscribed':
    case 'unsubscribed':
    case 'probe':
      tools.log('domain/presence', 'info', `presence of type ${presence.type}`, { from: presence.from })
  }
}

/** Kept are contacts and our own other devices; a stranger's directed presence would only fill the memory. */
function receiveAvailability(tools: Tools, link: Link, presence: ParsedPresence): void {
  const { from, type, show, status, priority, caps } = presence
  const { accountId, stream } = link
  const jid = bareOf(from)
  if (from === stream.jid) return
  link.locks.unlock(jid)
  const resource = resourceOf(from)
  if (type !== 'available') {
    tools.presences.setUnavailable(accountId, jid, resource)
    stopTyping(tools, accountId, from)
    forgetCapabilities(link, from)
  } else if (jid === stream.ownBareJid || tools.storage.findContact(accountId, jid) !== undefined) {
    notePresencePicture(tools, link, presence)
    const abilities = learnCapabilities(tools, link, from, caps)
    tools.presences.setAvailable(accountId, jid, {
      resource: resource ?? '',
      show,
      status,
      priority,
      ...abilities,
    })
  }
}

/**
 * Tells the server, and whom we show ourselves to besides, what the user chose, or that nobody is there; nothing while the
 * choice is 'offline', which ends streams instead (session.ts).
 */
export function sendOwnPresence(tools: Tools, link: Link): void {
  const presence = currentPresence(tools, link)
  if (presence === undefined) return
  const priority = tools.storage.getPriority(link.accountId)
  link.presenceSent = link.stream.send(buildPresence({ ...presence, priority }))
  for (const to of tools.availability.directed.get(link.accountId) ?? []) sendOwnPresenceTo(tools, link, to)
  announceInRooms(tools, link, presence)
}

/** Directed presence (RFC 6121 §4.6); no priority, which is for our own server. False when the stream took nothing. */
export function sendOwnPresenceTo(tools: Tools, link: Link, to: BareJid): boolean {
  const presence = currentPresence(tools, link)
  return presence !== undefined && link.stream.send(buildPresence({ ...presence, to }))
}
