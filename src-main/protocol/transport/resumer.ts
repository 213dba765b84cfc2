/** Tries to resume a lost session (XEP-0198 §5): at once, then with growing pauses, until the server will have dropped it. */
import type { ConnectionProblem } from '../../model/account.ts'
import type { StreamFailure } from '../errors.ts'
import type { Resumption } from '../xep-0198-stream-management.ts'
import { cancelled, type Limits } from './limits.ts'
import type { Link } from './link.ts'
import { asFailure } from './problems.ts'

export type OpenResumed = (resume: Resumption, signal: AbortSignal) => Promise<Link>

export interface ResumerOptions {
  readonly limits: Limits
  readonly now: () => number
  readonly open: OpenResumed
  /** How long the server keeps the session. */
  readonly maxSeconds: number | undefined
}

export interface Lost {
  readonly resumption: () => Resumption
  readonly problem: ConnectionProblem
  readonly onOpened: (link: Link) => void
  /** With the reason that is worth telling. */
  readonly onGivenUp: (problem: ConnectionProblem) => void
}

export interface Resumer {
  start(lost: Lost): void
  /** The network is back: ends a pause or an attempt that may hang, and tries now. */
  hurry(): void
  stop(): void
}

/** Trying again can't help against these. The others are the network's, or a server's that is starting. */
const HOPELESS = new Set<ConnectionProblem['code']>([
  'certificate',
  'no-tls',
  'credentials',
  'server-unproven',
  'tampered',
  'no-mechanism',
  'account-disabled',
  'policy',
  'conflict',
  'protocol',
])

export function createResumer({ limits, now, open, maxSeconds }: ResumerOptions): Resumer {
  const keptMs = Math.min(limits.resume, (maxSeconds ?? Infinity) * 1000)
  let attempt: AbortController | undefined
  let pause: { timer: NodeJS.Timeout; end: () => void } | undefined
  let running = false
  const isRunning = (): boolean => running

  async function tryOnce(lost: Lost, leftMs: number): Promise<Link | StreamFailure> {
    const controller = new AbortController()
    attempt = controller
    const timer = setTimeout(() => {
      controller.abort()
    }, leftMs)
    try {
      return await open(lost.resumption(), controller.signal)
    } catch (error) {
      return asFailure(error)
    } finally {
      clearTimeout(timer)
      attempt = undefined
    }
  }

  function rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(pause?.timer)
        pause = undefined
        resolve()
      }
      pause = { timer: setTimeout(end, ms), end }
    })
  }

  async function run(lost: Lost): Promise<void> {
    const until = now() + keptMs
    let problem = lost.problem
    let pauseMs = limits.resumePause
    while (isRunning()) {
      const leftMs = until - now()
      if (leftMs <= 0) return lost.onGivenUp(problem)
      const outcome = await tryOnce(lost, leftMs)
      if (!isRunning()) {
        if (!(outcome instanceof Error)) outcome.engine.fail(cancelled())
        return
      }
      if (!(outcome instanceof Error)) {
        running = false
        return lost.onOpened(outcome)
      }
      if (HOPELESS.has(outcome.problem.code)) return lost.onGivenUp(outcome.problem)
      if (outcome.problem.code === 'cancelled') continue
      problem = outcome.problem
      await rest(Math.min(pauseMs, Math.max(0, until - now())))
      pauseMs = Math.min(pauseMs * 2, limits.resumePause * 8)
    }
  }

  return {
    start(lost) {
      running = true
      void run(lost)
    },
    hurry() {
      attempt?.abort()
      pause?.end()
    },
    stop() {
      running = false
      attempt?.abort()
      pause?.end()
    },
  }
}
