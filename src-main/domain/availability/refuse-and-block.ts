/** The answers to a request, the one that also blocks the asker among them. */
import type { CheckedInput } from '../../contract/commands.ts'
import { buildSubscription } from '../../protocol/subscription.ts'
import type { Link } from '../link.ts'
import { answerRequest, findRequest, settleRequest } from '../subscriptions.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'
import { blockAddress, canBlock } from './blocking.ts'

type Input = CheckedInput<'subscription.answer'>

export async function answerOrBlock(tools: Tools, link: Link, input: Input): Promise<void> {
  const { accountId, jid, answer } = input
  if (answer !== 'refuse-and-block') return answerRequest(tools, link, { accountId, jid, answer })
  await refuseAndBlock(tools, link, input)
}

/** Refuses first, for once blocked nothing gets there. The request waits on when the server does not block. */
async function refuseAndBlock(tools: Tools, link: Link, { accountId, jid }: Input): Promise<void> {
  if (findRequest(tools, accountId, jid) === undefined) throw userError('not-found')
  if (!canBlock(tools, accountId)) throw userError('not-supported')
  if (!link.stream.send(buildSubscription('unsubscribed', jid, { id: link.newId() })))
    throw userError('offline')
  await blockAddress(tools, link, jid)
  settleRequest(tools, accountId, jid)
}
