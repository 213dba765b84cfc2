/**
 * How much is said in rooms that are bookmarked and not joined (XEP-0502), where their services tell it. Each is asked once a
 * stream, and from then on those alone that answered, once an hour: more often the number does not change (§4).
 */
import { fetchRoomInfo } from '../../protocol/xep-0045-muc/index.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'
import { takeTraits } from './entering.ts'
import type { Visit } from './memory.ts'

/** What the user waits for comes first. */
const FIRST_MS = 20_000
const AGAIN_MS = 60 * 60_000
/** Asked one after the other. */
const MOST_ROOMS = 50

/** For as long as the stream lives. Not waited for. */
export async function watchActivity(tools: Tools, link: Link): Promise<void> {
  await link.rest(FIRST_MS)
  for (let isFirst = true; !link.closed; isFirst = false) {
    const rooms = outside(tools, link).filter(({ activity }) => isFirst || activity !== undefined)
    for (const visit of rooms.slice(0, MOST_ROOMS)) await ask(tools, link, visit)
    await link.rest(AGAIN_MS)
  }
}

function outside({ storage, rooms }: Tools, { accountId }: Link): readonly Visit[] {
  return storage
    .listRooms()
    .filter((room) => room.accountId === accountId && room.bookmarked && !room.autojoin && !room.wanted)
    .flatMap(({ conversationId }) => rooms.ofConversation(conversationId) ?? [])
    .filter(({ phase }) => phase === 'out')
}

/** With it comes what the room is called, and its picture. */
async function ask(tools: Tools, link: Link, visit: Visit): Promise<void> {
  if (link.closed) return
  try {
    const info = await fetchRoomInfo(link.iq, visit.jid)
    visit.activity = info?.activity
    if (info === undefined) tools.rooms.touch(visit)
    else takeTraits(tools, link, visit, info)
  } catch {
    // A room that cannot be asked now is asked by a later stream.
  }
}
