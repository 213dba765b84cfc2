/**
 * An account's session on its server over a restart (XEP-0198 §5): kept while it lasts, tried first when a stream is
 * opened, and asked, also when it is gone, which of our messages it had.
 */
import type { SavedSession } from '../protocol/stream.ts'
import { StorageError } from '../storage/storage.ts'
import type { Link } from './link.ts'
import { markSent } from './outgoing/outbox.ts'
import type { Tools } from './tools.ts'

/** Past its time a session is gone, but servers remember a while longer what it had, and tell. */
const ASKED_FOR_MS = 24 * 60 * 60_000

export function sessionToResume({ storage, now }: Tools, accountId: number): SavedSession | undefined {
  const kept = storage.findSession(accountId)
  if (kept === undefined) return undefined
  const { seenAt, ...session } = kept
  return now() < seenAt + (session.maxSeconds ?? 0) * 1000 + ASKED_FOR_MS ? session : undefined
}

/**
 * On a new link, before anything goes out: what the former session had is sent, all else will be sent again. Keeps the
 * session that the link has now. Throws StorageError.
 */
export function takeSession(tools: Tools, { stream, accountId }: Link): void {
  const { storage } = tools
  const { restored, session } = stream
  if (restored?.handled !== undefined) settleSent(tools, accountId, restored.handled)
  if (restored?.isResumed === true) return storage.forgetNumbers(accountId)
  if (session === undefined) return storage.deleteSession(accountId)
  storage.putSession(accountId, { ...session, handled: 0, seenAt: tools.now() })
}

function settleSent(tools: Tools, accountId: number, handled: number): void {
  for (const { stanzaId, number } of tools.storage.listSent(accountId)) {
    if (number === undefined || !isCovered(number, handled)) continue
    markSent(tools, accountId, stanzaId)
    tools.storage.forgetSent(accountId, stanzaId)
  }
}

/** Counts are modulo 2^32 (§4), and a session has far fewer stanzas on their way than half of that. */
function isCovered(number: number, handled: number): boolean {
  return (handled - number) >>> 0 < 2 ** 31
}

/** The server is about to be told. That it is not kept costs a resumption after a crash, and no message. */
export function keepHandled({ storage, now, log }: Tools, { accountId }: Link, handled: number): void {
  try {
    storage.keepHandled(accountId, handled, now())
  } catch (error) {
    if (!(error instanceof StorageError)) throw error
    log('domain/session', 'warn', 'the count of the session could not be kept', { error })
  }
}

/** The stream has ended: its session is forgotten unless it may live on. */
export function leaveSession({ storage, log }: Tools, { accountId, stream }: Link): void {
  if (stream.session !== undefined) return
  try {
    storage.deleteSession(accountId)
  } catch (error) {
    if (!(error instanceof StorageError)) throw error
    // The server will say that it does not know it.
    log('domain/session', 'warn', 'a session could not be forgotten', { error })
  }
}
