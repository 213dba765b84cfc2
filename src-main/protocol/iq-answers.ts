/** The requests that others send us (RFC 6120 §8.2.3): a table of who answers what, and the refusal of all else. */
import { parseJid, type BareJid, type Jid } from '../model/jid.ts'
import { attribute, idOf } from './stanza.ts'
import { buildErrorReply, type StanzaCondition } from './stanza-error.ts'
import { xml, type Element } from './xml.ts'

export interface IncomingRequest {
  readonly type: 'get' | 'set'
  /** An absent `from` is our own account's (§8.1.2.1). */
  readonly from: Jid
  readonly payload: Element
  /** The whole stanza, for parsers that ask for it. */
  readonly element: Element
}

/** The payload of the result, undefined for an empty result, or the condition of an error. */
export type IqAnswer = Element | undefined | StanzaCondition
export type IqHandler = (request: IncomingRequest) => IqAnswer | Promise<IqAnswer>

export interface Answers {
  /** Who answers requests with this payload; the last one named counts. */
  answer(type: 'get' | 'set', namespace: string, name: string, handler: IqHandler): void
  /** Takes an iq that is neither result nor error. */
  receive(element: Element): void
}

export interface AnswerOptions {
  /** False: the asker learns nothing, not even that we are here (RFC 6120 §8.4, attack S19). */
  readonly admits?: (from: Jid) => boolean
  readonly onFault?: (fault: unknown) => void
}

export function createAnswers(
  stream: { readonly ownBareJid: BareJid; send(stanza: Element): boolean },
  { admits = () => true, onFault = () => undefined }: AnswerOptions = {},
): Answers {
  const handlers = new Map<string, IqHandler>()

  function send(element: Element, answer: IqAnswer): void {
    stream.send(typeof answer === 'string' ? buildErrorReply(element, answer) : buildResult(element, answer))
  }

  /** Synchronous where the handler is, so that what it stores is stored before the stream counts the stanza. */
  function settle(element: Element, ask: () => IqAnswer | Promise<IqAnswer>): void {
    const refuse = (fault: unknown): void => {
      onFault(fault)
      send(element, 'internal-server-error')
    }
    try {
      const answer = ask()
      if (answer instanceof Promise) answer.then((value) => send(element, value)).catch(refuse)
      else send(element, answer)
    } catch (fault) {
      refuse(fault)
    }
  }

  return {
    answer(type, namespace, name, handler) {
      handlers.set(keyOf(type, namespace, name), handler)
    },
    receive(element) {
      const from = parseFrom(element, stream.ownBareJid)
      // No answer could reach anyone.
      if (from === undefined || idOf(element) === undefined) return
      // What a server says for a resource that is not there (RFC 6121 §8.5.3.2.3), whatever was asked and however wrong.
      if (!admits(from)) return send(element, 'service-unavailable')
      const request = parseRequest(element, from)
      if (request === 'bad-request') return send(element, request)
      const { type, payload } = request
      const handler = handlers.get(keyOf(type, payload.getNS() ?? '', payload.getName()))
      // §8.2.3 rule 3: a get or set must be answered; what we do not know is service-unavailable (§8.4).
      settle(element, () => (handler === undefined ? 'service-unavailable' : handler(request)))
    },
  }
}

/** Undefined when it is no address. */
function parseFrom(element: Element, ownBareJid: BareJid): Jid | undefined {
  const text = attribute(element, 'from')
  return text === undefined ? ownBareJid : parseJid(text)
}

function parseRequest(element: Element, from: Jid): IncomingRequest | 'bad-request' {
  const type = attribute(element, 'type')
  const [payload, ...more] = element.getChildElements()
  if (type !== 'get' && type !== 'set') return 'bad-request'
  return payload === undefined || more.length > 0 ? 'bad-request' : { type, from, payload, element }
}

function buildResult(request: Element, payload: Element | undefined): Element {
  const attributes = { type: 'result', to: attribute(request, 'from'), id: attribute(request, 'id') }
  return xml('iq', attributes, ...(payload === undefined ? [] : [payload]))
}

/** A namespace holds no space: it is a URI. */
function keyOf(type: string, namespace: string, name: string): string {
  return `${type} ${namespace} ${name}`
}
