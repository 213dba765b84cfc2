/**
 * XEP-0480: SASL Upgrade Tasks, version 0.2.0. https://xmpp.org/extensions/xep-0480.html
 * Gives the server the key of a stronger SCRAM hash while signing in with a weaker one, so that it can offer the stronger
 * one from then on. Only on a sign-in that is bound to the channel: whoever has the key could play the server.
 */
import { StreamFailure } from './errors.ts'
import { deriveSalted, parseSalting, type ScramHash } from './sasl/scram.ts'
import { attribute } from './stanza.ts'
import type { Engine } from './transport/engine.ts'
import { within } from './transport/limits.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'urn:xmpp:sasl:upgrade:0'
const NS_SCRAM = 'urn:xmpp:scram-upgrade:0'
const NS_SASL2 = 'urn:xmpp:sasl:2'

export interface Upgrade {
  readonly task: string
  readonly hash: ScramHash
}

/** Weakest first. */
const HASHES: readonly (readonly [string, ScramHash])[] = [
  ['SCRAM-SHA-1', 'sha1'],
  ['SCRAM-SHA-256', 'sha256'],
  ['SCRAM-SHA-512', 'sha512'],
]

/**
 * The strongest that the server wants, that is stronger than what is used, and that it does not have yet. Undefined: none,
 * or nothing that may be told on this sign-in. A server that offers one hash alone may keep one alone, and the account be
 * lost to whoever does not know the new one: ejabberd 24.12 goes on to offer the old one, and refuses it.
 */
export function chooseUpgrade(
  authentication: Element,
  offered: readonly string[],
  used: string,
): Upgrade | undefined {
  const isOffered = ([name]: (typeof HASHES)[number]): boolean =>
    offered.includes(name) || offered.includes(`${name}-PLUS`)
  const wanted = authentication.getChildren('upgrade', NS).map((child) => child.text().trim())
  const rank = HASHES.findIndex(([name]) => used === `${name}-PLUS`)
  if (rank === -1 || HASHES.filter(isOffered).length < 2) return undefined
  const better = HASHES.slice(rank + 1).filter(
    (each) => wanted.includes(`UPGR-${each[0]}`) && !isOffered(each),
  )
  const best = better.at(-1)
  return best && { task: `UPGR-${best[0]}`, hash: best[1] }
}

/** Goes into `<authenticate/>` (§3.2). */
export function buildUpgrade({ task }: Upgrade): Element {
  return xml('upgrade', { xmlns: NS }, task)
}

/**
 * Answers `<continue/>` up to the key (§4). Rejects with StreamFailure 'no-mechanism' when the server asks for something
 * else, 'protocol' when it asks wrongly. The caller has had the server prove itself.
 */
export async function performUpgrade(
  engine: Engine,
  asked: Element,
  { task, hash }: Upgrade,
  password: string,
  limitMs: number,
): Promise<void> {
  const tasks = asked.getChild('tasks')?.getChildren('task') ?? []
  if (!tasks.some((each) => each.text().trim() === task)) {
    const detail = 'the server asks for a second factor, which is not supported'
    throw new StreamFailure({ code: 'no-mechanism', detail })
  }
  engine.transmit(xml('next', { xmlns: NS_SASL2, task }))
  const answer = await engine.next('sign-in', limitMs)
  const salt = answer.is('task-data', NS_SASL2) ? answer.getChild('salt', NS_SCRAM) : undefined
  const salting = salt && parseSalting(salt.text().trim(), attribute(salt, 'iterations') ?? '')
  if (salting === undefined)
    throw new StreamFailure({ code: 'protocol', detail: `${task} without a salt that is one` })
  const key = await within(deriveSalted(hash, password, salting), 'key derivation', limitMs)
  engine.transmit(
    xml('task-data', { xmlns: NS_SASL2 }, xml('hash', { xmlns: NS_SCRAM }, key.toString('base64'))),
  )
}
