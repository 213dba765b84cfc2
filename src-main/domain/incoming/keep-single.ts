/**
 * Single messages go to the Inbox, also those of somebody whom a chat runs with (RFC 6121 §5.2.2). None that was kept is
 * ever dropped. So that strangers can't fill the disk, one who has too much unread there already is turned away, which
 * the user is told in the feed of notices; contacts and the own server never are.
 */
import { bareOf, domainOf, type BareJid } from '../../model/jid.ts'
import type { NewSingle } from '../../storage/inbox.types.ts'
import { announceFeed, announceSingleAdded } from '../inbox/announce.ts'
import { chooseForUser } from '../languages.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'
import type { Draft, IncomingStep } from './draft.ts'
import { FEED_BOUNDS } from './keep-notice.ts'

/** What may wait unread, in messages and in UTF-16 units of their texts. */
export const STRANGER_BOUNDS = {
  each: { count: 100, size: 2_000_000 },
  all: { count: 1000, size: 16_000_000 },
} as const

export const keepSingle: IncomingStep = (draft, tools) => {
  const { parsed, link } = draft
  if (parsed.type !== 'normal') return 'continue'
  const counterpart = bareOf(draft.counterpart)
  if (isStranger(tools, link, counterpart) && hasTooMuch(tools, link.accountId, counterpart)) {
    turnAway(draft, tools, counterpart)
    return 'stop'
  }
  const stored = tools.storage.insertSingle(newSingle(draft, tools))
  if (stored === undefined) return 'stop'
  tools.raised.clear('disk-full')
  draft.announcements.push(() => announceSingleAdded(tools, stored))
  return 'stop'
}

/** As in a chat: what our own account says, wherever, are our own words, sent and read. */
function newSingle(draft: Draft, tools: Tools): NewSingle {
  const { parsed, link, isOwn, counterpart, stampMs } = draft
  return {
    accountId: link.accountId,
    direction: isOwn ? 'out' : 'in',
    counterpart: bareOf(counterpart),
    ...chooseForUser(parsed, tools),
    sentAt: stampMs ?? tools.now(),
    state: isOwn ? 'sent' : 'received',
    unread: !isOwn,
    messageId: parsed.id,
    originId: parsed.originId,
    thread: parsed.thread,
    unstyled: parsed.unstyled,
  }
}

function isStranger(tools: Tools, { accountId, stream }: Link, sender: BareJid): boolean {
  if (sender === stream.ownBareJid || sender === domainOf(stream.ownBareJid)) return false
  return tools.storage.findContact(accountId, sender) === undefined
}

function hasTooMuch({ storage }: Tools, accountId: number, sender: BareJid): boolean {
  const { each, all } = STRANGER_BOUNDS
  const own = storage.loadOfUnreadFrom(accountId, sender)
  if (own.count >= each.count || own.size >= each.size) return true
  const total = storage.loadOfUnreadFromStrangers(accountId)
  return total.count >= all.count || total.size >= all.size
}

function turnAway(draft: Draft, tools: Tools, sender: BareJid): void {
  const { accountId } = draft.link
  tools.log('domain/incoming', 'warn', 'too many unread single messages of a stranger', { from: sender })
  const item = tools.storage.countTurnedAway(accountId, sender, tools.now())
  const dropped = tools.storage.trimFeed(accountId, FEED_BOUNDS)
  draft.announcements.push(() => announceFeed(tools, item, dropped))
}
