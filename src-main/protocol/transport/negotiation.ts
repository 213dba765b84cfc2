/**
 * From a connected socket to a session: STARTTLS (RFC 6120 §5), SASL2 or SASL (§6), resource binding (§7) or resumption,
 * and stream management, each as a stream feature. Nothing is signed in to without TLS.
 */
import type { FullJid } from '../../model/jid.ts'
import { localOf, resourceOf } from '../../model/jid.ts'
import { StreamFailure } from '../errors.ts'
import { NS_SASL } from '../sasl/failure.ts'
import { chooseMechanism } from '../sasl/mechanisms.ts'
import { authenticate, parseMechanisms } from '../sasl/rfc6120-sasl.ts'
import type { SaslExchange } from '../sasl/exchange.ts'
import type { StreamCredentials } from '../stream.ts'
import {
  NS as NS_SM,
  buildEnable,
  buildResume,
  parseEnabled,
  type Enabled,
} from '../xep-0198-stream-management.ts'
import type { Resumption } from '../xep-0198-stream-management.ts'
import { buildBind2, parseBind2, parseBound } from '../xep-0386-bind2.ts'
import { authenticate2, deriveUserAgentId, NS as NS_SASL2 } from '../xep-0388-sasl2.ts'
import { chooseBinding, parseBindingTypes } from '../xep-0440-channel-binding.ts'
import { xml, type Element } from '../xml.ts'
import type { Engine } from './engine.ts'
import type { Limits } from './limits.ts'
import { answerTo, bindWithLibrary, isAnyStanza, type EarlyStanza } from './resource-binding.ts'
import { assertStartTls, nextFeatures, NS_TLS, startTls, type Upgrade } from './starttls.ts'
import { createStreamFeatures } from './stream-features.ts'
import { NS_STREAM } from './wire.ts'

export interface NegotiationOptions {
  readonly engine: Engine
  readonly credentials: StreamCredentials
  readonly limits: Limits
  /** The session to resume, if there is one. */
  readonly resume: Resumption | undefined
  /** The TLS handshake for STARTTLS; undefined where TLS stands from the first byte. */
  readonly upgrade: Upgrade | undefined
  /** Whether to use Bind 2 where it is offered. */
  readonly bind2: boolean
  readonly onSigningIn: () => void
}

export interface Negotiated {
  readonly mechanism: string
  /** Absent after a resumption. */
  readonly jid: FullJid | undefined
  readonly enabled: Enabled | undefined
  /** `<resumed/>`, or `<failed/>`: the session is gone. */
  readonly resumption: Element | undefined
  /** Stanzas that came before the negotiation's end; they are first in order. */
  readonly early: readonly EarlyStanza[]
  readonly features: { readonly rosterVersioning: boolean; readonly preApproval: boolean }
}

/** Rejects with StreamFailure. The caller ends the engine when it does. */
export async function negotiate(options: NegotiationOptions): Promise<Negotiated> {
  const { engine, limits } = options
  const state = createState(options)
  const table = createStreamFeatures(engine)
  table.use('starttls', NS_TLS, (_context, next) => (engine.isSecure() ? next() : startTlsAndReopen(options)))
  table.use('authentication', NS_SASL2, (_context, next, feature) =>
    state.exchange === undefined ? signIn2(options, state, feature) : next(),
  )
  table.use('mechanisms', NS_SASL, (_context, next, feature) =>
    state.exchange === undefined ? signIn(options, state, feature) : next(),
  )
  table.use('sm', NS_SM, (_context, next) => manage(options, state, next))
  bindWithLibrary(table, {
    ...options,
    early: state.early,
    needed: () => options.resume === undefined && engine.bound === undefined,
  })
  await engine.openStream()
  for (;;) {
    state.features = await featuresOf(engine, state, limits.step)
    assertProgress(engine, state)
    const signedIn = state.exchange !== undefined
    await table.run(state.features)
    const jid = boundJid(engine)
    // Resumed inside SASL2: stanzas come at once, and features, which nobody needs any more, between them.
    if (signedIn || state.resumption?.is('resumed') === true) return result(state, jid)
  }
}

interface State {
  features: Element
  exchange: SaslExchange | undefined
  enabled: Enabled | undefined
  resumption: Element | undefined
  readonly early: EarlyStanza[]
}

function createState({ engine }: NegotiationOptions): State {
  engine.bound = undefined
  return {
    features: xml('features'),
    exchange: undefined,
    enabled: undefined,
    resumption: undefined,
    early: [],
  }
}

/** After Bind 2 the session is there, and stanzas may come before the features do. */
async function featuresOf(engine: Engine, state: State, limitMs: number): Promise<Element> {
  if (engine.bound === undefined) return nextFeatures(engine, limitMs)
  for (;;) {
    const element = await engine.next('stream features', limitMs)
    if (element.is('features', NS_STREAM)) return element
    if (isAnyStanza(element)) state.early.push({ stanza: element, counted: state.enabled !== undefined })
  }
}

