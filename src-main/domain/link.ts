/**
 * A live stream of an account, with what lives exactly as long: requests, messages in flight. It listens from its first
 * moment, so that no stanza goes by before a session has taken it over.
 */
import type { ConnectionProblem } from '../model/account.ts'
import type { Jid } from '../model/jid.ts'
import { createIq, type Iq } from '../protocol/iq.ts'
import { ownCaps, registerStandardAnswers } from '../protocol/own-features.ts'
import type { Stream } from '../protocol/stream.ts'
import type { Caps } from '../protocol/xep-0115-capabilities.ts'
import { createArchives, type Archives } from '../protocol/xep-0313-archive.ts'
import type { Element } from '../protocol/xml.ts'
import type { Roster, RosterPush } from '../protocol/roster.ts'
import { createReplies, mayKnowUs, type ReplyTools } from './replies.ts'
import { createResourceLocks, type ResourceLocks } from './outgoing/recipient.ts'
import type { Tools } from './tools.ts'

const REQUEST_TIMEOUT_MS = 30_000

export interface LinkOwner {
  receive(element: Element): void
  acknowledged(stanzaId: string): void
  /** The server is about to be told that so many stanzas are handled. */
  acknowledging(handled: number): void
  interrupted(problem: ConnectionProblem): void
  resumed(): void
  /** Once, and last. */
  closed(problem: ConnectionProblem): void
}

export interface Link {
  readonly stream: Stream
  readonly iq: Iq
  /** A fresh id for a stanza. */
  readonly newId: () => string
  /** Zero until the account has its row, which for a new one is not before its first sign-in has succeeded. */
  accountId: number
  /**
   * Who has directed presence of ours (RFC 6121 §4.6) and so may ask us what a stranger may not. Who sends such presence
   * adds the address it went to, and takes it out with 'unavailable'.
   */
  readonly addressed: Set<Jid>
  readonly archives: Archives
  /** The server writes stanza-ids itself and takes out forged ones (XEP-0359 §6). */
  trustsStanzaIds: boolean
  /** What goes with each available presence now (XEP-0115). */
  caps(): Caps
  /** Ids of own messages that this stream has and the server has not acknowledged; it resends them itself on resuming. */
  readonly inFlight: Set<string>
  /** Which device of a contact a chat goes to. */
  readonly locks: ResourceLocks
  /** False until the steps before it are done (session-start.ts). */
  outboxOpen: boolean
  /** False when the stream could not take our latest presence. */
  presenceSent: boolean
  /** The roster where it was fetched before there was an account to keep it for. */
  fetchedRoster: Roster | 'unchanged' | undefined
  /** True once our roster is the server's. */
  rosterLoaded: boolean
  /** Roster pushes that came before the roster itself was taken over; undefined after it. */
  heldPushes: RosterPush[] | undefined
  /** Why it ended; undefined while it lives. */
  readonly problem: ConnectionProblem | undefined
  readonly closed: boolean
  /** Resolves after so long, or when the link ends: whoever waited looks whether it is `closed`. */
  rest(ms: number): Promise<void>
  /** Takes the link over; stanzas that waited for it are delivered at once. */
  attach(owner: LinkOwner): void
  /**
   * Ends it for a reason of ours, at once for the owner; the stanza being received is then not acknowledged. The server
   * keeps the session, and with it what was not acknowledged, to be resumed.
   */
  end(problem: ConnectionProblem): void
  /** True once we say goodbye. Messages that still come in are kept, since the server counts them as delivered. */
  readonly leaving: boolean
  /** Says goodbye; resolves when the stream has ended. */
  close(): Promise<void>
}

export function createLink(
  tools: Pick<Tools, 'newId' | 'log' | 'traffic'> & ReplyTools,
  stream: Stream,
): Link {
  const iq = createIq({
    stream,
    admits: (from) => mayKnowUs(tools, link, from),
    newId: tools.newId,
    timeoutMs: REQUEST_TIMEOUT_MS,
    onFault: (error) => tools.log('domain/link', 'error', 'a request could not be answered', { error }),
  })
  const waiting: Element[] = []
  const resting = createRests()
  let owner: LinkOwner | undefined
  let problem: ConnectionProblem | undefined
  let leaving = false

  function finish(reason: ConnectionProblem): void {
    if (problem !== undefined) return
    problem = reason
    iq.close()
    resting.end()
    owner?.closed(reason)
  }

  function receive(element: Element): void {
    if (problem !== undefined) return
    if (owner !== undefined) owner.receive(element)
    else if (isAnswer(element)) iq.receive(element)
    else waiting.push(element)
  }

  const link: Link = {
    stream,
    iq,
    newId: tools.newId,
    archives: archivesOf(tools, stream, iq),
    trustsStanzaIds: false,
    accountId: 0,
    addressed: new Set(),
    caps: () => ownCaps(replies.told()),
    inFlight: new Set(),
    locks: createResourceLocks(),
    ...{ outboxOpen: false, presenceSent: false, rosterLoaded: false },
    fetchedRoster: undefined,
    heldPushes: [],
    get problem() {
      return problem
    },
    get closed() {
      return problem !== undefined
    },
    rest: resting.rest,
    attach(next) {
      owner = next
      if (problem !== undefined) return next.closed(problem)
      for (const element of waiting.splice(0)) receive(element)
    },
    end(reason) {
      finish(reason)
      stream.cut()
    },
    get leaving() {
      return leaving
    },
    async close() {
      leaving = true
      await stream.close().catch(() => undefined)
      finish({ code: 'cancelled' })
    },
  }

  const replies = createReplies(tools, link)
  registerStandardAnswers(iq, replies)
  stream.onTraffic((direction, element) => tools.traffic.record(link.accountId, direction, element))
  stream.onClosed(finish)
  stream.onInterrupted((reason) => owner?.interrupted(reason))
  stream.onResumed(() => owner?.resumed())
  stream.onAck((stanzaId) => owner?.acknowledged(stanzaId))
  stream.onAcknowledging((handled) => owner?.acknowledging(handled))
  stream.onStanza(receive)
  return link
}

/** Waits that end early, all together, and leave no timer behind. */
function createRests(): { rest(ms: number): Promise<void>; end(): void } {
  const rests = new Map<NodeJS.Timeout, () => void>()
  const wake = (timer: NodeJS.Timeout): void => {
    clearTimeout(timer)
    const resolve = rests.get(timer)
    rests.delete(timer)
    resolve?.()
  }
  return {
    rest: (ms) =>
      new Promise((resolve) => {
        const timer: NodeJS.Timeout = setTimeout(() => wake(timer), ms).unref()
        rests.set(timer, resolve)
      }),
    end: () => [...rests.keys()].forEach(wake),
  }
}

function isAnswer(element: Element): boolean {
  return (
    element.getName() === 'iq' && (element.attrs['type'] === 'result' || element.attrs['type'] === 'error')
  )
}

function archivesOf({ newId, log }: Pick<Tools, 'newId' | 'log'>, { ownBareJid }: Stream, iq: Iq): Archives {
  const onForged = (from: string): void =>
    log('domain/archive', 'warn', 'a result that nobody asked for', { from })
  return createArchives({ iq, ownBareJid, newId, onForged })
}
