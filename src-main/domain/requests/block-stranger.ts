/** Keeps a stranger, or all of a server, out: what they asked is refused, what they said is deleted, and the server may be told why. */
import type { CheckedInput } from '../../contract/commands.ts'
import { domainOf, parseBareJid, type BareJid } from '../../model/jid.ts'
import { blocks } from '../../protocol/xep-0191-blocking.ts'
import { buildReport } from '../../protocol/xep-0377-reports.ts'
import { buildSubscription } from '../../protocol/subscription.ts'
import { blockAddress, canBlock } from '../availability/blocking.ts'
import type { Link } from '../link.ts'
import { settleRequest } from '../subscriptions.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'
import { dropRequest } from './waiting.ts'

const MOST_REPORTED = 10

/** Refuses first, for once blocked nothing gets there. Where blocking fails, all that waits goes on waiting. */
export async function blockStranger(
  tools: Tools,
  link: Link,
  { accountId, jid, scope, report }: CheckedInput<'stranger.block'>,
): Promise<void> {
  const address = scope === 'domain' ? parseBareJid(domainOf(jid)) : jid
  if (address === undefined) throw userError('invalid-address')
  if (blocks(address, link.stream.ownBareJid)) throw userError('invalid-address', 'the own address or server')
  if (!canBlock(tools, accountId)) throw userError('not-supported')
  const isTaken = tools.availability.servers.get(accountId)?.reporting ?? false
  if (report !== undefined && !isTaken) throw userError('not-supported')
  const evidence = report && buildReport({ reason: report, messages: evidenceOf(tools, link, jid) })
  const asked = tools.storage
    .listRequests()
    .filter((request) => request.accountId === accountId && blocks(address, request.jid))
  for (const request of asked) {
    link.stream.send(buildSubscription('unsubscribed', request.jid, { id: link.newId() }))
  }
  await blockAddress(tools, link, address, evidence)
  for (const request of asked) settleRequest(tools, accountId, request.jid)
  for (const conversation of tools.storage.listConversations()) {
    const isTheirs = conversation.accountId === accountId && blocks(address, conversation.counterpart)
    if (isTheirs && conversation.request === true) dropRequest(tools, conversation)
  }
}

/** Ids of our own archive, which the server that gets the report can look up. */
function evidenceOf({ storage }: Tools, { accountId, stream }: Link, jid: BareJid) {
  const conversation = storage.findConversationWith(accountId, jid)
  if (conversation === undefined) return []
  return storage.listStanzaIds(conversation.id, MOST_REPORTED).map((id) => ({ by: stream.ownBareJid, id }))
}
