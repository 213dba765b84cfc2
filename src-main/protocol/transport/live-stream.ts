/**
 * The Stream of the port (../stream.ts) over links that come and go: hands stanzas on, counts them (XEP-0198), asks for
 * acknowledgements, notices a dead server and resumes on a new link.
 */
import type { ConnectionProblem } from '../../model/account.ts'
import { bareOf, type FullJid } from '../../model/jid.ts'
import { StreamFailure } from '../errors.ts'
import type { Stream } from '../stream.ts'
import {
  buildAnswer,
  buildCountTooHigh,
  buildRequest,
  createAckCounter,
  NS as NS_SM,
  parseHandled,
  type SentStanza,
} from '../xep-0198-stream-management.ts'
import { buildDelay } from './delay.ts'
import type { Element } from '../xml.ts'
import { cleanElement } from './clean-xml.ts'
import type { Limits } from './limits.ts'
import type { Link } from './link.ts'
import { createListeners } from './listeners.ts'
import { createPingBarrier } from './ping-barrier.ts'
import { isStanza } from './resource-binding.ts'
import { createResumer, type OpenResumed } from './resumer.ts'
import { createBurstTimer, createKeepAlive } from './timers.ts'

export interface LiveStreamOptions {
  readonly limits: Limits
  readonly now: () => number
  /** A listener threw: a fault of ours, for the log. */
  readonly onListenerError: (error: unknown) => void
  /** Opens a link that resumes the session. */
  readonly open: OpenResumed
}

/** A loss of these kinds says nothing about the session, which may still be there. */
const RESUMABLE = new Set<ConnectionProblem['code']>(['network', 'timeout'])

