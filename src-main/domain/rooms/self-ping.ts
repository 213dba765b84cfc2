/**
 * Whether we are still in our rooms (XEP-0410): a room may lose us without a word, when its server or ours is restarted. It
 * is asked after a while of silence, after a stream that broke and went on, and when our words do not come back.
 */
import { occupantJid } from '../../protocol/xep-0045-muc/index.ts'
import { pingOurselves } from '../../protocol/xep-0410-muc-self-ping.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'
import { enterRoom } from './entering.ts'
import type { Visit } from './memory.ts'

/** How often we look, and how long a room may be silent until it is asked. */
const LOOK_MS = 60_000
const SILENCE_MS = 15 * 60_000
/** Words that do not come back for so long. */
const UNHEARD_MS = 30_000
const TIMEOUT_MS = 30_000
const AT_ONCE = 5

/** For as long as the stream lives. Not waited for. */
export async function watchRooms(tools: Tools, link: Link): Promise<void> {
  for (;;) {
    await link.rest(LOOK_MS)
    if (link.closed) return
    const silent = tools.rooms.list(link.accountId).filter((visit) => isSilent(visit, tools.now()))
    if (link.stream.ready) await askAll(tools, link, silent)
  }
}

function isSilent({ phase, heardAt, awaited }: Visit, now: number): boolean {
  const patience = awaited.size > 0 ? UNHEARD_MS : SILENCE_MS
  return phase === 'in' && now - heardAt >= patience
}

/** After a stream went on: all rooms, a few at a time. */
export async function askAllRooms(tools: Tools, link: Link): Promise<void> {
  await askAll(
    tools,
    link,
    tools.rooms.list(link.accountId).filter(({ phase }) => phase === 'in'),
  )
}

async function askAll(tools: Tools, link: Link, visits: readonly Visit[]): Promise<void> {
  const waiting = [...visits]
  const next = async (): Promise<void> => {
    for (let visit = waiting.shift(); visit !== undefined && !link.closed; visit = waiting.shift()) {
      await ask(tools, link, visit)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, next))
}

async function ask(tools: Tools, link: Link, visit: Visit): Promise<void> {
  const { attempt, nick } = visit
  const occupant = occupantJid(visit.jid, nick)
  if (occupant === undefined) return
  const presence = await pingOurselves(link.iq, occupant, TIMEOUT_MS)
  // Not while a nick is being changed, and not of a visit that is over.
  if (link.closed || visit.attempt !== attempt || visit.nick !== nick || visit.phase !== 'in') return
  if (presence === 'in') visit.heardAt = tools.now()
  else if (presence === 'out') {
    tools.log('domain/rooms', 'info', 'a room does not know us any more', { room: visit.jid })
    await enterRoom(tools, link, visit)
  }
}
