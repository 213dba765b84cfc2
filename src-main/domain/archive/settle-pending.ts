/**
 * Own messages that an earlier stream was given and never acknowledged: the server may have them. The archive knows, so it
 * is asked before they go out once more.
 */
import { bareOf, type Jid } from '../../model/jid.ts'
import type { Link } from '../link.ts'
import { markSent } from '../outgoing/outbox.ts'
import type { Tools } from '../tools.ts'

/** Beyond these it is not worth waiting: whoever gets one twice tells by its id. */
const MOST_COUNTERPARTS = 10
const LOOKED_AT = 100
const PATIENCE_MS = 10_000

/** Never rejects; takes ten seconds at most. Only where the account is known to have an archive. */
export async function settlePending(tools: Tools, link: Link): Promise<void> {
  const { storage, log } = tools
  const { accountId } = link
  // The server has said of these what it has (XEP-0198 §5).
  if (link.stream.restored?.isResumed === true) return
  if (storage.findArchive(accountId) === undefined) return
  // Of rooms their own archives know, once we are in.
  const pending = storage.listPending(accountId).filter(({ kind }) => kind !== 'room')
  const counterparts = [...new Set(pending.map(({ counterpart }) => counterpart))]
  if (counterparts.length === 0) return
  const asked = counterparts.slice(0, MOST_COUNTERPARTS).map((each) => settleWith(tools, link, each))
  const settled = Promise.all(asked).catch((error: unknown) =>
    log('domain/archive', 'info', 'the archive does not say what was sent', { error }),
  )
  await Promise.race([settled, link.rest(PATIENCE_MS)])
}

async function settleWith(tools: Tools, link: Link, counterpart: Jid): Promise<void> {
  const page = { max: LOOKED_AT, before: '' }
  const { results } = await link.archives.query({ with: counterpart, page })
  // Later than that they are on their way again, and their acknowledgement says it.
  if (link.closed || link.outboxOpen) return
  const { ownBareJid } = link.stream
  for (const { message } of results) {
    if (message.kind === 'rejected' || message.id === undefined) continue
    if (bareOf(message.from) === ownBareJid) markSent(tools, link.accountId, message.id)
  }
}