/** What a feature that is missing means; a handler runs only for what is there. */
function assertProgress(engine: Engine, { features, exchange }: State): void {
  if (!engine.isSecure()) return assertStartTls(features)
  const ways = features.getChild('mechanisms', NS_SASL) ?? features.getChild('authentication', NS_SASL2)
  if (exchange === undefined && ways === undefined) {
    throw new StreamFailure({ code: 'no-mechanism', detail: 'the server offers no way to sign in' })
  }
}

async function startTlsAndReopen({ engine, limits, upgrade }: NegotiationOptions): Promise<void> {
  await startTls(engine, upgrade, limits.step)
  await engine.openStream()
}

function beginExchange(options: NegotiationOptions, state: State, feature: Element): SaslExchange {
  const socket = options.engine.tls
  // Never reached without TLS: assertProgress and startTls see to it. Kept, for what it guards.
  if (socket === undefined) throw new StreamFailure({ code: 'no-tls' })
  const { jid, password, strongestSeen } = options.credentials
  options.onSigningIn()
  const types = bindingTypes(options.engine, state.features)
  state.exchange = chooseMechanism({
    offered: parseMechanisms(feature),
    username: localOf(jid),
    password,
    binding: chooseBinding(socket, types),
    serverBinds: types !== undefined && types.length > 0,
    strongestSeen,
  })
  return state.exchange
}

/**
 * RFC 9266 binds to the TLS connection, and over WebSocket that may end at a proxy before the server, which then can't
 * know it; a -PLUS alone tells nothing of it. So there a type must be announced (XEP-0440) to be used; over TCP silence
 * means the default.
 */
function bindingTypes({ transport }: Engine, features: Element): readonly string[] | undefined {
  return parseBindingTypes(features) ?? (transport === 'websocket' ? [] : undefined)
}

async function signIn(options: NegotiationOptions, state: State, feature: Element): Promise<void> {
  await authenticate(options.engine, beginExchange(options, state, feature), options.limits.signIn)
  options.engine.markSignedIn()
  await options.engine.openStream()
}

async function signIn2(options: NegotiationOptions, state: State, feature: Element): Promise<void> {
  const { engine, credentials, limits, resume } = options
  const exchange = beginExchange(options, state, feature)
  const bind2 = parseBind2(feature)
  const inline: Element[] = []
  if (resume !== undefined) {
    if (feature.getChild('inline')?.getChild('sm', NS_SM) !== undefined) inline.push(buildResume(resume))
  } else if (bind2 !== undefined && options.bind2) inline.push(buildBind2(bind2))
  const agent = deriveUserAgentId(`${credentials.jid}\0${credentials.resource}`)
  const success = await authenticate2(engine, exchange, agent, inline, limits.signIn)
  engine.markSignedIn()
  state.resumption = success.getChild('resumed', NS_SM) ?? success.getChild('failed', NS_SM)
  const bound = parseBound(success)
  if (bound === undefined) return
  engine._jid(success.getChildText('authorization-identifier') ?? '')
  state.enabled = bound.enabled && parseEnabled(bound.enabled)
}

/** XEP-0198 §3 and §5: resume in place of binding, or enable after it. */
async function manage(
  { engine, limits, resume }: NegotiationOptions,
  state: State,
  next: () => Promise<void>,
): Promise<void> {
  if (resume !== undefined) {
    if (state.resumption !== undefined) return
    engine.transmit(buildResume(resume))
    state.resumption = await answerTo(engine, ['resumed', 'failed'], state.early, limits.step)
    return
  }
  await next()
  if (state.enabled !== undefined) return
  engine.transmit(buildEnable())
  const answer = await answerTo(engine, ['enabled', 'failed'], state.early, limits.step)
  if (answer.is('enabled')) state.enabled = parseEnabled(answer)
}

function boundJid({ bound }: Engine): FullJid | undefined {
  return bound !== undefined && resourceOf(bound) !== undefined ? (bound as FullJid) : undefined
}

function result(state: State, jid: FullJid | undefined): Negotiated {
  if (jid === undefined && state.resumption === undefined) {
    throw new StreamFailure({ code: 'protocol', detail: 'the server bound no resource' })
  }
  return {
    mechanism: state.exchange?.mechanism ?? '',
    jid,
    enabled: state.enabled,
    resumption: state.resumption,
    early: state.early,
    features: {
      rosterVersioning: state.features.getChild('ver', 'urn:xmpp:features:rosterver') !== undefined,
      preApproval: state.features.getChild('sub', 'urn:xmpp:features:pre-approval') !== undefined,
    },
  }
}
