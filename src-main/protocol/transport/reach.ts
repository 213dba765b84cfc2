/** Reaching a server: look-up, then its targets one after the other until one stands; the rest is the caller's goal. */
import type { Socket } from 'node:net'
import type { ConnectionOptions, ConnectionStep, ProblemCode } from '../../model/account.ts'
import { StreamFailure } from '../errors.ts'
import { findTargets, type ServerResolver, type Target } from '../xep-0368-direct-tls.ts'
import { dial } from './dial.ts'
import type { Engine } from './engine.ts'
import { cancelled, within, type Limits } from './limits.ts'
import { asFailure } from './problems.ts'
import { secure } from './secure.ts'
import type { Upgrade } from './starttls.ts'

export interface ReachOptions {
  readonly domain: string
  readonly where: ConnectionOptions
  readonly resolver: ServerResolver
  readonly limits: Limits
  readonly ca: readonly string[] | undefined
  readonly signal: AbortSignal
  readonly onStep: (step: ConnectionStep) => void
  readonly createEngine: () => Engine
}

/** A target that answered: under TLS already, or with the means to come there. */
export interface Channel {
  readonly engine: Engine
  readonly upgrade: Upgrade
}

/**
 * Resolves with what `goal` makes of the first target that stands. Rejects with StreamFailure and leaves nothing open.
 * `onStep` is called once for each step, in order.
 */
export async function reach<T>(options: ReachOptions, goal: (channel: Channel) => Promise<T>): Promise<T> {
  const { signal, limits } = options
  const onStep = eachOnce(options.onStep)
  if (signal.aborted) throw cancelled()
  onStep('looking-up')
  const lookup = findTargets(options.domain, options.where, options.resolver)
  const targets = await within(lookup, 'looking up the server', limits.lookup, signal)
  const failures: { target: Target; failure: StreamFailure }[] = []
  for (const target of targets) {
    const attempt = { target, secured: false }
    try {
      return await tryTarget({ ...options, onStep }, attempt, goal)
    } catch (error) {
      const failure = asFailure(error)
      // Once a server has shown its certificate, good or bad, its answer is final: no other way round it is tried.
      if (attempt.secured || ['cancelled', 'certificate'].includes(failure.problem.code)) throw failure
      failures.push({ target, failure })
    }
  }
  throw summary(failures)
}

interface Attempt {
  readonly target: Target
  /** Set when TLS stands. */
  secured: boolean
}

async function tryTarget<T>(
  options: ReachOptions,
  attempt: Attempt,
  goal: (channel: Channel) => Promise<T>,
): Promise<T> {
  const { signal, limits, onStep } = options
  onStep('connecting')
  const socket = await dial(attempt.target, limits.connect, signal, options.resolver)
  const engine = options.createEngine()
  const upgrade = async (raw: Socket): ReturnType<Upgrade> => {
    onStep('securing')
    const { domain, ca } = options
    const secured = await secure(raw, {
      domain,
      alpn: attempt.target.directTls,
      ca,
      limitMs: limits.tls,
      signal,
    })
    attempt.secured = true
    return secured
  }
  try {
    if (attempt.target.directTls) engine.attachSecure(await upgrade(socket))
    else engine.attach(socket)
    return await orAborted(goal({ engine, upgrade }), signal)
  } catch (error) {
    const failure = error instanceof StreamFailure ? error : (engine.failure ?? asFailure(error))
    engine.fail(failure)
    socket.destroy()
    throw failure
  }
}

/** At once, also where the work is busy with something that can't be stopped, such as a key derivation. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort: (() => void) | undefined
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => {
      reject(cancelled())
    }
    if (signal.aborted) onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    if (onAbort !== undefined) signal.removeEventListener('abort', onAbort)
  }
}

/** Problems from the one that tells most to the one that tells least; each target's own is in the detail. */
const TELLING: readonly ProblemCode[] = [
  'no-tls',
  'protocol',
  'timeout',
  'refused',
  'network',
  'no-such-server',
]

function summary(failures: readonly { target: Target; failure: StreamFailure }[]): StreamFailure {
  const codes = failures.map(({ failure }) => failure.problem.code)
  const code = TELLING.find((candidate) => codes.includes(candidate)) ?? codes[0] ?? 'no-such-server'
  const detail = failures
    .map(({ target, failure }) => {
      const where = `${target.host}:${String(target.port)}${target.directTls ? ' (direct TLS)' : ''}`
      return `${where}: ${failure.problem.detail ?? failure.problem.code}`
    })
    .join('; ')
  return new StreamFailure({ code, detail })
}

/** With several targets a step comes again; the person sees it once. */
function eachOnce(onStep: ReachOptions['onStep']): ReachOptions['onStep'] {
  const order = ['looking-up', 'connecting', 'securing', 'signing-in', 'loading-contacts']
  let reached = -1
  return (step) => {
    if (order.indexOf(step) <= reached) return
    reached = order.indexOf(step)
    onStep(step)
  }
}
