/**
 * What the server kept for us may come late: a session that was lost still holds messages when the next one already hears
 * newer ones, and its stamps, whole seconds, do not say where they belong. And what comes live while the archive is read
 * may stand among what it has by another clock. The archive knows, so it is asked again for what came meanwhile.
 */
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'
import { catchUpAgain } from './catch-up.ts'
import { persist } from './persist.ts'
import { beginReading, isUnsettled, QUIET_MS } from './unsettled.ts'

const waiting = new WeakSet<Link>()

/** The place of something that is here is not known. */
export function noteLate(tools: Tools, link: Link): void {
  if (waiting.has(link)) return
  waiting.add(link)
  settleOrder(tools, link).catch((error: unknown) =>
    tools.log('domain/archive', 'warn', 'the order of late messages is not known', { error }),
  )
}

async function settleOrder(tools: Tools, link: Link): Promise<void> {
  await link.rest(QUIET_MS)
  // One that comes from here on is noted again: it may be too late for the question.
  waiting.delete(link)
  await persist(tools, link, async () => {
    beginReading(link)
    await catchUpAgain(tools, link)
  })
  // Each is placed once, so this comes to an end.
  if (isUnsettled(link)) noteLate(tools, link)
}
