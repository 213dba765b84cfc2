/**
 * RFC 6120 §8.2.3: requests and their answers, both ways. Our own ids, matched with the address that was asked: the
 * library's own caller takes anybody's answer (attack S4). One Iq goes with one Stream.
 */
import { randomUUID } from 'node:crypto'
import { domainOf, parseJid, type BareJid, type FullJid, type Jid } from '../model/jid.ts'
import { RequestTimeout, StanzaError } from './errors.ts'
import { createAnswers, type Answers } from './iq-answers.ts'
import { attribute, idOf, isStanza } from './stanza.ts'
import { parseStanzaError } from './stanza-error.ts'
import { xml, type Element } from './xml.ts'

export type { IncomingRequest, IqAnswer } from './iq-answers.ts'

const DEFAULT_TIMEOUT_MS = 30_000

export interface IqRequest {
  readonly type: 'get' | 'set'
  /** Undefined: our own account, which our server answers for. */
  readonly to?: Jid | undefined
  readonly payload: Element
  readonly timeoutMs?: number | undefined
  /** Called at once when it is answered or given up, before the stanza that follows is looked at. */
  readonly onSettled?: () => void
}

export interface Iq extends Pick<Answers, 'answer'> {
  /** Resolves with the result stanza; rejects with StanzaError or RequestTimeout. */
  request(request: IqRequest): Promise<Element>
  /** True when it was an iq, which is then dealt with; false leaves it to others. */
  receive(element: Element): boolean
  /** The stream is gone: all that wait are rejected with RequestTimeout, and so is every later request. */
  close(): void
}

export interface IqOptions {
  readonly stream: {
    readonly jid: FullJid
    readonly ownBareJid: BareJid
    send(stanza: Element): boolean
  }
  /** A fresh id that nobody can guess. */
  readonly newId?: () => string
  readonly timeoutMs?: number
  /** Calls back after so many milliseconds; returns its own cancel. */
  readonly setTimer?: (callback: () => void, ms: number) => () => void
  /** Who may know that we are here; to anybody else every request is answered as for a resource that is not. */
  readonly admits?: (from: Jid) => boolean
  /** An answer of ours threw: the asker gets internal-server-error, and this gets what was thrown. */
  readonly onFault?: (fault: unknown) => void
}

interface Waiting {
  readonly to: Jid | undefined
  settle(outcome: Element | Error): void
}

export function createIq(options: IqOptions): Iq {
  const { stream, newId = randomUUID, timeoutMs = DEFAULT_TIMEOUT_MS, setTimer = setTimeoutTimer } = options
  const waiting = new Map<string, Waiting>()
  const answers = createAnswers(stream, options)
  let closed = false

  function request(iq: IqRequest): Promise<Element> {
    return new Promise((resolve, reject) => {
      const id = newId()
      const limitMs = iq.timeoutMs ?? timeoutMs
      const cancel = setTimer(() => settle(new RequestTimeout(`no answer in ${limitMs} ms`)), limitMs)
      function settle(outcome: Element | Error): void {
        cancel()
        waiting.delete(id)
        iq.onSettled?.()
        if (outcome instanceof Error) reject(outcome)
        else resolve(outcome)
      }
      waiting.set(id, { to: iq.to, settle })
      const taken = !closed && stream.send(xml('iq', { type: iq.type, to: iq.to, id }, iq.payload))
      if (!taken) settle(new RequestTimeout('the stream is not open'))
    })
  }

  /** Anything but the answer of whom we asked is dropped in silence; the request goes on waiting. */
  function settleAnswer(element: Element, type: 'result' | 'error'): void {
    const request = waiting.get(idOf(element) ?? '')
    if (request === undefined || !isFromAsked(element, request.to, stream)) return
    request.settle(type === 'result' ? element : toStanzaError(element))
  }

  return {
    request,
    answer: answers.answer,
    receive(element) {
      if (!isStanza(element, 'iq')) return false
      const type = attribute(element, 'type')
      if (type === 'result' || type === 'error') settleAnswer(element, type)
      else if (!closed) answers.receive(element)
      return true
    },
    close() {
      closed = true
      for (const { settle } of [...waiting.values()]) settle(new RequestTimeout('the stream was closed'))
    },
  }
}

/**
 * Whether this is an answer by the address that was asked, exactly: another resource of it is somebody else. For our own
 * account the server answers without `from`, as our bare JID, or, in old servers, as our full JID or its own domain
 * (RFC 6120 §8.1.2.1); only our server can write any of these.
 */
function isFromAsked(element: Element, to: Jid | undefined, own: IqOptions['stream']): boolean {
  const fromText = attribute(element, 'from')
  const ownDomain = domainOf(own.ownBareJid)
  if (fromText === undefined) return to === undefined || to === own.ownBareJid || to === ownDomain
  const from = parseJid(fromText)
  if (to !== undefined) return from === to
  return from === own.ownBareJid || from === own.jid || from === ownDomain
}

function toStanzaError(element: Element): StanzaError {
  const { type, condition, text, by } = parseStanzaError(element)
  return new StanzaError(type, condition, text, by)
}

/** Keeps no process alive for an answer that may never come. */
function setTimeoutTimer(callback: () => void, ms: number): () => void {
  const timer = setTimeout(callback, ms).unref()
  return () => clearTimeout(timer)
}
