/** Who says what they are called: contacts by an event of their data (XEP-0172 §4.3), strangers in what they write first (§4.2). */
import type { BareJid } from '../../model/jid.ts'
import type { NicknamesState } from '../../model/nickname.ts'
import type { OwnEvent, PersonalEvent } from '../../protocol/xep-0163-pep.ts'
import { parseNickItem } from '../../protocol/xep-0172-nick.ts'
import type { IncomingStep } from '../incoming/draft.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'

/** Of a contact: that it is one was looked at. */
export function receiveNick(tools: Tools, link: Link, event: PersonalEvent): void {
  takeEvent(tools, link, event.from, event)
}

/** Ours, whichever device has set it: it goes along when we ask somebody for a subscription (§4.1). */
export function receiveOwnNick(tools: Tools, link: Link, event: OwnEvent): void {
  takeEvent(tools, link, link.stream.ownBareJid, event)
}

/** The newest item stands last; one taken back leaves none. */
function takeEvent(tools: Tools, link: Link, jid: BareJid, event: Omit<OwnEvent, 'kind'>): void {
  const item = event.items.at(-1)
  const isGone = event.emptied === true || event.retracted.length > 0
  const nick = item === undefined ? (isGone ? '' : undefined) : parseNickItem(item)
  if (nick !== undefined) tools.nicknames.note(link.accountId, jid, nick)
}

/**
 * Of who is no contact, alone while they wait to be taken: it is told beside their address, never instead of it. What a
 * contact is called is not changed by a message, which need not say it to everybody.
 */
export const hearNick: IncomingStep = ({ conversation, isOwn, parsed, link }, tools) => {
  const isWaiting = conversation?.request === true && !isOwn
  if (isWaiting && parsed.nick !== undefined) {
    tools.nicknames.note(link.accountId, conversation.counterpart, parsed.nick)
  }
  return 'continue'
}

export function readNicknamesState({ storage }: Tools): NicknamesState {
  return { nicknames: storage.listNicknames() }
}
