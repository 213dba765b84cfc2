/**
 * A new account on a server (XEP-0077 §3.1.1), before anybody is signed in: on a stream of its own, under TLS like any
 * other. It stays open while the person fills in what the server asks for.
 */
import { randomUUID } from 'node:crypto'
import type { ConnectionOptions } from '../../model/account.ts'
import type { FieldAnswer } from '../../model/form.ts'
import type { Registration } from '../../model/services.ts'
import { StanzaError, StreamFailure } from '../errors.ts'
import { parseStanzaError } from '../stanza-error.ts'
import { buildRegistration, NS, parseRegistration } from '../xep-0077-registration.ts'
import { missingIn, withBits } from '../xep-0221-media.ts'
import { buildBitsRequest, NS as NS_BITS, parseData } from '../xep-0231-bits-of-binary.ts'
import { asciiDomain } from '../xep-0368-direct-tls.ts'
import { buildPreauth } from '../xep-0379-pre-auth.ts'
import { offersPreAuth } from '../xep-0445-pre-auth-registration.ts'
import { xml, type Element } from '../xml.ts'
import type { Channel } from './approach.ts'
import { Engine } from './engine.ts'
import { cancelled } from './limits.ts'
import type { TransportOptions } from './link.ts'
import { reach } from './reach.ts'
import { assertStartTls, nextFeatures, startTls } from './starttls.ts'

const NS_FEATURE = 'http://jabber.org/features/iq-register'
/** Pictures of one form that did not come along. */
const MAX_ASKED = 4

export interface RegistrationRequest extends ConnectionOptions {
  readonly domain: string
  readonly proxyPassword?: string | undefined
  /** Of an invitation that opens an account there (XEP-0445). */
  readonly preauth?: string | undefined
  readonly signal: AbortSignal
}

export interface OpenRegistration {
  readonly registration: Registration
  /** What the server asks for, anew: a challenge in it is good for one answer. Rejects as `submit` does. */
  renew(): Promise<Registration>
  /** Rejects with StanzaError when the server refuses, with StreamFailure when it can't be asked any more. */
  submit(kind: Registration['kind'], answers: readonly FieldAnswer[]): Promise<void>
  close(): void
}

/** Rejects as `submit` does; a server that gives no accounts refuses with service-unavailable or the like. */
export type Register = (request: RegistrationRequest) => Promise<OpenRegistration>

export async function openRegistration(
  request: RegistrationRequest,
  options: TransportOptions,
): Promise<OpenRegistration> {
  const { domain, signal, proxyPassword } = request
  const { onTraffic, limits } = options
  const opened = await reach(
    {
      ...{ ...options, domain, where: request, proxyPassword, signal },
      onStep: () => undefined,
      createEngine: (framing) =>
        new Engine({ framing, domain, ownJid: undefined, onTraffic, stepMs: limits.step }),
    },
    // The server stands and has answered: its refusal is no reason to look for it elsewhere.
    (channel) => begin(channel, request, limits.step).catch((error: unknown) => refusalOf(error, channel)),
  )
  if (opened instanceof StanzaError) throw opened
  return opened
}

function refusalOf(error: unknown, { engine }: Channel): StanzaError {
  if (!(error instanceof StanzaError)) throw error
  engine.fail(cancelled())
  return error
}

async function begin(
  { engine, upgrade }: Channel,
  { domain, preauth }: RegistrationRequest,
  stepMs: number,
): Promise<OpenRegistration> {
  if (!engine.isSecure()) {
    await engine.openStream()
    assertStartTls(await nextFeatures(engine, stepMs))
    await startTls(engine, upgrade, stepMs)
  }
  await engine.openStream()
  const features = await nextFeatures(engine, stepMs)
  const ask: Ask = (type, payload) => request(engine, domain, type, payload, stepMs)
  // XEP-0445 §3: a link may name a server that knows nothing of tokens; then it is asked without one.
  const invited = preauth !== undefined && offersPreAuth(features)
  if (invited) await ask('set', buildPreauth(preauth))
  // §8: a server that gives accounts says so; another one is not bothered.
  else if (features.getChild('register', NS_FEATURE) === undefined) {
    throw new StanzaError('cancel', 'service-unavailable', 'not among the stream features', domain)
  }
  const fetchForm = async (): Promise<Registration> => ({
    ...(await fetchWithPictures(ask)),
    ...(preauth === undefined ? {} : { invited }),
  })
  return {
    registration: await fetchForm(),
    renew: fetchForm,
    submit: async (kind, answers) => void (await ask('set', buildRegistration(kind, answers))),
    close: () => engine.fail(cancelled()),
  }
}

type Ask = (type: 'get' | 'set', payload: Element) => Promise<Element>

/** With the pictures in it, those too that did not come along (XEP-0231 §2.3). */
async function fetchWithPictures(ask: Ask): Promise<Registration> {
  const query = (await ask('get', xml('query', { xmlns: NS }))).getChild('query', NS)
  const registration = parseRegistration(query ?? xml('query', { xmlns: NS }))
  const missing = registration.form === undefined ? [] : missingIn(registration.form).slice(0, MAX_ASKED)
  const found = new Map<string, Uint8Array>()
  for (const contentId of missing) {
    const data = await ask('get', buildBitsRequest(contentId)).catch(ignoreRefusal)
    const bits = data?.getChild('data', NS_BITS)
    const part = bits && parseData(bits)
    if (part?.contentId === contentId) found.set(contentId, part.bytes)
  }
  return missing.length === 0 || registration.form === undefined
    ? registration
    : { ...registration, form: withBits(registration.form, found) }
}

function ignoreRefusal(error: unknown): undefined {
  if (!(error instanceof StanzaError)) throw error
}

/** The server is all there is on this stream: an answer from anybody else is none. */
async function request(
  engine: Engine,
  domain: string,
  type: 'get' | 'set',
  payload: Element,
  limitMs: number,
): Promise<Element> {
  const id = randomUUID()
  if (!engine.transmit(xml('iq', { type, id, to: domain }, payload))) {
    throw engine.failure ?? new StreamFailure({ code: 'network', detail: 'the connection was lost' })
  }
  for (;;) {
    const answer = await engine.next('registration', limitMs)
    const from = answer.attrs['from'] as string | undefined
    const isIts = from === undefined || asciiDomain(from) === asciiDomain(domain)
    if (!answer.is('iq') || answer.attrs['id'] !== id || !isIts) continue
    if (answer.attrs['type'] === 'result') return answer
    const { type: kind, condition, text, by } = parseStanzaError(answer)
    throw new StanzaError(kind, condition, text, by)
  }
}
