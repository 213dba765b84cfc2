/** When a lost or refused connection is tried again by itself, and after how long. Pure; session.ts keeps the timer. */
import type { ConnectionProblem, ProblemCode } from '../model/account.ts'

const FIRST_DELAY_MS = 1000
const LONGEST_DELAY_MS = 5 * 60_000
/** Of the delay, either way, so that a restarted server is not met by all its users in the same second. */
const JITTER = 0.25
/** A stream that lived this long shows that all is well again: the next loss starts from the first delay. */
export const STABLE_AFTER_MS = 30_000

/**
 * Only the user can mend these, and trying again does harm: a wrong password locks the account or bans the address
 * (credentials, account-disabled, policy); two devices would throw each other out for ever (conflict); a server that
 * can't prove itself, or that suddenly knows no safe mechanism, may be an attacker who is given another try
 * (server-unproven, tampered, no-mechanism); there is nothing to try with (password-missing); or the user asked for it (cancelled).
 */
const FINAL: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'credentials',
  'account-disabled',
  'conflict',
  'no-mechanism',
  'password-missing',
  'policy',
  'server-unproven',
  'tampered',
  'cancelled',
])

/**
 * Not final, since the portal of a hotel's network shows just these until one has signed in there, and certificates are
 * renewed; nothing secret has been said by then. But no hurry.
 */
const SLOW: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['certificate', 'no-tls'])
const SLOW_FIRST_DELAY_MS = 30_000

/**
 * True: stay offline until the user does something. A policy that ends a stream which was online (`wasOnline`) is about
 * what was sent, too much or too fast, and not about the account: that may pass, with the pauses growing.
 */
export function isFinalProblem(problem: ConnectionProblem, wasOnline = false): boolean {
  return FINAL.has(problem.code) && !(wasOnline && problem.code === 'policy')
}

/** How long to wait before try number `failures` + 1. `failures` counts from 1; `random` is 0 to 1. */
export function backOffDelayMs(failures: number, problem: ConnectionProblem, random: number): number {
  const first = SLOW.has(problem.code) ? SLOW_FIRST_DELAY_MS : FIRST_DELAY_MS
  const delay = Math.min(first * 2 ** Math.min(failures - 1, 30), LONGEST_DELAY_MS)
  return Math.round(delay * (1 - JITTER + 2 * JITTER * random))
}
