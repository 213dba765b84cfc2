/**
 * Chat states (XEP-0085) both ways. Ours go to contacts alone (attack S19), and only where the other end is known to take
 * part: by its capabilities, or because it does so itself (§5.1).
 */
import { bareOf, resourceOf, type BareJid, type Jid } from '../../model/jid.ts'
import type { Conversation } from '../../model/conversation.ts'
import type { ChatState } from '../../model/receipts.ts'
import { buildChatStateMessage, NS } from '../../protocol/xep-0085-chat-states.ts'
import type { IncomingStep } from '../incoming/draft.ts'
import type { Link } from '../link.ts'
import { recipientOf } from '../outgoing/reach.ts'
import { nextThread } from '../outgoing/thread.ts'
import { mayAsk } from '../replies.ts'
import { anyDeviceHas } from '../services/capabilities.ts'
import { isSeen } from '../subscriptions.ts'
import type { Tools } from '../tools.ts'

/** §2: after so long without the user, the conversation is over. */
export const GONE_AFTER_MS = 600_000

/** What is known of one conversation on one stream; it goes with it. */
interface Talk {
  /** §5.1: whether their latest words came with a state. */
  takesPart?: boolean
  /** What we told last. */
  told?: ChatState
  gone?: NodeJS.Timeout
}

const books = new WeakMap<Link, Map<Jid, Talk>>()

function talkWith(link: Link, counterpart: Jid): Talk {
  const book = books.get(link) ?? new Map<Jid, Talk>()
  books.set(link, book)
  const talk = book.get(counterpart) ?? {}
  book.set(counterpart, talk)
  return talk
}

/** What goes along with a message; call it when that is being sent. §5.3: each content message should say 'active'. */
export function stateBesideContent(tools: Tools, link: Link, counterpart: BareJid): 'active' | undefined {
  if (!mayTell(tools, link, counterpart)) return undefined
  const talk = talkWith(link, counterpart)
  if (talk.takesPart === false) return undefined
  clearTimeout(talk.gone)
  talk.told = 'active'
  return 'active'
}

/** Tells the counterpart what the user does, if that is news to them (§5.3) and theirs to know. Never kept for later. */
export function tellChatState(tools: Tools, link: Link, conversation: Conversation, state: ChatState): void {
  const { counterpart, id } = conversation
  if (!mayTell(tools, link, counterpart) || !isThere(tools, link, counterpart)) return
  const talk = talkWith(link, counterpart)
  if (!(talk.takesPart ?? anyDeviceHas(tools, link, counterpart, NS)) || talk.told === state) return
  // Nothing to end, pause or take up again: to open a conversation tells nobody anything.
  if (state !== 'composing' && (talk.told === undefined || talk.told === 'gone')) return
  const thread = nextThread(tools.storage.listRecentThreads(id), () => '')
  const to = recipientOf(tools, link, counterpart)
  if (!link.stream.send(buildChatStateMessage(to, state, thread.id === '' ? undefined : thread))) return
  talk.told = state
  clearTimeout(talk.gone)
  if (state === 'inactive') {
    talk.gone = setTimeout(() => {
      if (!link.closed) tellChatState(tools, link, conversation, 'gone')
    }, GONE_AFTER_MS)
  }
}

function mayTell(tools: Tools, link: Link, counterpart: BareJid): boolean {
  return counterpart !== link.stream.ownBareJid && mayAsk(tools, link, counterpart, 'typing')
}

/** Of those whose presence we don't see, we can't say. */
function isThere({ storage, presences }: Tools, { accountId }: Link, counterpart: BareJid): boolean {
  return (
    !isSeen(storage.findContact(accountId, counterpart)) ||
    presences.resources(accountId, counterpart).length > 0
  )
}

/**
 * Before the step that leaves out what has no words. Whether they take part is known from what was delayed too; what is
 * delayed or archived says nothing of now.
 */
export const hearChatState: IncomingStep = (draft, tools) => {
  const { parsed, via, isOwn, stampMs, link, counterpart, room } = draft
  const { type, chatState, body, from } = parsed
  if (isOwn || via === 'archive' || type !== 'chat' || room !== undefined) return 'continue'
  const hasWords = body !== undefined && body !== ''
  const { accountId } = link
  if (tools.storage.findConversationWith(accountId, counterpart) === undefined && !hasWords) return 'continue'
  if (!hasWords && chatState === undefined) return 'continue'
  talkWith(link, counterpart).takesPart = chatState !== undefined
  const types = chatState === 'composing' && !hasWords && stampMs === undefined
  if (types) tools.typing.start(accountId, bareOf(counterpart), resourceOf(from) ?? '')
  else stopTyping(tools, accountId, from)
  return 'continue'
}

/** Of a bare address: on none of its devices. */
export function stopTyping({ typing }: Tools, accountId: number, from: Jid): void {
  typing.stop(accountId, bareOf(from), resourceOf(from))
}
