/**
 * Signing in on a secured stream, by SASL2 (XEP-0388) or SASL (RFC 6120 §6): with the token of a sign-in before
 * (XEP-0484), with the password, and once more with the password where a server can't read that it can't be bound.
 */
import { localOf } from '../../model/jid.ts'
import { StreamFailure } from '../errors.ts'
import type { SaslExchange } from '../sasl/exchange.ts'
import { chooseMechanism } from '../sasl/mechanisms.ts'
import { authenticate, parseMechanisms } from '../sasl/rfc6120-sasl.ts'
import type { StreamCredentials } from '../stream.ts'
import { authenticate2, deriveUserAgentId } from '../xep-0388-sasl2.ts'
import { chooseBinding, parseBindingTypes, type BindingData } from '../xep-0440-channel-binding.ts'
import { buildUpgrade, chooseUpgrade, performUpgrade } from '../xep-0480-sasl-upgrade.ts'
import {
  buildFast,
  buildRequestToken,
  createTokenExchange,
  parseFast,
  parseToken,
  tokenMechanism,
} from '../xep-0484-fast.ts'
import type { Element } from '../xml.ts'
import type { Engine } from './engine.ts'

export interface SignInOptions {
  readonly engine: Engine
  readonly credentials: StreamCredentials
  /** For each answer of the server, in milliseconds. */
  readonly limitMs: number
  /** The stream's features: what can be bound to stands beside the mechanisms. */
  readonly features: Element
  /** `<mechanisms/>` or `<authentication/>`. */
  readonly feature: Element
}

/** By RFC 6120: the caller restarts the stream. Rejects with StreamFailure. */
export async function signInPlainly(options: SignInOptions): Promise<SaslExchange> {
  const { engine, limitMs } = options
  return withPassword(options, (exchange) => authenticate(engine, exchange, limitMs))
}

export interface SignedIn2 {
  readonly exchange: SaslExchange
  readonly success: Element
}

/** By SASL2, with `inline` in the same request. Rejects with StreamFailure. */
export async function signInAtOnce(options: SignInOptions, inline: readonly Element[]): Promise<SignedIn2> {
  const byToken = await withToken(options, inline)
  if (byToken !== undefined) return byToken
  const { engine, credentials, feature, limitMs } = options
  const tokenFor = credentials.tokens && tokenMechanism(parseFast(feature), bindingOf(options))
  const wish = tokenFor === undefined ? [] : [buildRequestToken(tokenFor)]
  let success: Element | undefined
  const exchange = await withPassword(options, async (tried) => {
    const upgrade = chooseUpgrade(feature, parseMechanisms(feature), tried.mechanism)
    const onTask =
      upgrade && ((asked: Element) => performUpgrade(engine, asked, upgrade, credentials.password, limitMs))
    const asked = [...(upgrade === undefined ? [] : [buildUpgrade(upgrade)]), ...inline, ...wish]
    const userAgentId = userAgentOf(credentials)
    success = await authenticate2(engine, { exchange: tried, userAgentId, inline: asked, onTask }, limitMs)
  })
  if (success === undefined) throw new Error('signed in without a success')
  if (tokenFor !== undefined) keepToken(credentials, success, tokenFor)
  return { exchange, success }
}

/** For as long as this installation uses the account: servers tie tokens to it. */
export function userAgentOf({ jid, resource }: Pick<StreamCredentials, 'jid' | 'resource'>): string {
  return deriveUserAgentId(`${jid}\0${resource}`)
}

/** Undefined: there is no token that is good here, or the server does not take it and it is dropped (XEP-0484 §4.1). */
async function withToken(options: SignInOptions, inline: readonly Element[]): Promise<SignedIn2 | undefined> {
  const { engine, credentials, feature, limitMs } = options
  const binding = bindingOf(options)
  const mechanism = tokenMechanism(parseFast(feature), binding)
  const token = mechanism === undefined ? undefined : credentials.tokens?.take()
  if (binding === undefined || token === undefined || token.mechanism !== mechanism) return undefined
  const exchange = createTokenExchange(localOf(credentials.jid), token, binding)
  const request = {
    exchange,
    userAgentId: userAgentOf(credentials),
    inline: [...inline, buildFast(token.count)],
  }
  try {
    const success = await authenticate2(engine, request, limitMs)
    keepToken(credentials, success, mechanism)
    return { exchange, success }
  } catch (error) {
    if (!isRefusal(error, engine)) throw error
    credentials.tokens?.drop()
    return undefined
  }
}

/** The server answered, and what it does not like is the token. */
function isRefusal(error: unknown, { failure }: Engine): boolean {
  const reasons = ['credentials', 'no-mechanism', 'protocol']
  return failure === undefined && error instanceof StreamFailure && reasons.includes(error.problem.code)
}

function keepToken({ tokens }: StreamCredentials, success: Element, mechanism: string): void {
  const token = parseToken(success, mechanism)
  if (token !== undefined) tokens?.keep(token)
}

/** The exchange by which it went well. */
async function withPassword(
  options: SignInOptions,
  attempt: (exchange: SaslExchange) => Promise<void>,
): Promise<SaslExchange> {
  const first = beginExchange(options)
  try {
    await attempt(first)
    return first
  } catch (error) {
    if (!mayBeTheFlag(error, first)) throw error
    const second = beginExchange(options, true)
    await attempt(second)
    return second
  }
}

/**
 * ejabberd takes gs2 flag 'y' for an attack where TLS ends at a proxy before it, and says that the password is wrong. Where
 * it has confirmed that it offers nothing that is bound (XEP-0474) 'n' says no less, once it confirms that again.
 */
function mayBeTheFlag(error: unknown, { saysUnbindable, offerConfirmed }: SaslExchange): boolean {
  const isRefused = error instanceof StreamFailure && error.problem.code === 'credentials'
  return isRefused && saysUnbindable && offerConfirmed
}

function beginExchange(options: SignInOptions, avoidsUnbindable = false): SaslExchange {
  const { credentials, features, feature } = options
  const { jid, password, strongestSeen } = credentials
  return chooseMechanism({
    offer: { mechanisms: parseMechanisms(feature), bindings: parseBindingTypes(features) },
    username: localOf(jid),
    password,
    binding: bindingOf(options),
    strongestSeen,
    avoidsUnbindable,
  })
}

/**
 * RFC 9266 binds to the TLS connection, and over WebSocket that may end at a proxy before the server, which then can't
 * know it; a -PLUS alone tells nothing of it. So there a type must be announced (XEP-0440) to be used; over TCP silence
 * means the default.
 */
function bindingOf({ engine, features }: SignInOptions): BindingData | undefined {
  // Never reached without TLS: negotiation.ts sees to it. Kept, for what it guards.
  if (engine.tls === undefined) throw new StreamFailure({ code: 'no-tls' })
  const announced = parseBindingTypes(features)
  return chooseBinding(engine.tls, announced ?? (engine.transport === 'websocket' ? [] : undefined))
}
