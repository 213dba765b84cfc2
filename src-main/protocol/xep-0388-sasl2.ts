/**
 * XEP-0388: Extensible SASL Profile, version 1.0.4. https://xmpp.org/extensions/xep-0388.html
 * Signs in with what comes inline (Bind 2, resumption, tokens) in one exchange. Of tasks (`<continue/>`) only upgrades.
 */
import { createHash } from 'node:crypto'
import { StreamFailure } from './errors.ts'
import { fromBase64, type SaslExchange } from './sasl/exchange.ts'
import { saslFailure } from './sasl/failure.ts'
import type { Engine } from './transport/engine.ts'
import { within } from './transport/limits.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'urn:xmpp:sasl:2'

export interface Authentication {
  readonly exchange: SaslExchange
  readonly userAgentId: string
  /** Goes into `<authenticate/>` as it is. */
  readonly inline: readonly Element[]
  /** Does the task that `<continue/>` asks for; the server has proved itself by then. Absent: every task is refused. */
  readonly onTask?: ((asked: Element) => Promise<void>) | undefined
}

/**
 * Resolves with `<success/>` when the server took us and proved itself; the answers to what was inline are in it. No stream
 * restart follows, but new features do.
 */
export async function authenticate2(
  engine: Engine,
  { exchange, userAgentId, inline, onTask }: Authentication,
  limitMs: number,
): Promise<Element> {
  let task = onTask
  engine.transmit(
    xml(
      'authenticate',
      { xmlns: NS, mechanism: exchange.mechanism },
      xml('initial-response', {}, exchange.initial().toString('base64')),
      xml('user-agent', { id: userAgentId }, xml('software', {}, 'Linnet')),
      ...inline,
    ),
  )
  for (;;) {
    const answer = await engine.next('sign-in', limitMs)
    if (answer.is('challenge', NS)) {
      const response = await within(
        exchange.respond(decode(answer.text()) ?? Buffer.alloc(0)),
        'key derivation',
        limitMs,
      )
      engine.transmit(xml('response', { xmlns: NS }, response.toString('base64')))
    } else if (answer.is('success', NS)) {
      exchange.finish(decode(answer.getChildText('additional-data') ?? ''))
      return answer
    } else if (answer.is('continue', NS) && task !== undefined) {
      exchange.finish(decode((answer.getChildText('additional-data') ?? '').trim()))
      await task(answer)
      task = undefined
    } else {
      throw refusal(answer, exchange.mechanism)
    }
  }
}

/** A stable UUID v4 for this installation's use of the account: `seed` must not be guessable from outside. */
export function deriveUserAgentId(seed: string): string {
  const bytes = createHash('sha256').update(`linnet user-agent\0${seed}`).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function refusal(answer: Element, mechanism: string): StreamFailure {
  if (answer.is('failure', NS)) return saslFailure(answer, mechanism)
  if (!answer.is('continue', NS)) {
    return new StreamFailure({ code: 'protocol', detail: `<${answer.getName()}/> while signing in` })
  }
  return new StreamFailure({
    code: 'no-mechanism',
    detail: 'the server asks for a second factor, which is not supported',
  })
}

function decode(text: string): Buffer | undefined {
  if (text === '') return undefined
  const data = fromBase64(text)
  if (data === undefined)
    throw new StreamFailure({ code: 'protocol', detail: 'SASL data that is not base64' })
  return data
}
