/** Where a server may be reached, in the order in which it is tried: TCP (XEP-0368), then WebSocket (XEP-0156). */
import type { ConnectionOptions } from '../../model/account.ts'
import type { StreamLocation } from '../../model/stream-session.ts'
import { parseWebSocketUrl } from '../../model/websocket-url.ts'
import { StreamFailure } from '../errors.ts'
import { findWebSockets } from '../xep-0156-alt-connections.ts'
import { findTargets, type ServerResolver, type Target } from '../xep-0368-direct-tls.ts'
import { getText } from './https-get.ts'
import { within, type Limits } from './limits.ts'
import { asFailure, clip } from './problems.ts'

export type Candidate =
  | { readonly transport: 'tcp'; readonly target: Target; readonly isHint?: true }
  | { readonly transport: 'websocket'; readonly url: URL }

export interface CandidateOptions {
  readonly domain: string
  readonly where: ConnectionOptions
  readonly resolver: ServerResolver
  readonly limits: Limits
  readonly ca: readonly string[] | undefined
  readonly signal: AbortSignal
  /** Where the server asked to be met for a resumption (XEP-0198 §3): the first of all, and nothing is lost without it. */
  readonly hint?: StreamLocation | undefined
  /** The WebSocket that worked before: it is tried first. */
  readonly remembered: URL | undefined
  /** A way to look for the server that led nowhere, while there are others. */
  readonly onFailure: (failure: StreamFailure) => void
}

/** Ends when there is nothing left to try. Throws StreamFailure when the only way to look for the server fails. */
export async function* findCandidates(options: CandidateOptions): AsyncGenerator<Candidate, void> {
  const { where, remembered, hint } = options
  const { transport = 'automatic' } = where
  if (hint !== undefined && transport !== 'websocket') yield { transport: 'tcp', target: hint, isHint: true }
  if (transport === 'tcp') return yield* overTcp(await lookUpTargets(options))
  if (remembered !== undefined) yield { transport: 'websocket', url: remembered }
  if (transport === 'websocket') return yield* overWebSocket(await lookUpWebSockets(options), remembered)
  // XEP-0156 §2.2 rule 3: it is asked only when the methods of RFC 6120 have led nowhere.
  const targets = [...(await unlessFailed(lookUpTargets(options), options))]
  const until = performance.now() + options.limits.tcp
  while (targets.length > 0 && (!mayFallBack(where) || performance.now() < until))
    yield* overTcp(targets.splice(0, 1))
  if (!mayFallBack(where)) return
  yield* overWebSocket(await unlessFailed(lookUpWebSockets(options), options), remembered)
  yield* overTcp(targets)
}

/** Whoever names a host or a port means that one, and no other way there, unless one is given as well. */
function mayFallBack({ host, port, webSocketUrl }: ConnectionOptions): boolean {
  return webSocketUrl !== undefined || (host === undefined && port === undefined)
}

function* overTcp(targets: readonly Target[]): Generator<Candidate, void> {
  for (const target of targets) yield { transport: 'tcp', target }
}

function* overWebSocket(urls: readonly URL[], tried: URL | undefined): Generator<Candidate, void> {
  for (const url of urls) if (url.href !== tried?.href) yield { transport: 'websocket', url }
}

function lookUpTargets({
  domain,
  where,
  resolver,
  limits,
  signal,
}: CandidateOptions): Promise<readonly Target[]> {
  const lookup = findTargets(domain, where, resolver)
  return within(lookup, 'looking up the server', limits.lookup, signal)
}

/** What the user entered wins over what the domain names. */
async function lookUpWebSockets(options: CandidateOptions): Promise<readonly URL[]> {
  const { domain, where, resolver, limits, ca, signal } = options
  if (where.webSocketUrl !== undefined) return [safeUrl(where.webSocketUrl)]
  return findWebSockets(domain, (url) => getText(url, { resolver, ca, limitMs: limits.lookup, signal }))
}

/** Throws StreamFailure 'no-tls' for an address that may not be used. */
export function safeUrl(text: string): URL {
  const url = parseWebSocketUrl(text)
  if (url !== undefined) return url
  throw new StreamFailure({
    code: 'no-tls',
    detail: clip(`${text} is not the address of an encrypted WebSocket`),
  })
}

/** Nothing found is no end while there are other ways; being cancelled is. */
async function unlessFailed<T>(
  lookup: Promise<readonly T[]>,
  options: CandidateOptions,
): Promise<readonly T[]> {
  try {
    return await lookup
  } catch (error) {
    const failure = asFailure(error)
    if (failure.problem.code === 'cancelled') throw failure
    options.onFailure(failure)
    return []
  }
}