export function createLiveStream(
  first: Link & { readonly jid: FullJid },
  options: LiveStreamOptions,
): Stream {
  const { limits, now, onListenerError } = options
  const counter = first.enabled === undefined ? undefined : createAckCounter()
  const ownBareJid = bareOf(first.jid)
  const barrier = createPingBarrier(ownBareJid)
  const onStanza = createListeners<[Element]>(onListenerError)
  const onAck = createListeners<[string]>(onListenerError)
  const onInterrupted = createListeners<[ConnectionProblem]>(onListenerError)
  const onResumed = createListeners<[]>(onListenerError)
  const onClosed = createListeners<[ConnectionProblem]>(onListenerError)
  /** Came before anybody listened. */
  const kept: { stanza: Element; counted: boolean }[] = first.early.map((stanza) => ({
    stanza,
    counted: false,
  }))
  let phase: 'online' | 'interrupted' | 'closing' | 'closed' = 'online'
  let link: Link = first
  let closedWith: ConnectionProblem | undefined

  const keepAlive = createKeepAlive(
    limits.silence,
    () => {
      checkServer(limits.answer)
    },
    () => {
      link.engine.fail(new StreamFailure({ code: 'timeout', detail: 'the server does not answer any more' }))
    },
  )
  const burst = createBurstTimer(limits.ackDelay, limits.ackDelayMax, () => {
    checkServer(limits.answer)
  })
  const resumer = createResumer({ ...options, maxSeconds: first.enabled?.maxSeconds })

  function checkServer(limitMs: number): void {
    if (phase !== 'online') return
    link.engine.transmit(counter === undefined ? barrier.build() : buildRequest())
    keepAlive.expect(limitMs)
  }

  function adopt(next: Link): void {
    link = next
    phase = 'online'
    keepAlive.heard()
    next.engine.onHeard = () => {
      keepAlive.heard()
    }
    next.engine.take(receive)
    next.engine.onBroken(lose)
  }

  function receive(element: Element): void {
    if (phase !== 'online') return
    if (isStanza(element)) {
      const acknowledged = counter === undefined ? barrier.match(element) : undefined
      if (acknowledged !== undefined) acknowledged.forEach((id) => onAck.call(id))
      else if (onStanza.size === 0 || kept.length > 0) kept.push({ stanza: element, counted: true })
      else hand(element, true)
    } else if (counter !== undefined && element.is('r', NS_SM)) {
      link.engine.transmit(buildAnswer(counter.handled))
    } else if (element.is('a', NS_SM)) {
      acknowledge(parseHandled(element))
    }
  }

  /** The listeners run to their end before `h` counts the stanza: what it says is handled, is. */
  function hand(stanza: Element, counted: boolean): void {
    onStanza.call(stanza)
    if (counted) counter?.countHandled()
  }

  function handKept(): void {
    for (let next = kept.shift(); next !== undefined; next = kept.shift()) hand(next.stanza, next.counted)
  }

  /** False: the server claims more than it was sent (XEP-0198 §4), and the stream has ended for it. */
  function acknowledge(h: number | undefined): boolean {
    if (h === undefined || counter === undefined) return true
    const stanzas = counter.acknowledge(h)
    if (stanzas === undefined) {
      const failure = new StreamFailure({
        code: 'protocol',
        detail: `acknowledged ${String(h)} of ${String(counter.sent)}`,
      })
      link.engine.fail(failure, { name: 'undefined-condition', detail: buildCountTooHigh(h, counter.sent) })
      return false
    }
    for (const { stanza } of stanzas) {
      const id = stanza.attrs['id'] as string | undefined
      if (stanza.is('message') && id !== undefined) onAck.call(id)
    }
    return true
  }

  function lose(failure: StreamFailure): void {
    if (phase === 'closed' || phase === 'closing') return
    const { problem } = failure
    const id = link.enabled?.id ?? first.enabled?.id
    if (counter === undefined || id === undefined || !RESUMABLE.has(problem.code)) return finish(problem)
    phase = 'interrupted'
    keepAlive.stop()
    burst.stop()
    onInterrupted.call(problem)
    resumer.start({ id, h: () => counter.handled, problem, onOpened: resumed, onGivenUp: finish })
  }

  function resumed(next: Link): void {
    link = next
    const answer = next.resumption
    if (!next.engine.alive || answer === undefined) return lose(next.engine.failure ?? lostAgain())
    next.engine.onBroken((failure) => {
      if (phase === 'interrupted') finish(failure.problem)
    })
    if (!acknowledge(parseHandled(answer))) return
    if (!answer.is('resumed', NS_SM)) {
      finish({
        code: 'network',
        detail: 'the connection was lost, and the server no longer knows the session',
      })
      return next.engine.fail(lostAgain())
    }
    for (const sent of counter?.unacknowledged ?? []) next.engine.transmit(withDelay(sent))
    adopt(next)
    if ((counter?.unacknowledged.length ?? 0) > 0) burst.touch()
    onResumed.call()
  }

  function finish(problem: ConnectionProblem): void {
    if (phase === 'closed') return
    phase = 'closed'
    closedWith = problem
    resumer.stop()
    keepAlive.stop()
    burst.stop()
    onClosed.call(problem)
  }

  adopt(first)
  return {
    jid: first.jid,
    ownBareJid,
    tls: first.tls,
    mechanism: first.mechanism,
    features: first.features,
    send(stanza) {
      if (phase !== 'online' || !link.engine.alive) return false
      const clean = cleanElement(stanza)
      counter?.countSent({ stanza: clean, sentAt: now() })
      link.engine.transmit(clean)
      const id = clean.attrs['id'] as string | undefined
      if (counter !== undefined) burst.touch()
      else if (clean.is('message') && id !== undefined) {
        barrier.countSent(id)
        burst.touch()
      }
      return true
    },
    onStanza(listener) {
      onStanza.add(listener)
      // After this turn, so that whoever subscribes next to the first gets them as well.
      if (onStanza.size === 1) queueMicrotask(handKept)
    },
    onAck: onAck.add,
    onInterrupted: onInterrupted.add,
    onResumed: onResumed.add,
    onClosed(listener) {
      onClosed.add(listener)
      const problem = closedWith
      if (problem !== undefined) queueMicrotask(() => listener(problem))
    },
    wake() {
      if (phase === 'online') checkServer(limits.wake)
      else resumer.hurry()
    },
    async close() {
      if (phase === 'closed' || phase === 'closing') return
      const online = phase === 'online'
      phase = 'closing'
      resumer.stop()
      // XEP-0198 §4: so that what we handled is not delivered once more.
      if (online) await link.engine.shut(counter && buildAnswer(counter.handled), limits.close)
      finish({ code: 'cancelled' })
    },
  }
}

function lostAgain(): StreamFailure {
  return new StreamFailure({ code: 'network', detail: 'the connection was lost again' })
}

/** XEP-0198 §4: a message sent again tells when it was first sent. */
function withDelay({ stanza, sentAt }: SentStanza): Element {
  if (!stanza.is('message') || stanza.getChild('delay', 'urn:xmpp:delay') !== undefined) return stanza
  stanza.append(buildDelay(sentAt))
  return stanza
}
