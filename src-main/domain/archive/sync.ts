/** What a fresh stream does about the archive, in order. */
import { NS } from '../../protocol/xep-0313-archive.ts'
import type { Link } from '../link.ts'
import { accountFeatures } from '../server-features.ts'
import type { Tools } from '../tools.ts'
import { loadOlderHistory } from './backfill.ts'
import { catchUp } from './catch-up.ts'
import { noteLate } from './late-messages.ts'
import { persist } from './persist.ts'
import { accountSource } from './sources.ts'
import { beginReading, isUnsettled } from './unsettled.ts'

const syncing = new WeakMap<Link, Promise<void>>()

/**
 * Before anything comes on the stream: what lies before it may be missing until it is caught up with. A session of before
 * this program started that goes on has lost nothing, but what the server kept for it may come in another order.
 */
export function noteAbsence({ storage }: Tools, link: Link): void {
  storage.beginAbsence(link.accountId)
}

/** Not waited for. Also when the user wants more history than before. */
export function syncArchive(tools: Tools, link: Link): void {
  if (syncing.has(link)) return
  const run = persist(tools, link, () => sync(tools, link))
    .catch((error: unknown) => tools.log('domain/archive', 'warn', 'the archive was given up', { error }))
    .finally(() => {
      syncing.delete(link)
      if (!link.closed && tools.archive.phaseOf(link.accountId) !== 'none') {
        tools.archive.progressed(tools.storage, link.accountId, 'idle')
      }
    })
  syncing.set(link, run)
}

async function sync(tools: Tools, link: Link): Promise<void> {
  const { storage, archive } = tools
  const { accountId } = link
  const features = await accountFeatures(link)
  if (link.closed) return
  if (!features.has(NS)) {
    storage.forgetArchive(accountId)
    archive.progressed(storage, accountId, 'none')
    return
  }
  if (storage.findArchive(accountId) === undefined || storage.isAbsent(accountId)) {
    beginReading(link)
    await catchUp(tools, link, accountSource(tools, link))
    if (isUnsettled(link)) noteLate(tools, link)
  }
  await loadOlderHistory(tools, link)
  if (isUnsettled(link)) noteLate(tools, link)
}
