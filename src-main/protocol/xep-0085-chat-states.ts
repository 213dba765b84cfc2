/** XEP-0085: Chat State Notifications, version 2.1. https://xmpp.org/extensions/xep-0085.html */
import type { Jid } from '../model/jid.ts'
import type { Thread } from '../model/message.ts'
import { CHAT_STATES, type ChatState } from '../model/receipts.ts'
import { buildThread } from './message-texts.ts'
import { buildHint } from './xep-0334-hints.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'http://jabber.org/protocol/chatstates'
export const features = [NS]

/** Undefined when there is none, or more than one, which §5.6 forbids and which says nothing. */
export function parseChatState(message: Element): ChatState | undefined {
  const found = CHAT_STATES.filter((state) => message.getChild(state, NS) !== undefined)
  return found.length === 1 ? found[0] : undefined
}

/** Beside content it is always 'active' (§5.6). */
export function buildChatState(state: ChatState): Element {
  return xml(state, { xmlns: NS })
}

/** A standalone notification (§5.6): nothing but the state, the thread where there is one (§5.7), and that nobody keep it. */
export function buildChatStateMessage(to: Jid, state: ChatState, thread: Thread | undefined): Element {
  return xml(
    'message',
    { to, type: 'chat' },
    buildChatState(state),
    ...(thread === undefined ? [] : [buildThread(thread)]),
    buildHint('no-store'),
  )
}
