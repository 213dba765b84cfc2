/** Gets an account a stream: tries, waits longer after each failure, tries again, or gives up where only the user helps. */
import type { Account, ConnectionProblem, ConnectionState } from '../model/account.ts'
import type { Stream } from '../protocol/stream.ts'
import { connectionOf } from './connection.ts'
import { createTokens } from './fast-tokens.ts'
import { sessionToResume } from './kept-session.ts'
import { passwordsOf, settlePassword } from './registration/password.ts'
import { backOffDelayMs, isFinalProblem } from './reconnect.ts'
import type { Tools } from './tools.ts'
import { problemOf } from './user-errors.ts'

export interface DialerOwner {
  stateChanged(state: ConnectionState): void
  opened(stream: Stream): void
}

export interface Dialer {
  /** Tries now, unless a try is under way. `after`: what must have ended before. */
  dial(after: Promise<void>): void
  /** A stream is lost or could not be had: waits and tries again, or stays offline when the problem is final. */
  lost(problem: ConnectionProblem, wasOnline?: boolean): void
  /** Things have changed for the better: the next wait is the shortest again. */
  forgetFailures(): void
  /** No try, no wait. */
  cancel(): void
}

/** What one try has: it is over once it is no longer the dialer's current one. */
interface Try {
  readonly account: Account
  readonly password: string
  readonly abort: AbortController
}

export function createDialer(tools: Tools, accountId: number, owner: DialerOwner): Dialer {
  let current: Try | undefined
  let timer: NodeJS.Timeout | undefined
  let failures = 0
  /** Which of the passwords that may be right: after a change whose answer was lost there are two. */
  let turn = 0

  function dial(after: Promise<void>): void {
    if (current !== undefined) return
    clearTimeout(timer)
    const account = tools.storage.findAccount(accountId)
    const password = passwordsOf(tools, accountId)[turn]
    if (account === undefined) return
    if (password === undefined) return lost({ code: 'password-missing' })
    current = { account, password, abort: new AbortController() }
    owner.stateChanged({ phase: 'connecting', step: 'looking-up' })
    void run(current, after)
  }

  async function run(attempt: Try, after: Promise<void>): Promise<void> {
    const isOver = (): boolean => current !== attempt
    try {
      await after
      if (isOver()) return
      const stream = await tools.connect(requestOf(tools, attempt, owner, isOver))
      if (isOver()) return void stream.close().catch(() => undefined)
      current = undefined
      turn = 0
      settlePassword(tools, accountId, attempt.password)
      owner.opened(stream)
    } catch (error) {
      if (isOver()) return
      current = undefined
      lost(problemOf(error))
    }
  }

  function lost(problem: ConnectionProblem, wasOnline = false): void {
    clearTimeout(timer)
    if (problem.code === 'credentials' && turn + 1 < passwordsOf(tools, accountId).length) {
      turn += 1
      return dial(Promise.resolve())
    }
    turn = 0
    tools.log('domain/dialer', 'info', 'no stream', { accountId, code: problem.code })
    if (isFinalProblem(problem, wasOnline)) {
      return owner.stateChanged(
        problem.code === 'cancelled' ? { phase: 'offline' } : { phase: 'offline', problem },
      )
    }
    failures += 1
    const delayMs = backOffDelayMs(failures, problem, tools.random())
    timer = setTimeout(() => dial(Promise.resolve()), delayMs)
    owner.stateChanged({ phase: 'waiting', retryAt: tools.now() + delayMs, problem })
  }

  return {
    dial,
    lost,
    forgetFailures: () => void (failures = 0),
    cancel() {
      clearTimeout(timer)
      current?.abort.abort()
      current = undefined
    },
  }
}

function requestOf(
  tools: Tools,
  { account, password, abort }: Try,
  owner: DialerOwner,
  isOver: () => boolean,
): Parameters<Tools['connect']>[0] {
  const { id, jid, resource } = account
  return {
    ...{ jid, password, resource, ...connectionOf(account) },
    strongestSeen: tools.storage.getStrongestMechanism(id),
    proxyPassword: tools.secrets.get(id, 'proxy'),
    currentPassword: () => tools.secrets.getPassword(id),
    // While two passwords may be right, a token would not tell which.
    tokens: tools.secrets.get(id, 'next-password') === undefined ? createTokens(tools, id) : undefined,
    resume: sessionToResume(tools, id),
    signal: abort.signal,
    onStep: (step) => {
      if (!isOver()) owner.stateChanged({ phase: 'connecting', step })
    },
  }
}
