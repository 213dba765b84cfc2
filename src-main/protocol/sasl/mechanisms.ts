/** Which mechanism to sign in with: the strongest that both have, and never a weaker one than was seen before. */
import { StreamFailure } from '../errors.ts'
import type { BindingData } from '../xep-0440-channel-binding.ts'
import type { SaslOffer } from '../xep-0474-scram-downgrade.ts'
import type { SaslExchange } from './exchange.ts'
import { createPlain } from './plain.ts'
import { createScram, type ChannelBinding, type ScramHash } from './scram.ts'

/** Weakest first. Channel binding counts for more than the hash: it shows a man in the middle with a certificate. */
const STRENGTH = [
  'PLAIN',
  'SCRAM-SHA-1',
  'SCRAM-SHA-256',
  'SCRAM-SHA-512',
  'SCRAM-SHA-1-PLUS',
  'SCRAM-SHA-256-PLUS',
  'SCRAM-SHA-512-PLUS',
] as const
const HASHES: Readonly<Record<string, ScramHash>> = {
  'SCRAM-SHA-1': 'sha1',
  'SCRAM-SHA-256': 'sha256',
  'SCRAM-SHA-512': 'sha512',
}
const PLUS = '-PLUS'

export interface MechanismOptions {
  readonly offer: SaslOffer
  readonly username: string
  readonly password: string
  /** What both sides can bind to; undefined when there is nothing in common. */
  readonly binding: BindingData | undefined
  /** Weaker than this is a downgrade, by whoever, unless the server confirms its offer (XEP-0474). */
  readonly strongestSeen: string | undefined
  /** Never gs2 flag 'y', and so only with a server that confirms its offer. */
  readonly avoidsUnbindable?: boolean
}

/**
 * The exchange to begin. Throws StreamFailure 'no-mechanism'. The caller has seen to TLS. One that is weaker than was seen
 * before goes on only with a server that confirms its offer; from SCRAM there is no way back to PLAIN (XEP-0474 §6).
 */
export function chooseMechanism(options: MechanismOptions): SaslExchange {
  const { offer, binding, username, password, avoidsUnbindable = false } = options
  const offered = offer.mechanisms
  const usable = STRENGTH.filter(
    (name) => offered.includes(name) && (binding !== undefined || !name.endsWith(PLUS)),
  )
  const mechanism = usable.at(-1)
  if (mechanism === undefined) {
    throw new StreamFailure({ code: 'no-mechanism', detail: `offered: ${names(offered) || 'nothing'}` })
  }
  const isWeaker = strengthOf(mechanism) < strengthOf(options.strongestSeen ?? '')
  const weaker = `only ${mechanism} is offered now, but ${options.strongestSeen ?? ''} was before`
  if (mechanism === 'PLAIN') {
    if (isWeaker) throw new StreamFailure({ code: 'no-mechanism', detail: weaker })
    return createPlain(username, password)
  }
  const hash = HASHES[unbound(mechanism)]
  if (hash === undefined) throw new Error(`no hash for ${mechanism}`)
  const unlessConfirmed = isWeaker
    ? weaker
    : avoidsUnbindable
      ? 'the server does not confirm its offer'
      : undefined
  const flag = bindingFlag(mechanism, options)
  return createScram({
    ...{ mechanism, hash, username, password, offer, unlessConfirmed },
    binding: flag === 'y' && avoidsUnbindable ? 'n' : flag,
  })
}

/**
 * RFC 5802 §6. 'y' says that we could bind and the server seems not to know how. It is 'n' where we can't: without a type
 * in common, or over WebSocket, where TLS may end before the server; and where the server can bind and offers no -PLUS on
 * purpose. There 'y' would be taken for an attack: ejabberd refuses it as a wrong password.
 */
function bindingFlag(mechanism: string, { binding, offer }: MechanismOptions): ChannelBinding {
  if (mechanism.endsWith(PLUS) && binding !== undefined) return binding
  const seemsUnable =
    (offer.bindings ?? []).length === 0 && !offer.mechanisms.some((name) => name.endsWith(PLUS))
  return binding !== undefined && seemsUnable ? 'y' : 'n'
}

/** The stronger of two names, the first when neither is; one that is no mechanism of ours is none. */
export function strongerOf(one: string | undefined, other: string | undefined): string | undefined {
  return strengthOf(other ?? '') > strengthOf(one ?? '') ? other : one
}

/** Whether it is one that can be remembered as an account's strongest; a token's is not (XEP-0484). */
export function isRanked(mechanism: string): boolean {
  return strengthOf(mechanism) >= 0
}

/** The same without the binding. */
export function unbound(mechanism: string): string {
  return mechanism.replace(PLUS, '')
}

/** -1 for a mechanism that is none of ours. */
function strengthOf(mechanism: string): number {
  return (STRENGTH as readonly string[]).indexOf(mechanism)
}

function names(offered: readonly string[]): string {
  return offered
    .map((name) => name.slice(0, 30))
    .slice(0, 12)
    .join(', ')
}
