/** From the errors of the layers below to the one kind that reaches the user. */
import { UserError, type UserErrorCode } from '../contract/errors.ts'
import type { ConnectionProblem } from '../model/account.ts'
import { RequestTimeout, StanzaError, StreamFailure } from '../protocol/errors.ts'
import { StorageError } from '../storage/storage.ts'

export function userError(code: UserErrorCode, detail?: string): UserError {
  return new UserError(detail === undefined ? { code } : { code, detail })
}

export function signInFailed(problem: ConnectionProblem): UserError {
  return new UserError({ code: 'sign-in-failed', problem })
}

/** An error that the user has no words for is given back as it is: the shell logs it and says 'internal'. */
export function asUserError(error: unknown): unknown {
  if (error instanceof StanzaError) {
    const { condition, text } = error
    const detail = text === '' ? condition : `${condition}: ${text}`
    return new UserError({ code: 'refused-by-server', detail, condition })
  }
  if (error instanceof RequestTimeout) return userError('request-timeout')
  if (error instanceof StreamFailure) return userError('offline', error.message)
  if (error instanceof StorageError && error.code === 'disk-full')
    return userError('disk-full', error.message)
  return error
}

/** Runs a user's verb so that what it throws is a UserError wherever there are words for it. */
export function withUserErrors<T>(body: () => T): T {
  try {
    return body()
  } catch (error) {
    throw asUserError(error)
  }
}

/** The same for a verb that waits for the network. */
export async function withUserErrorsAsync<T>(body: () => Promise<T>): Promise<T> {
  try {
    return await body()
  } catch (error) {
    throw asUserError(error)
  }
}

/** Why a connection could not be had, from whatever was thrown. */
export function problemOf(error: unknown): ConnectionProblem {
  if (error instanceof StreamFailure) return error.problem
  if (error instanceof RequestTimeout) return { code: 'timeout', detail: error.message }
  return { code: 'network', detail: error instanceof Error ? error.name : 'unknown error' }
}
