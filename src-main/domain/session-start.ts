/** What happens on a fresh stream, in order. A resumed stream goes on where it was and needs none of it. */
import { loadBlockList } from './availability/blocking.ts'
import type { Link } from './link.ts'
import { flushOutbox } from './outgoing/outbox.ts'
import { sendOwnPresence } from './presence.ts'
import { loadRoster } from './roster.ts'
import type { Tools } from './tools.ts'

type StartStep = (tools: Tools, link: Link) => void | Promise<void>

/** RFC 6121 §2.2: the roster comes before the presence, so that subscription requests and presences find it. */
const steps: readonly StartStep[] = [loadRoster, announceOwnPresence, openOutbox, learnServer]

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

function announceOwnPresence(tools: Tools, link: Link): void {
  sendOwnPresence(tools, link)
}

/** Not waited for: who chats need not know it, and a server that never answers would keep us from being online. */
function learnServer(tools: Tools, link: Link): void {
  loadBlockList(tools, link).catch((error: unknown) =>
    tools.log('domain/session', 'warn', 'the block list could not be loaded', { error }),
  )
}

function openOutbox(tools: Tools, link: Link): void {
  link.outboxOpen = true
  flushOutbox(tools, link)
}
