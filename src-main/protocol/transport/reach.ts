/** Reaching a server: its candidates one after the other until one stands; the rest is the caller's goal. */
import type { ConnectionOptions, ConnectionStep } from '../../model/account.ts'
import type { StreamLocation } from '../../model/stream-session.ts'
import { StreamFailure } from '../errors.ts'
import { throughProxy, type ServerResolver } from '../xep-0368-direct-tls.ts'
import { approach, type Channel } from './approach.ts'
import { findCandidates, safeUrl, type Candidate } from './candidates.ts'
import type { Engine } from './engine.ts'
import { createFailures } from './failures.ts'
import { cancelled, type Limits } from './limits.ts'
import { asFailure, SeeOther } from './problems.ts'
import type { Memory } from './memory.ts'
import type { Framing } from './wire.ts'

export interface ReachOptions {
  readonly domain: string
  readonly where: ConnectionOptions
  readonly resolver: ServerResolver
  /** Of `where.proxy`. */
  readonly proxyPassword?: string | undefined
  readonly limits: Limits
  readonly ca: readonly string[] | undefined
  readonly signal: AbortSignal
  readonly onStep: (step: ConnectionStep) => void
  readonly createEngine: (framing: Framing) => Engine
  readonly memory: Memory
  /** As CandidateOptions.hint. */
  readonly hint?: StreamLocation | undefined
}

/** Of `<close see-other-uri/>`, one after the other. */
const MAX_MOVES = 2

/**
 * Resolves with what `goal` makes of the first target that stands. Rejects with StreamFailure and leaves nothing open.
 * `onStep` is called once for each step, in order.
 */
export async function reach<T>(asked: ReachOptions, goal: (channel: Channel) => Promise<T>): Promise<T> {
  const { signal, memory, domain, where } = asked
  const options = { ...asked, resolver: resolverOf(asked) }
  const onStep = eachOnce(asked.onStep)
  if (signal.aborted) throw cancelled()
  onStep('looking-up')
  const failures = createFailures()
  const remembered = memory.recall(domain, where)
  const candidates = findCandidates({ ...options, remembered, onFailure: failures.addSearch })
  for await (const candidate of candidates) {
    const attempt = { secured: false }
    try {
      const reached = await tryAndFollow({ ...options, onStep }, candidate, attempt, goal)
      memory.remember(domain, where, candidate)
      return reached
    } catch (error) {
      const failure = asFailure(error)
      const final = isFinal(failure, attempt, isFallBack(candidate, where)) && !isHint(candidate)
      if (final) memory.forget(domain, where)
      if (final || failure.problem.code === 'cancelled') throw failure
      failures.add(candidate, failure)
    }
  }
  throw failures.summary()
}

/** From here on there is no way round the proxy: whoever connects does so by this. */
function resolverOf({ where: { proxy }, resolver, proxyPassword }: ReachOptions): ServerResolver {
  return proxy === undefined ? resolver : throughProxy(resolver, { ...proxy, password: proxyPassword })
}

/** XEP-0198 §3: when it fails there, the usual way is taken. The certificate must be the domain's there as anywhere. */
function isHint(candidate: Candidate): boolean {
  return candidate.transport === 'tcp' && candidate.isHint === true
}

/** What Linnet took by itself, where TCP was meant. */
function isFallBack({ transport }: Candidate, where: ConnectionOptions): boolean {
  return transport === 'websocket' && where.transport !== 'websocket'
}

/**
 * Once a server has shown its certificate, good or bad, its answer is final: no other way round it is tried. But a
 * fall-back that is less safe than TCP was is only no way to go, and no reason to stay away when TCP is open again.
 */
function isFinal({ problem }: StreamFailure, { secured }: Attempt, fallBack: boolean): boolean {
  if (problem.code === 'no-mechanism' && fallBack) return false
  return secured || problem.code === 'certificate'
}

interface Attempt {
  /** Set when the server stands, under TLS. */
  secured: boolean
}

/** RFC 7395 §3.6.1: to another address only when it is as safe as this one. */
async function tryAndFollow<T>(
  options: ReachOptions,
  first: Candidate,
  attempt: Attempt,
  goal: (channel: Channel) => Promise<T>,
): Promise<T> {
  let candidate = first
  for (let moves = 0; ; moves += 1) {
    try {
      return await tryCandidate(options, candidate, attempt, goal)
    } catch (error) {
      if (!(error instanceof SeeOther) || moves === MAX_MOVES) throw error
      candidate = { transport: 'websocket', url: safeUrl(error.uri) }
    }
  }
}

async function tryCandidate<T>(
  options: ReachOptions,
  candidate: Candidate,
  attempt: Attempt,
  goal: (channel: Channel) => Promise<T>,
): Promise<T> {
  const onSecured = (): void => void (attempt.secured = true)
  const channel = await approach(candidate, {
    ...options,
    trusted: options.where.trustedCertificate,
    onSecured,
  })
  const { engine } = channel
  try {
    return await orAborted(goal(channel), options.signal)
  } catch (error) {
    const failure = error instanceof StreamFailure ? error : (engine.failure ?? asFailure(error))
    engine.fail(failure)
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
