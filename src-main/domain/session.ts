/** One account's connection: offline, connecting, online or waiting to try again, and the stream it has meanwhile. */
import type { ConnectionProblem, ConnectionState } from '../model/account.ts'
import { buildUnavailable } from '../protocol/presence.ts'
import { strongerOf } from '../protocol/sasl/mechanisms.ts'
import { presenceOf } from './accounts/presence-of.ts'
import { forgetAllDirected } from './availability/directed.ts'
import { tellClientState, tellResumed } from './devices/client-state.ts'
import { createDialer, type Dialer } from './dialer.ts'
import { keepHandled, leaveSession, takeSession } from './kept-session.ts'
import { createLink, type Link } from './link.ts'
import { flushOutbox, markSent } from './outgoing/outbox.ts'
import { sendOwnPresence } from './presence.ts'
import { receive } from './receive.ts'
import { settleOwed } from './receipts/duties.ts'
import { STABLE_AFTER_MS } from './reconnect.ts'
import { isAwaited } from './rooms/outgoing.ts'
import { leaveWithStream } from './rooms/rejoin.ts'
import { askAllRooms } from './rooms/self-ping.ts'
import { answerPushes } from './roster.ts'
import { startSession } from './session-start.ts'
import { guardStorage } from './storage-guard.ts'
import type { Tools } from './tools.ts'

export interface Session {
  readonly accountId: number
  state(): ConnectionState
  /** The stream that requests can go to now; undefined unless online. */
  online(): Link | undefined
  /** Tries now, unless there is a stream or a try already. By the user's wish: earlier failures don't count. */
  connect(): void
  /** Takes over a stream that was opened elsewhere: by signing in. */
  adopt(link: Link): void
  /** Something was written, or the own presence was changed: tells the server now, or as soon as it can be told. */
  flush(): void
  announcePresence(): void
  /** The user wants it now: ends a wait, a pause, or an attempt that hangs, and begins anew. */
  retry(): void
  /** After sleep, or when the network is back: tries at once what waits, has a stream look whether it lives. */
  wake(): void
  /** Says goodbye and stays offline. Resolves when the stream has ended: at most a second. */
  stop(): Promise<void>
}

/** The session's memory, for the functions below. */
interface Self {
  readonly tools: Tools
  readonly accountId: number
  readonly dialer: Dialer
  state: ConnectionState
  link: Link | undefined
  isInterrupted: boolean
  onlineSince: number | undefined
  /** A new stream waits for the old one's end: what that one still delivers need not go out twice. */
  leaving: Promise<void>
}

export function createSession(tools: Tools, accountId: number): Session {
  const self: Self = {
    tools,
    accountId,
    dialer: createDialer(tools, accountId, {
      stateChanged: (state) => setState(self, state),
      opened: (stream) => takeOver(self, createLink(tools, stream)),
    }),
    state: { phase: 'offline' },
    link: undefined,
    isInterrupted: false,
    onlineSince: undefined,
    leaving: Promise.resolve(),
  }
  return {
    accountId,
    state: () => self.state,
    online: () => (self.state.phase === 'online' ? self.link : undefined),
    connect: () => connect(self),
    adopt(link) {
      self.dialer.cancel()
      takeOver(self, link)
    },
    flush: () => {
      if (self.link !== undefined) flush(self, self.link)
    },
    announcePresence() {
      if (self.link?.outboxOpen) sendOwnPresence(tools, self.link)
    },
    retry() {
      if (self.link !== undefined) return self.link.stream.wake()
      self.dialer.cancel()
      connect(self)
    },
    wake() {
      if (self.link !== undefined) self.link.stream.wake()
      else if (self.state.phase === 'waiting') connect(self)
    },
    stop: () => stop(self),
  }
}

function setState(self: Self, state: ConnectionState): void {
  self.state = state
  self.tools.events.emit('connection.changed', { accountId: self.accountId, state })
}

function connect(self: Self): void {
  if (self.link !== undefined) return
  self.dialer.forgetFailures()
  self.dialer.dial(self.leaving)
}

