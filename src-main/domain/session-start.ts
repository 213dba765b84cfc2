/**
 * What happens on a new stream, in order. One that loses its socket and resumes goes on where it was and needs none of it;
 * one that resumes a session of before this program started needs it all, for the program knows nothing.
 */
import { loadBlockList } from './availability/blocking.ts'
import { settlePending } from './archive/settle-pending.ts'
import { noteAbsence, syncArchive } from './archive/sync.ts'
import { syncBookmarks } from './bookmarks/sync.ts'
import { startCarbons } from './devices/carbons.ts'
import { syncDisplayed } from './devices/displayed.ts'
import { learnStanzaIds, recallStanzaIds } from './incoming/stanza-id.ts'
import type { Link } from './link.ts'
import { buildUnavailable } from '../protocol/presence.ts'
import { flushOutbox } from './outgoing/outbox.ts'
import { learnWhoTellsHash } from './pictures/own-hash.ts'
import { sendOwnPresence } from './presence.ts'
import { rejoinRooms } from './rooms/rejoin.ts'
import { loadRoster } from './roster.ts'
import type { Tools } from './tools.ts'

type StartStep = (tools: Tools, link: Link) => void | Promise<void>

/** RFC 6121 §2.2: the roster comes before the presence, so that subscription requests and presences find it. */
const steps: readonly StartStep[] = [
  noteAbsence,
  recallStanzaIds,
  startCarbons,
  loadRoster,
  announceOwnPresence,
  settlePending,
  openOutbox,
  rejoinRooms,
  learnServer,
  syncArchive,
]

/** A step that fails is logged and the next one goes on: chatting works without a roster. Stops when the link ends. */
export async function startSession(
  tools: Tools,
  link: Link,
  failed: (error: unknown) => void,
): Promise<void> {
  for (const step of steps) {
    if (link.closed || link.leaving) return
    try {
      await step(tools, link)
    } catch (error) {
      failed(error)
    }
  }
}

/**
 * On a session of before the server holds us for available and will not tell anew who is there, which we no longer know;
 * only to who becomes available it does (RFC 6121 §4.2.2, §4.3), so we go and come.
 */
function announceOwnPresence(tools: Tools, link: Link): void {
  if (link.stream.restored?.isResumed === true) link.stream.send(buildUnavailable(''))
  sendOwnPresence(tools, link)
}

/** Not waited for: who chats need not know it, and a server that never answers would keep us from being online. */
function learnServer(tools: Tools, link: Link): void {
  const failed = (message: string) => (error: unknown) =>
    tools.log('domain/session', 'warn', message, { error })
  loadBlockList(tools, link).catch(failed('the block list could not be loaded'))
  learnStanzaIds(tools, link).catch(failed('what the account offers is not known'))
  syncDisplayed(tools, link).catch(failed('what was read elsewhere is not known'))
  syncBookmarks(tools, link).catch(failed('the bookmarks are not known'))
  tellOwnHash(tools, link).catch(failed('who tells of our picture is not known'))
}

async function tellOwnHash(tools: Tools, link: Link): Promise<void> {
  if (await learnWhoTellsHash(tools, link)) sendOwnPresence(tools, link)
}

function openOutbox(tools: Tools, link: Link): void {
  link.outboxOpen = true
  flushOutbox(tools, link)
}
