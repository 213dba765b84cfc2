/** Which mechanism to sign in with: the strongest that both have, and never a weaker one than was seen before. */
import { StreamFailure } from '../errors.ts'
import type { BindingData } from '../xep-0440-channel-binding.ts'
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
  readonly offered: readonly string[]
  readonly username: string
  readonly password: string
  /** What both sides can bind to; undefined when there is nothing in common. */
  readonly binding: BindingData | undefined
  /** The server says that it can bind (XEP-0440), whichever mechanisms it offers. */
  readonly serverBinds?: boolean
  /** Weaker than this is a downgrade, by whoever. */
  readonly strongestSeen: string | undefined
}

/** The exchange to begin. Throws StreamFailure 'no-mechanism'. The caller has seen to TLS. */
export function chooseMechanism(options: MechanismOptions): SaslExchange {
  const { offered, binding, username, password } = options
  const usable = STRENGTH.filter(
    (name) => offered.includes(name) && (binding !== undefined || !name.endsWith(PLUS)),
  )
  const mechanism = usable.at(-1)
  if (mechanism === undefined) {
    throw new StreamFailure({ code: 'no-mechanism', detail: `offered: ${names(offered) || 'nothing'}` })
  }
  if (strengthOf(mechanism) < strengthOf(options.strongestSeen ?? '')) {
    const detail = `only ${mechanism} is offered now, but ${options.strongestSeen ?? ''} was before`
    throw new StreamFailure({ code: 'no-mechanism', detail })
  }
  if (mechanism === 'PLAIN') return createPlain(username, password)
  const hash = HASHES[unbound(mechanism)]
  if (hash === undefined) throw new Error(`no hash for ${mechanism}`)
  return createScram({ mechanism, hash, username, password, binding: bindingFlag(mechanism, options) })
}

/**
 * RFC 5802 §6. 'y' says that we could bind and the server seems not to know how. It is 'n' where we can't: without a type
 * in common, or over WebSocket, where TLS may end before the server; and where the server can bind and offers no -PLUS on
 * purpose. There 'y' would be taken for an attack: ejabberd refuses it as a wrong password.
 */
function bindingFlag(
  mechanism: string,
  { binding, serverBinds = false, offered }: MechanismOptions,
): ChannelBinding {
  if (mechanism.endsWith(PLUS) && binding !== undefined) return binding
  const seemsUnable = !serverBinds && !offered.some((name) => name.endsWith(PLUS))
  return binding !== undefined && seemsUnable ? 'y' : 'n'
}

/** The stronger of two names; one that is none of ours is weaker than any. */
export function strongerOf(one: string | undefined, other: string): string {
  return one !== undefined && strengthOf(one) > strengthOf(other) ? one : other
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
