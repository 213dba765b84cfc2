/** We have come into a room: what was said meanwhile is fetched, then what we have to say goes out. */
import { syncRoom } from '../archive/room-sync.ts'
import { flushOutbox } from '../outgoing/outbox.ts'
import type { Link } from '../link.ts'
import { guardStorage } from '../storage-guard.ts'
import type { Tools } from '../tools.ts'
import { announceRoom } from './describe.ts'
import { forgetTries, learnTraits, settleEntering } from './entering.ts'
import type { Visit } from './memory.ts'

/** A room without an archive sends its history by itself; its end is the subject, which some never send. */
const HISTORY_PATIENCE_MS = 5000
/** So long own words wait for the archive to say whether it has them. */
const ARCHIVE_PATIENCE_MS = 15_000

export function cameIn(tools: Tools, link: Link, visit: Visit): void {
  const { conversationId, nick, occupantId = null } = visit
  visit.phase = 'in'
  visit.problem = undefined
  tools.storage.setRoom(conversationId, { nick, occupantId, wanted: true })
  tools.rooms.filled(visit)
  announceRoom(tools, conversationId)
  keepPassword(tools, visit)
  forgetTries(link, visit)
  settleEntering(visit)
  visit.onChanged = () => void learnTraits(tools, link, visit)
  void becomeCurrent(tools, link, visit)
}

/** What has opened it opens it after the next start too. */
function keepPassword({ secrets }: Tools, { accountId, jid, password, traits }: Visit): void {
  if (password !== undefined && traits?.passwordProtected !== false) {
    secrets.rooms.keep(accountId, jid, password)
  }
}

async function becomeCurrent(tools: Tools, link: Link, visit: Visit): Promise<void> {
  const { attempt } = visit
  const isArchived = visit.traits?.archived === true
  const current = isArchived ? syncRoom(tools, link, visit) : historyEnd(visit)
  await Promise.race([current, link.rest(isArchived ? ARCHIVE_PATIENCE_MS : HISTORY_PATIENCE_MS)])
  if (link.closed || visit.attempt !== attempt || visit.phase !== 'in') return
  visit.caughtUp = true
  guardStorage(tools, link, () => flushOutbox(tools, link))
  // What it said of itself may be from an earlier day.
  if (visit.askedOn !== link || hasNewPicture(visit)) await learnTraits(tools, link, visit)
}

function hasNewPicture({ toldPicture, traits }: Visit): boolean {
  return toldPicture !== undefined && toldPicture !== (traits?.avatarHash ?? '')
}

function historyEnd(visit: Visit): Promise<void> {
  return new Promise((resolve) => {
    visit.onSubject = resolve
  })
}
