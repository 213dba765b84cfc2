/** SASL as XMPP carries it (RFC 6120 §6). The caller restarts the stream afterwards. */
import { StreamFailure } from '../errors.ts'
import type { Engine } from '../transport/engine.ts'
import { within } from '../transport/limits.ts'
import { xml, type Element } from '../xml.ts'
import { fromBase64, type SaslExchange } from './exchange.ts'
import { NS_SASL, saslFailure } from './failure.ts'

/** Names in `<mechanisms/>`, of SASL or SASL2. */
export function parseMechanisms(feature: Element): readonly string[] {
  return feature.getChildren('mechanism').map((child) => child.text().trim())
}

/** Resolves when the server took us and proved itself. */
export async function authenticate(engine: Engine, exchange: SaslExchange, limitMs: number): Promise<void> {
  engine.transmit(xml('auth', { xmlns: NS_SASL, mechanism: exchange.mechanism }, encode(exchange.initial())))
  for (;;) {
    const answer = await engine.next('sign-in', limitMs)
    if (answer.is('challenge', NS_SASL)) {
      const response = await within(
        exchange.respond(decode(answer) ?? Buffer.alloc(0)),
        'key derivation',
        limitMs,
      )
      engine.transmit(xml('response', { xmlns: NS_SASL }, response.toString('base64')))
    } else if (answer.is('success', NS_SASL)) {
      return exchange.finish(decode(answer))
    } else if (answer.is('failure', NS_SASL)) {
      throw saslFailure(answer, exchange.mechanism)
    } else {
      throw new StreamFailure({ code: 'protocol', detail: `<${answer.getName()}/> while signing in` })
    }
  }
}

/** RFC 6120 §6.4.2: an empty initial response is a single "=". */
function encode(data: Buffer): string {
  return data.length === 0 ? '=' : data.toString('base64')
}

function decode(element: Element): Buffer | undefined {
  const text = element.text()
  if (text === '' || text === '=') return undefined
  const data = fromBase64(text)
  if (data === undefined)
    throw new StreamFailure({ code: 'protocol', detail: 'SASL data that is not base64' })
  return data
}
