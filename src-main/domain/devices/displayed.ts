/**
 * What is read here is read on our other devices, and the other way round (XEP-0490). Stored first: what could not be
 * told goes out on a later stream. Strangers' chats too, since nobody but our own server hears of it (§8).
 */
import type { Conversation } from '../../model/conversation.ts'
import type { BareJid } from '../../model/jid.ts'
import { keepsPrivateData } from '../../protocol/xep-0223-private-data.ts'
import { fetchDisplayed, publishDisplayed, type Displayed } from '../../protocol/xep-0490-displayed.ts'
import type { MarkedMessage } from '../../storage/devices.types.ts'
import { announceConversation } from '../conversations.ts'
import type { Link } from '../link.ts'
import { announceRoom } from '../rooms/describe.ts'
import { accountInfo } from '../server-features.ts'
import type { Tools } from '../tools.ts'

/** Streams that can be told, and the chats that are being told of at this moment. */
const telling = new WeakMap<Link, Set<BareJid>>()

/** What was read here and the other devices don't know yet; nothing before they were heard. */
export function tellDisplayed(tools: Tools, link: Link): void {
  if (!telling.has(link)) return
  for (const counterpart of tools.storage.listDisplayedDue(link.accountId)) {
    publishDue(tools, link, counterpart)
  }
}

/**
 * Upon presence (§4.4): what other devices have displayed meanwhile, then what they don't know yet. Rejects as Iq.request
 * does.
 */
export async function syncDisplayed(tools: Tools, link: Link): Promise<void> {
  if (!keepsPrivateData(await accountInfo(link))) return
  const displayed = await fetchDisplayed(link.iq, link.stream.ownBareJid).catch(() => [])
  if (link.closed) return
  for (const each of displayed) takeDisplayed(tools, link, each)
  telling.set(link, new Set())
  tellDisplayed(tools, link)
}

/** Of our own account, checked. A message that is not here yet will be read when it comes: see readIfDisplayed. */
export function takeDisplayed(tools: Tools, link: Link, { chat, stanzaId, by }: Displayed): void {
  const { storage } = tools
  if (by !== archiveOf(tools, link, chat)) return
  storage.setDisplayedMark(link.accountId, chat, stanzaId)
  const conversation = storage.findConversationWith(link.accountId, chat)
  if (conversation !== undefined) readUpTo(tools, conversation.id, stanzaId)
}

/** Whose ids count in a chat: those of our own account, in a room its own. */
function archiveOf({ rooms }: Tools, { accountId, stream }: Link, chat: BareJid): BareJid {
  return rooms.find(accountId, chat) === undefined ? stream.ownBareJid : chat
}

/** "Displayed states with a stanza-id not found in the respective chat MUST be ignored", and it "only moves forward" (§5.1). */
function readUpTo(tools: Tools, conversationId: number, stanzaId: string): void {
  const message = tools.storage.findByStanzaId(conversationId, stanzaId)
  if (message === undefined || tools.storage.markReadUpTo(conversationId, message) === 0) return
  announceConversation(tools, conversationId)
  announceRoom(tools, conversationId)
}

/** Whether the message with this id is the one up to which another device has read. */
export function isDisplayedMark(
  { storage }: Tools,
  { accountId, counterpart }: Conversation,
  stanzaId: string,
): boolean {
  return storage.getDisplayedMark(accountId, counterpart).stanzaId === stanzaId
}

/** After that message was stored. */
export function readIfDisplayed(tools: Tools, conversation: Conversation, stanzaId: string): void {
  if (isDisplayedMark(tools, conversation, stanzaId)) readUpTo(tools, conversation.id, stanzaId)
}

/** One at a time for each chat: what is read meanwhile goes together. */
function publishDue(tools: Tools, link: Link, counterpart: BareJid): void {
  const busy = telling.get(link)
  if (busy === undefined || busy.has(counterpart)) return
  const stanzaId = nextToTell(tools, link.accountId, counterpart)
  if (stanzaId === undefined) return
  busy.add(counterpart)
  publishDisplayed(link.iq, { chat: counterpart, stanzaId }, archiveOf(tools, link, counterpart))
    .then(() => tools.storage.setDisplayedMark(link.accountId, counterpart, stanzaId))
    .then(() => busy.delete(counterpart))
    .then(() => publishDue(tools, link, counterpart))
    // It stays due, and the next stream tries again.
    .catch((error: unknown) =>
      tools.log('domain/devices', 'info', 'what was read could not be told', { error }),
    )
}

/** Undefined, and no longer due, when the other devices know as much already. */
function nextToTell({ storage }: Tools, accountId: number, counterpart: BareJid): string | undefined {
  const conversation = storage.findConversationWith(accountId, counterpart)
  const newest = conversation && storage.findNewestRead(conversation.id)
  const { stanzaId, due } = storage.getDisplayedMark(accountId, counterpart)
  if (conversation === undefined || newest === undefined || !due) return undefined
  const known = stanzaId === undefined ? undefined : storage.findByStanzaId(conversation.id, stanzaId)
  const isNews = known === undefined || isAfter(newest, known)
  if (!isNews) storage.setDisplayedDue(accountId, counterpart, false)
  return isNews ? newest.stanzaId : undefined
}

function isAfter(one: MarkedMessage, other: MarkedMessage): boolean {
  return one.place > other.place || (one.place === other.place && one.id > other.id)
}