function takeOver(self: Self, link: Link): void {
  const { tools, accountId } = self
  const whileCurrent = <A extends unknown[]>(body: (...args: A) => void) => {
    return (...args: A): void => {
      if (self.link === link) body(...args)
    }
  }
  self.link = link
  self.isInterrupted = false
  self.onlineSince = undefined
  link.accountId = accountId
  setState(self, { phase: 'connecting', step: 'loading-contacts' })
  guardStorage(tools, link, () => {
    keepStrongest(tools, accountId, link.stream)
    takeSession(tools, link)
  })
  answerPushes(tools, link)
  link.attach({
    receive: (element) => receive(tools, link, element),
    acknowledged: (stanzaId) => acknowledged(self, link, stanzaId),
    acknowledging: whileCurrent((handled) => keepHandled(tools, link, handled)),
    interrupted: whileCurrent((problem) => interrupted(self, problem)),
    resumed: whileCurrent(() => resumed(self, link)),
    closed: whileCurrent((problem) => ended(self, link, problem)),
  })
  void begin(self, link)
}

/**
 * Over WebSocket it may be one that is not bound; what TCP has shown stays demanded there. A server that has proved that
 * it offers nothing better may have less than before (XEP-0474 §6).
 */
function keepStrongest({ storage }: Tools, accountId: number, stream: Link['stream']): void {
  const { mechanism, offerProven, transport } = stream
  const seen = storage.getStrongestMechanism(accountId)
  const strongest = offerProven && transport === 'tcp' ? mechanism : strongerOf(seen, mechanism)
  if (strongest !== undefined && strongest !== seen) storage.setStrongestMechanism(accountId, strongest)
}

async function begin(self: Self, link: Link): Promise<void> {
  const { tools, accountId } = self
  await startSession(tools, link, (error) => {
    tools.log('domain/session', 'warn', 'a step of the session start failed', { accountId, error })
    guardStorage(tools, link, () => {
      throw error
    })
  })
  // While the socket is gone, `resumed` says it.
  if (self.link !== link || self.isInterrupted) return
  becomeOnline(self, link)
  tellClientState(tools, link)
}

function becomeOnline(self: Self, { stream }: Link): void {
  self.onlineSince ??= self.tools.now()
  const { jid, tls, mechanism, transport } = stream
  self.tools.log('domain/session', 'info', 'online', { accountId: self.accountId, transport })
  setState(self, { phase: 'online', jid, tls, mechanism, transport })
}

function acknowledged({ tools, accountId }: Self, link: Link, stanzaId: string): void {
  if (!isAwaited(tools, accountId, stanzaId)) link.inFlight.delete(stanzaId)
  guardStorage(tools, link, () => {
    if (!settleOwed(link, stanzaId)) markSent(tools, accountId, stanzaId)
    tools.storage.forgetSent(accountId, stanzaId)
  })
}

function flush({ tools }: Self, link: Link): void {
  guardStorage(tools, link, () => flushOutbox(tools, link))
}

function interrupted(self: Self, { code }: ConnectionProblem): void {
  self.tools.log('domain/session', 'info', 'interrupted', { accountId: self.accountId, code })
  self.isInterrupted = true
  setState(self, { phase: 'connecting', step: 'connecting' })
}

/** The server has kept the session: roster and contacts' presences still hold. What was not taken goes now. */
function resumed(self: Self, link: Link): void {
  self.isInterrupted = false
  if (!link.outboxOpen) return setState(self, { phase: 'connecting', step: 'loading-contacts' })
  becomeOnline(self, link)
  tellResumed(self.tools, link)
  if (!link.presenceSent) sendOwnPresence(self.tools, link)
  void askAllRooms(self.tools, link)
  flush(self, link)
}

function ended(self: Self, link: Link, problem: ConnectionProblem): void {
  const { tools, accountId, onlineSince, dialer } = self
  self.link = undefined
  leaveSession(tools, link)
  tools.presences.clear(accountId)
  tools.typing.clear(accountId)
  forgetAllDirected(tools, accountId)
  leaveWithStream(tools, accountId)
  if (onlineSince !== undefined && tools.now() - onlineSince >= STABLE_AFTER_MS) dialer.forgetFailures()
  dialer.lost(problem, onlineSince !== undefined)
}

function stop(self: Self): Promise<void> {
  const { tools, accountId, link } = self
  self.dialer.cancel()
  self.link = undefined
  if (link !== undefined) {
    link.stream.send(buildUnavailable(presenceOf(tools, accountId).status))
    tools.presences.clear(accountId)
    tools.typing.clear(accountId)
    forgetAllDirected(tools, accountId)
    leaveWithStream(tools, accountId)
    self.leaving = link.close().then(() => leaveSession(tools, link))
  }
  if (self.state.phase !== 'offline') setState(self, { phase: 'offline' })
  return self.leaving
}
