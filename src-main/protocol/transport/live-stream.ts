/**
 * The Stream of the port (../stream.ts) over links that come and go: counts stanzas (XEP-0198), asks for
 * acknowledgements, notices a dead server and resumes on a new link.
 */
import type { ConnectionProblem } from '../../model/account.ts'
import { bareOf, type BareJid, type FullJid } from '../../model/jid.ts'
import { StreamFailure } from '../errors.ts'
import type { Stream } from '../stream.ts'
import {
  buildAnswer,
  buildCountTooHigh,
  buildRequest,
  NS as NS_SM,
  parseHandled,
  type AckCounter,
  type SentStanza,
} from '../xep-0198-stream-management.ts'
import { buildDelay, NS as NS_DELAY } from '../xep-0203-delay.ts'
import { buildClientState } from '../xep-0352-client-state.ts'
import type { Element } from '../xml.ts'
import type { Beginning } from './beginning.ts'
import { cleanElement } from './clean-xml.ts'
import { createDelivery, type Delivery } from './delivery.ts'
import { cancelled, type Limits } from './limits.ts'
import type { Link } from './link.ts'
import { createListeners, type Listeners } from './listeners.ts'
import { createPingBarrier, type PingBarrier } from './ping-barrier.ts'
import { isAnyStanza } from './resource-binding.ts'
import { createTap, type Tap } from './tap.ts'
import { createResumer, type OpenResumed, type Resumer } from './resumer.ts'
import { createWatch, type Watch } from './watch.ts'

export interface LiveStreamOptions {
  readonly limits: Limits
  /** Epoch milliseconds. */
  readonly now: () => number
  /** A listener threw: a fault of ours, for the log. */
  readonly onListenerError: (error: unknown) => void
  /** Opens a link that resumes the session. */
  readonly open: OpenResumed
}

/** A loss of these kinds says nothing about the session, which may still be there. */
const RESUMABLE = new Set<ConnectionProblem['code']>(['network', 'timeout'])
/** After these no resumption is tried here, but a later stream may ask what became of the session. */
const KEPT = new Set<ConnectionProblem['code']>([...RESUMABLE, 'server-shutdown'])

export class LiveStream implements Stream {
  readonly jid: FullJid
  readonly ownBareJid: BareJid
  readonly features: Stream['features']
  readonly restored: Stream['restored']
  readonly #options: LiveStreamOptions
  /** Undefined: the server has no stream management, and `#barrier` stands in for its acknowledgements. */
  readonly #counter: AckCounter | undefined
  readonly #barrier: PingBarrier
  /** Undefined: the session can't be resumed. */
  #session: Stream['session']
  readonly #delivery: Delivery
  readonly #tap: Tap
  readonly #acked: Listeners<[string]>
  readonly #acknowledging: Listeners<[number]>
  readonly #interrupted: Listeners<[ConnectionProblem]>
  readonly #resumed: Listeners<[]>
  readonly #closed: Listeners<[ConnectionProblem]>
  readonly #watch: Watch
  readonly #resumer: Resumer
  #link: Link
  /** Resumed, and not one acknowledgement of what we said since. */
  #isUnproven: boolean
  #phase: 'online' | 'interrupted' | 'closing' | 'closed' = 'online'
  #problem: ConnectionProblem | undefined

