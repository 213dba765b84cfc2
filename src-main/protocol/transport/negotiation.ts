/**
 * From a connected socket to a session: STARTTLS (RFC 6120 §5), SASL2 or SASL (§6), resource binding (§7) or resumption,
 * and stream management, each as a stream feature. Nothing is signed in to without TLS.
 */
import type { FullJid } from '../../model/jid.ts'
import { resourceOf } from '../../model/jid.ts'
import { StreamFailure } from '../errors.ts'
import { NS_SASL } from '../sasl/failure.ts'
import type { SaslExchange } from '../sasl/exchange.ts'
import type { Stream, StreamCredentials } from '../stream.ts'
import {
  NS as NS_SM,
  buildEnable,
  buildResume,
  parseEnabled,
  type Enabled,
} from '../xep-0198-stream-management.ts'
import type { Resumption } from '../xep-0198-stream-management.ts'
import { NS as NS_CSI } from '../xep-0352-client-state.ts'
import { buildBind2, parseBind2, parseBound } from '../xep-0386-bind2.ts'
import { NS as NS_SASL2 } from '../xep-0388-sasl2.ts'
import { xml, type Element } from '../xml.ts'
import type { Engine } from './engine.ts'
import type { Limits } from './limits.ts'
import { answerTo, bindWithLibrary, isAnyStanza, type EarlyStanza } from './resource-binding.ts'
import { signInAtOnce, signInPlainly, type SignInOptions } from './signing-in.ts'
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
  /** The server has proved that it offered nothing better (XEP-0474). */
  readonly offerProven: boolean
  /** Absent after a resumption. */
  readonly jid: FullJid | undefined
  readonly enabled: Enabled | undefined
  /** `<resumed/>`, or `<failed/>`: the session is gone. */
  readonly resumption: Element | undefined
  /** Stanzas that came before the negotiation's end; they are first in order. */
  readonly early: readonly EarlyStanza[]
  /** They may be missing after a resumption inside SASL2. */
  readonly features: Stream['features']
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
    // The handler of stream management comes first: what could be resumed was tried by then.
    needed: () => mayBind(options, state) && engine.bound === undefined,
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
  /** Enabled inside the binding. */
  carbons: boolean
  readonly early: EarlyStanza[]
}

function createState({ engine }: NegotiationOptions): State {
  engine.bound = undefined
  return {
    features: xml('features'),
    exchange: undefined,
    enabled: undefined,
    resumption: undefined,
    carbons: false,
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

function signInOptions(
  { engine, credentials, limits, onSigningIn }: NegotiationOptions,
  { features }: State,
  feature: Element,
): SignInOptions {
  onSigningIn()
  return { engine, credentials, features, feature, limitMs: limits.signIn }
}

async function signIn(options: NegotiationOptions, state: State, feature: Element): Promise<void> {
  state.exchange = await signInPlainly(signInOptions(options, state, feature))
  options.engine.markSignedIn()
  await options.engine.openStream()
}

async function signIn2(options: NegotiationOptions, state: State, feature: Element): Promise<void> {
  const { engine } = options
  const inline = inlineRequests(options, feature)
  const { exchange, success } = await signInAtOnce(signInOptions(options, state, feature), inline)
  state.exchange = exchange
  engine.markSignedIn()
  state.resumption = success.getChild('resumed', NS_SM) ?? success.getChild('failed', NS_SM)
  const bound = parseBound(success)
  if (bound === undefined) return
  engine._jid(success.getChildText('authorization-identifier') ?? '')
  state.enabled = bound.enabled && parseEnabled(bound.enabled)
  state.carbons = parseBind2(feature)?.carbons ?? false
}

/** XEP-0386 §4: a server tries the resumption first, and binds only when that fails. */
function inlineRequests({ resume, bind2 }: NegotiationOptions, feature: Element): readonly Element[] {
  const offer = bind2 ? parseBind2(feature) : undefined
  const bind = offer === undefined ? [] : [buildBind2(offer)]
  if (resume === undefined) return bind
  if (feature.getChild('inline')?.getChild('sm', NS_SM) === undefined) return []
  return [buildResume(resume), ...(resume.orBind === true ? bind : [])]
}

/** XEP-0198 §3 and §5: resume in place of binding, or enable after it. */
async function manage(options: NegotiationOptions, state: State, next: () => Promise<void>): Promise<void> {
  const { engine, limits, resume } = options
  if (resume !== undefined && state.resumption === undefined && engine.bound === undefined) {
    engine.transmit(buildResume(resume))
    state.resumption = await answerTo(engine, ['resumed', 'failed'], state.early, limits.step)
  }
  if (!mayBind(options, state)) return
  await next()
  if (state.enabled !== undefined) return
  engine.transmit(buildEnable())
  const answer = await answerTo(engine, ['enabled', 'failed'], state.early, limits.step)
  if (answer.is('enabled')) state.enabled = parseEnabled(answer)
}

function mayBind({ resume }: NegotiationOptions, { resumption }: State): boolean {
  return resume === undefined || (resume.orBind === true && resumption?.is('resumed') !== true)
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
    offerProven: state.exchange?.offerConfirmed ?? false,
    jid,
    enabled: state.enabled,
    resumption: state.resumption,
    early: state.early,
    features: {
      rosterVersioning: state.features.getChild('ver', 'urn:xmpp:features:rosterver') !== undefined,
      preApproval: state.features.getChild('sub', 'urn:xmpp:features:pre-approval') !== undefined,
      clientState: state.features.getChild('csi', NS_CSI) !== undefined,
      carbons: state.carbons,
    },
  }
}
