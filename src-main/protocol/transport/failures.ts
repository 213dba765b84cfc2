/** What went wrong on each of several ways to a server, and what to tell of it. */
import type { ProblemCode } from '../../model/account.ts'
import { StreamFailure } from '../errors.ts'
import type { Candidate } from './candidates.ts'

/** Problems from the one that tells most to the one that tells least; each way's own is in the detail. */
const TELLING: readonly ProblemCode[] = [
  'no-tls',
  'proxy',
  'protocol',
  'timeout',
  'refused',
  'network',
  'no-such-server',
]

export interface Failures {
  /** Of a server that was tried. */
  add(candidate: Candidate, failure: StreamFailure): void
  /** Of a search for one: it counts only when nothing was tried. */
  addSearch(failure: StreamFailure): void
  summary(): StreamFailure
}

export function createFailures(): Failures {
  const tried: { where: string; failure: StreamFailure }[] = []
  const searches: StreamFailure[] = []
  return {
    add: (candidate, failure) => void tried.push({ where: nameOf(candidate), failure }),
    addSearch: (failure) => void searches.push(failure),
    summary() {
      const [search] = searches
      if (tried.length === 0 && search !== undefined) return search
      const codes = tried.map(({ failure }) => failure.problem.code)
      const code = TELLING.find((candidate) => codes.includes(candidate)) ?? codes[0] ?? 'no-such-server'
      const details = [
        ...tried.map(({ where, failure }) => `${where}: ${detailOf(failure)}`),
        ...searches.map(detailOf),
      ]
      return new StreamFailure({ code, detail: details.join('; ') })
    },
  }
}

function detailOf({ problem }: StreamFailure): string {
  return problem.detail ?? problem.code
}

function nameOf(candidate: Candidate): string {
  if (candidate.transport === 'websocket') return candidate.url.href
  const { host, port, directTls } = candidate.target
  return `${host}:${String(port)}${directTls ? ' (direct TLS)' : ''}`
}