  constructor(link: Link, beginning: Beginning, options: LiveStreamOptions) {
    const { limits, onListenerError } = options
    this.jid = beginning.jid
    this.ownBareJid = bareOf(beginning.jid)
    this.features = beginning.features
    this.restored = beginning.restored
    this.#options = options
    this.#link = link
    this.#counter = beginning.counter
    this.#session = beginning.session
    this.#isUnproven = beginning.restored?.isResumed === true
    this.#barrier = createPingBarrier(this.ownBareJid)
    this.#delivery = createDelivery(onListenerError, () => this.#counter?.countHandled())
    this.#tap = createTap(onListenerError)
    this.#acked = createListeners(onListenerError)
    this.#acknowledging = createListeners(onListenerError)
    this.#interrupted = createListeners(onListenerError)
    this.#resumed = createListeners(onListenerError)
    this.#closed = createListeners(onListenerError)
    this.#watch = createWatch({
      limits,
      ask: () => this.#ask(),
      onDead: () => {
        const detail = 'the server does not answer any more'
        this.#link.engine.fail(new StreamFailure({ code: 'timeout', detail }))
      },
      onUnanswered: this.#counter && (() => this.#abandon()),
    })
    this.#resumer = createResumer({ ...options, maxSeconds: beginning.session?.maxSeconds })
    for (const { stanza, counted } of link.early) {
      this.#tap.tell('in', stanza)
      this.#delivery.hand(stanza, counted)
    }
    this.#adopt()
  }

  /** Of the present link: a resumption may go another way. */
  get tls(): string {
    return this.#link.tls
  }

  get mechanism(): string {
    return this.#link.mechanism
  }

  get offerProven(): boolean {
    return this.#link.offerProven
  }

  get transport(): Stream['transport'] {
    return this.#link.transport
  }

  get session(): Stream['session'] {
    return this.#session
  }

  get sentCount(): number | undefined {
    return this.#counter?.sent
  }

  get ready(): boolean {
    return this.#phase === 'online' && this.#link.engine.alive
  }

  readonly send = (stanza: Element): boolean => {
    if (!this.ready) return false
    const clean = cleanElement(stanza)
    this.#counter?.countSent({ stanza: clean, sentAt: this.#options.now() })
    this.#transmit(clean)
    const messageId = idOfMessage(clean)
    if (this.#counter === undefined) {
      if (messageId === undefined) return true
      this.#barrier.countSent(messageId)
    }
    this.#watch.sent()
    return true
  }

  readonly setActive = (active: boolean): void => {
    if (this.#phase !== 'online' || !this.features.clientState) return
    this.#transmit(buildClientState(active))
    // Prosody (seen with 0.12) holds back a message as well that it was about to write when it hears this, until
    // something that matters follows: the answer does.
    if (!active) this.#watch.check(this.#options.limits.answer)
  }

  readonly onStanza = (listener: (stanza: Element) => void): void => {
    this.#delivery.listen(listener)
  }

  readonly onTraffic: Stream['onTraffic'] = (listener) => {
    this.#tap.listen(listener)
  }

  readonly onAck = (listener: (stanzaId: string) => void): void => {
    this.#acked.add(listener)
  }

  readonly onAcknowledging = (listener: (handled: number) => void): void => {
    this.#acknowledging.add(listener)
  }

  readonly onInterrupted = (listener: (problem: ConnectionProblem) => void): void => {
    this.#interrupted.add(listener)
  }

  readonly onResumed = (listener: () => void): void => {
    this.#resumed.add(listener)
  }

  readonly onClosed = (listener: (problem: ConnectionProblem) => void): void => {
    this.#closed.add(listener)
    const problem = this.#problem
    if (problem !== undefined) queueMicrotask(() => listener(problem))
  }

  readonly wake = (): void => {
    if (this.#phase === 'online') this.#watch.check(this.#options.limits.wake)
    else this.#resumer.hurry()
  }

  readonly close = async (): Promise<void> => {
    if (this.#phase === 'closed' || this.#phase === 'closing') return
    const online = this.#phase === 'online'
    this.#delivery.flush()
    this.#phase = 'closing'
    this.#session = undefined
    this.#resumer.stop()
    // Servers may answer it before they close, and then what they took need not be sent again.
    if (online && (this.#counter?.unacknowledged.length ?? 0) > 0) this.#transmit(buildRequest())
    // XEP-0198 §4: so that what we handled is not delivered once more.
    const farewell = this.#counter && buildAnswer(this.#counter.handled)
    if (online) await this.#link.engine.shut(farewell, this.#options.limits.close)
    this.#finish({ code: 'cancelled' })
  }

  readonly cut = (): void => {
    this.#finish({ code: 'cancelled' }, { keepsSession: true })
    this.#link.engine.fail(cancelled())
  }

  #transmit(element: Element): void {
    this.#link.engine.transmit(element)
    this.#tap.tell('out', element)
  }

  /** For an acknowledgement, or any sign of life. */
  #ask(): boolean {
    if (this.#phase !== 'online') return false
    this.#transmit(this.#counter === undefined ? this.#barrier.build() : buildRequest())
    return true
  }

  /**
   * Bytes come, but the server does not read us any more. Resuming would go on with that, so a new session must do:
   * Prosody (seen with 0.12) feeds a resumed stream to the parser of the old one, and when the cable was cut in the
   * middle of a stanza all that follows counts as its content.
   */
  #abandon(): void {
    this.#finish({ code: 'timeout', detail: 'the server acknowledges nothing any more' })
    this.#link.engine.fail(new StreamFailure({ code: 'cancelled' }))
  }

  /** Goes online on the present link. */
  #adopt(): void {
    const { engine } = this.#link
    this.#phase = 'online'
    this.#watch.heard()
    engine.onHeard = this.#watch.heard
    engine.take((element) => {
      this.#receive(element)
    })
    engine.onBroken((failure) => {
      this.#lose(failure)
    })
  }

  #receive(element: Element): void {
    // The last words of a server say what it still took.
    if (this.#phase !== 'online' && !(this.#phase === 'closing' && element.is('a', NS_SM))) return
    this.#tap.tell('in', element)
    if (isAnyStanza(element)) return this.#receiveStanza(element)
    if (element.is('a', NS_SM)) {
      this.#watch.answered()
      this.#isUnproven = false
      this.#acknowledge(parseHandled(element))
    } else if (element.is('r', NS_SM) && this.#counter !== undefined) {
      const counter = this.#counter
      // What came before it counts: the server may not ask again for long.
      this.#delivery.after(() => this.#answer(counter))
    }
  }

  #answer({ handled }: AckCounter): void {
    this.#acknowledging.call(handled)
    if (this.#phase === 'online') this.#transmit(buildAnswer(handled))
  }

  #receiveStanza(stanza: Element): void {
    const acknowledged = this.#counter === undefined ? this.#barrier.match(stanza) : undefined
    if (acknowledged === undefined) this.#delivery.hand(stanza, true)
    else acknowledged.forEach((id) => this.#acked.call(id))
  }

  /** False: the server claims to have more than it was sent (XEP-0198 §4), and the stream has ended for it. */
  #acknowledge(h: number | undefined): boolean {
    if (h === undefined || this.#counter === undefined) return true
    const { sent } = this.#counter
    const stanzas = this.#counter.acknowledge(h)
    if (stanzas === undefined) {
      const failure = new StreamFailure({ code: 'protocol', detail: `acknowledged ${h} stanzas of ${sent}` })
      this.#link.engine.fail(failure, { name: 'undefined-condition', detail: buildCountTooHigh(h, sent) })
      return false
    }
    for (const { stanza } of stanzas) {
      const id = idOfMessage(stanza)
      if (id !== undefined) this.#acked.call(id)
    }
    return true
  }

  #lose({ problem }: StreamFailure): void {
    if (this.#phase === 'closed' || this.#phase === 'closing') return
    const [session, counter] = [this.#session, this.#counter]
    if (session === undefined || counter === undefined || !RESUMABLE.has(problem.code))
      return this.#finish(problem, { keepsSession: KEPT.has(problem.code) })
    // As in #abandon: what was resumed and then asked in vain would be so again, and again.
    if (this.#isUnproven && problem.code === 'timeout') return this.#finish(problem)
    this.#phase = 'interrupted'
    this.#watch.stop()
    this.#delivery.forgetCounted()
    this.#interrupted.call(problem)
    this.#resumer.start({
      resumption: () => ({ id: session.id, h: counter.handled, location: session.location }),
      problem,
      onOpened: (link) => {
        this.#resume(link)
      },
      onGivenUp: (reason) => {
        this.#finish(reason, { keepsSession: true })
      },
    })
  }

  /** XEP-0198 §5: what the server has is acknowledged, the rest is sent again, before anything new. */
  #resume(link: Link): void {
    this.#link = link
    if (link.engine.failure !== undefined) return this.#lose(link.engine.failure)
    if (!this.#acknowledge(link.resumption && parseHandled(link.resumption))) {
      return this.#finish({ code: 'protocol', detail: 'the server acknowledged what it was never sent' })
    }
    if (link.resumption?.is('resumed', NS_SM) !== true) {
      const detail = 'the connection was lost, and the server no longer knows the session'
      this.#finish({ code: 'network', detail })
      return link.engine.fail(new StreamFailure({ code: 'cancelled' }))
    }
    this.#isUnproven = true
    const again = this.#counter?.unacknowledged ?? []
    for (const sent of again) this.#transmit(withDelay(sent))
    if (again.length > 0) this.#watch.sent()
    this.#adopt()
    this.#resumed.call()
  }

  #finish(problem: ConnectionProblem, { keepsSession } = { keepsSession: false }): void {
    if (this.#phase === 'closed') return
    if (!keepsSession) this.#session = undefined
    this.#phase = 'closed'
    this.#problem = problem
    // What the server will send again is not counted; anything else would be lost with the stream.
    if (keepsSession) this.#delivery.forgetCounted()
    else this.#delivery.flush()
    this.#resumer.stop()
    this.#watch.stop()
    this.#closed.call(problem)
  }
}

function idOfMessage(stanza: Element): string | undefined {
  return stanza.is('message') ? (stanza.attrs['id'] as string | undefined) : undefined
}

/** XEP-0198 §4: a message that is sent again tells when it was first sent. */
function withDelay({ stanza, sentAt }: SentStanza): Element {
  if (stanza.is('message') && stanza.getChild('delay', NS_DELAY) === undefined)
    stanza.append(buildDelay(sentAt))
  return stanza
}
