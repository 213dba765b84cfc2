/** Presence subscriptions (RFC 6121 §3): requests that wait for the user, and the user's answers and requests. */
import type { CheckedInput } from '../contract/commands.ts'
import { bareOf, type BareJid } from '../model/jid.ts'
import type { RosterItem, SubscriptionRequest } from '../model/contact.ts'
import type { ParsedPresence } from '../protocol/presence.ts'
import { setRosterItem } from '../protocol/roster.ts'
import { buildSubscription, type SubscriptionType } from '../protocol/subscription.ts'
import type { Link } from './link.ts'
import { ownNick } from './nicknames/introduce.ts'
import type { Tools } from './tools.ts'
import { userError } from './user-errors.ts'

/** Whoever sends requests under thousands of names must not fill the disk and the screen; the server keeps the rest. */
const MAX_REQUESTS = 200

/** Roster states in which the contact may see our presence. */
export function seesUs(item: Pick<RosterItem, 'subscription'> | undefined): boolean {
  return item?.subscription === 'from' || item?.subscription === 'both'
}

/** Roster states in which we may see the contact's. */
export function isSeen(item: Pick<RosterItem, 'subscription'> | undefined): boolean {
  return item?.subscription === 'to' || item?.subscription === 'both'
}

/**
 * Someone asks for our presence. A server asks again at each log-in until there is an answer: that is announced once.
 * RFC 6121 §3.1.3: who may see us already gets its answer without the user.
 */
export function receiveRequest(tools: Tools, link: Link, presence: ParsedPresence): void {
  const { storage, events, log, now } = tools
  const { accountId, stream } = link
  const jid = bareOf(presence.from)
  if (jid === stream.ownBareJid) return
  if (seesUs(storage.findContact(accountId, jid))) {
    stream.send(buildSubscription('subscribed', jid, { id: link.newId() }))
    return
  }
  if (presence.preauth !== undefined && storage.takeInviteToken(accountId, presence.preauth, now())) {
    acceptInvited(tools, link, jid)
    return
  }
  const waiting = storage.listRequests().filter((each) => each.accountId === accountId)
  const known = waiting.find((each) => each.jid === jid)
  const { status: text, nick = '' } = presence
  if (known?.text === text && known.nick === nick) return
  if (known === undefined && waiting.length >= MAX_REQUESTS) {
    log('domain/subscriptions', 'warn', 'too many subscription requests wait', { from: jid })
    return
  }
  const request: SubscriptionRequest = { accountId, jid, text, nick, receivedAt: known?.receivedAt ?? now() }
  storage.putRequest(request)
  events.emit('subscription.requested', { request })
}

/** XEP-0379 §3.5: who brings the token of an invitation of ours was asked to come. */
function acceptInvited(tools: Tools, link: Link, jid: BareJid): void {
  const { stream, accountId } = link
  stream.send(buildSubscription('subscribed', jid, { id: link.newId() }))
  if (!isSeen(tools.storage.findContact(accountId, jid))) {
    stream.send(buildSubscription('subscribe', jid, { id: link.newId(), nick: ownNick(tools, link) }))
  }
  settleRequest(tools, accountId, jid)
}

/**
 * Forgets the request, if there is one: it was answered here, elsewhere (a roster push says that the contact may see us),
 * or taken back.
 */
export function settleRequest(tools: Tools, accountId: number, jid: BareJid): void {
  if (findRequest(tools, accountId, jid) === undefined) return
  tools.storage.deleteRequest(accountId, jid)
  tools.events.emit('subscription.answered', { accountId, jid })
}

type AnswerInput = CheckedInput<'subscription.answer'>
/** Blocking is more than subscriptions know of: see availability/refuse-and-block.ts. */
type Answer = AnswerInput & { readonly answer: Exclude<AnswerInput['answer'], 'refuse-and-block'> }

/**
 * The user's answer. 'accept-and-add' puts the asker on the roster first, so that nothing is granted when that fails. The
 * nick of the request is not taken as the contact's name: anyone may call themselves anything (XEP-0172 §5).
 */
export async function answerRequest(
  tools: Tools,
  link: Link,
  { accountId, jid, answer }: Answer,
): Promise<void> {
  if (findRequest(tools, accountId, jid) === undefined) throw userError('not-found')
  const contact = tools.storage.findContact(accountId, jid)
  const shouldAdd = answer === 'accept-and-add'
  if (shouldAdd && contact === undefined) await setRosterItem(link.iq, { jid, name: '', groups: [] })
  send(link, answer === 'refuse' ? 'unsubscribed' : 'subscribed', jid)
  if (shouldAdd && !isSeen(contact)) requestSubscription(tools, link, jid)
  settleRequest(tools, accountId, jid)
}

/** Asks for the contact's presence (§3.1.1), perhaps with some words; once more where it was asked before. */
export function requestSubscription(
  tools: Tools,
  link: Link,
  jid: BareJid,
  text = '',
  preauth?: string,
): void {
  send(link, 'subscribe', jid, { text: text.trim(), nick: ownNick(tools, link), preauth })
}

/** Takes our own request back, or stops seeing the contact (§3.3). What that makes of the roster comes as a push. */
export function endSubscription(link: Link, jid: BareJid): void {
  send(link, 'unsubscribe', jid)
}

/**
 * The contact sees our presence no longer (§3.2), or is no longer let in ahead of asking (§3.4.2). Of a request that waits
 * it would be the refusal, so that is settled too.
 */
export function revokeSubscription(tools: Tools, link: Link, jid: BareJid): void {
  send(link, 'unsubscribed', jid)
  settleRequest(tools, link.accountId, jid)
}

/** Lets the contact in ahead of asking (§3.4). A server that does not know that would drop it in silence. */
export function preApprove(link: Link, jid: BareJid): void {
  if (!link.stream.features.preApproval) throw userError('not-supported')
  send(link, 'subscribed', jid)
}

type Wish = Pick<CheckedInput<'contact.add'>, 'jid' | 'request' | 'preApprove' | 'preauth'>

/**
 * Adding somebody means both ways: asks for the presence, and lets the contact see ours, at once when it has asked
 * already, else as soon as it does, by pre-approval (RFC 6121 §3.4) where the server knows that.
 */
export function requestMutual(
  tools: Tools,
  link: Link,
  { jid, request = '', preApprove = true, preauth }: Wish,
  item: RosterItem | undefined,
): void {
  const hasAsked = findRequest(tools, link.accountId, jid) !== undefined
  const shouldApprove = preApprove && link.stream.features.preApproval && !seesUs(item)
  if (hasAsked || shouldApprove) send(link, 'subscribed', jid)
  if (hasAsked) settleRequest(tools, link.accountId, jid)
  if (!isSeen(item)) requestSubscription(tools, link, jid, request, preauth)
}

export function findRequest(tools: Tools, accountId: number, jid: BareJid): SubscriptionRequest | undefined {
  return tools.storage.listRequests().find((each) => each.accountId === accountId && each.jid === jid)
}

type Introduction = Omit<NonNullable<Parameters<typeof buildSubscription>[2]>, 'id'>

function send(link: Link, type: SubscriptionType, jid: BareJid, introduction: Introduction = {}): void {
  const stanza = buildSubscription(type, jid, { id: link.newId(), ...introduction })
  if (!link.stream.send(stanza)) throw userError('offline')
}
