/**
 * A Stream without a network: the test is the server. It keeps the port's promises (src-main/protocol/stream.ts): order,
 * stanzas kept until someone listens, `send` refused while it can't.
 */
import type { ConnectionProblem } from '../../src-main/model/account.ts'
import { bareOf, parseJid, type FullJid } from '../../src-main/model/jid.ts'
import type { Connect, ConnectRequest, Stream, TrafficListener } from '../../src-main/protocol/stream.ts'
import type { Element } from '../../src-main/protocol/xml.ts'
import { parseStanza } from './stanza.ts'

export interface FakeStream extends Stream {
  /** A stanza from the server. */
  receive(stanza: Element | string): void
  /** What was sent since the last call, in order. */
  sent(): readonly Element[]
  /** The server has the message with this id; without one, every message sent and not yet acknowledged. */
  ack(stanzaId?: string): void
  /** The socket is gone and a resumption is being tried; nothing can be sent until `resume`. */
  interrupt(problem?: ConnectionProblem): void
  resume(): void
  /** The server is told that so many stanzas are handled. */
  acknowledge(handled: number): void
  /** The stream is gone for good, not by our wish; its session, where it has one, may live on. */
  drop(problem?: ConnectionProblem): void
  /** What the server was told of the user looking (XEP-0352), in order. */
  readonly activity: readonly boolean[]
  readonly state: 'open' | 'interrupted' | 'closed'
  /** How often `wake` was called. */
  readonly wakes: number
}

export interface FakeStreamOptions {
  readonly jid?: string
  readonly mechanism?: string
  readonly offerProven?: boolean
  readonly features?: Partial<Stream['features']>
  /** What this session could be resumed by; none unless it is given. */
  readonly session?: Stream['session']
  readonly restored?: Stream['restored']
}

/** Carbons are on by Bind 2, so that they cost no request. */
const OFFERS = { rosterVersioning: true, preApproval: false, clientState: false, carbons: true }

const LOST: ConnectionProblem = { code: 'network', detail: 'the cable is out' }

export function createFakeStream(options: FakeStreamOptions = {}): FakeStream {
  const jid = parseJid(options.jid ?? 'romeo@montague.example/orchard') as FullJid
  const listeners = createListeners()
  const unheard: Element[] = []
  const unacknowledged: string[] = []
  const features = { ...OFFERS, ...options.features }
  const activity: boolean[] = []
  let sent: Element[] = []
  let state: FakeStream['state'] = 'open'
  let { session } = options
  let count = options.restored?.handled ?? 0
  let wakes = 0
  let tap: TrafficListener = () => undefined

  function end(problem: ConnectionProblem, keepsSession = false): void {
    if (state === 'closed') return
    state = 'closed'
    if (!keepsSession) session = undefined
    listeners.closed.forEach((listener) => listener(problem))
  }

  return {
    jid,
    ownBareJid: bareOf(jid),
    tls: 'TLSv1.3',
    mechanism: options.mechanism ?? 'SCRAM-SHA-256-PLUS',
    offerProven: options.offerProven ?? false,
    transport: 'tcp',
    features,
    restored: options.restored,
    get session() {
      return session
    },
    get sentCount() {
      return options.session && count
    },
    get ready() {
      return state === 'open'
    },
    get state() {
      return state
    },
    get wakes() {
      return wakes
    },
    activity,
    setActive(active) {
      if (state === 'open' && features.clientState) activity.push(active)
    },
    send(stanza) {
      if (state !== 'open') return false
      sent.push(stanza)
      count += 1
      tap('out', stanza)
      const id: unknown = stanza.attrs['id']
      if (stanza.getName() === 'message' && typeof id === 'string') unacknowledged.push(id)
      return true
    },
    onStanza(listener) {
      listeners.stanza.push(listener)
      for (const stanza of unheard.splice(0)) listener(stanza)
    },
    onTraffic: (listener) => void (tap = listener),
    onAcknowledging: (listener) => void listeners.acknowledging.push(listener),
    onAck: (listener) => void listeners.ack.push(listener),
    onInterrupted: (listener) => void listeners.interrupted.push(listener),
    onResumed: (listener) => void listeners.resumed.push(listener),
    onClosed: (listener) => void listeners.closed.push(listener),
    wake: () => void wakes++,
    close() {
      end({ code: 'cancelled' })
      return Promise.resolve()
    },
    receive(stanza) {
      const element = typeof stanza === 'string' ? parseStanza(stanza) : stanza
      tap('in', element)
      if (listeners.stanza.length === 0) unheard.push(element)
      listeners.stanza.forEach((listener) => listener(element))
    },
    sent() {
      const taken = sent
      sent = []
      return taken
    },
    ack(stanzaId) {
      const ids = unacknowledged.filter((id) => stanzaId === undefined || id === stanzaId)
      for (const id of ids) {
        unacknowledged.splice(unacknowledged.indexOf(id), 1)
        listeners.ack.forEach((listener) => listener(id))
      }
    },
    interrupt(problem = LOST) {
      state = 'interrupted'
      listeners.interrupted.forEach((listener) => listener(problem))
    },
    resume() {
      state = 'open'
      listeners.resumed.forEach((listener) => listener())
    },
    drop: (problem = LOST) => end(problem, true),
    cut: () => end({ code: 'cancelled' }, true),
    acknowledge: (handled) => listeners.acknowledging.forEach((listener) => listener(handled)),
  }
}

function createListeners() {
  return {
    stanza: [] as ((stanza: Element) => void)[],
    acknowledging: [] as ((handled: number) => void)[],
    ack: [] as ((stanzaId: string) => void)[],
    interrupted: [] as ((problem: ConnectionProblem) => void)[],
    resumed: [] as (() => void)[],
    closed: [] as ((problem: ConnectionProblem) => void)[],
  }
}

export interface FakeConnect {
  readonly connect: Connect
  /** Every request so far. */
  readonly requests: readonly ConnectRequest[]
  /** The streams handed out so far, oldest first. */
  readonly streams: readonly FakeStream[]
  /** What the next connects end in, in order: an error to reject with, options of the stream, or never. After these: a stream. */
  readonly outcomes: (Error | FakeStreamOptions | 'never')[]
}

/** A `connect` that opens a fake stream for the asked address and resource, without waiting. */
export function createFakeConnect(): FakeConnect {
  const requests: ConnectRequest[] = []
  const streams: FakeStream[] = []
  const outcomes: FakeConnect['outcomes'] = []
  async function connect(request: ConnectRequest): Promise<Stream> {
    requests.push(request)
    await Promise.resolve()
    const outcome = outcomes.shift() ?? {}
    if (outcome instanceof Error) throw outcome
    if (outcome === 'never') return new Promise(() => undefined)
    const stream = createFakeStream({ jid: `${request.jid}/${request.resource}`, ...outcome })
    streams.push(stream)
    return stream
  }
  return { connect, requests, streams, outcomes }
}
