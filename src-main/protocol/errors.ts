/** The protocol layer's errors. Foreign input never throws; these are for requests that failed and streams that broke. */
import type { ConnectionProblem } from '../model/account.ts'

/** RFC 6120 §8.3.2. */
export type StanzaErrorType = 'auth' | 'cancel' | 'continue' | 'modify' | 'wait'

/** An answer of type error (RFC 6120 §8.3). `text` is the other side's words: show it as such, never trust it. */
export class StanzaError extends Error {
  override readonly name = 'StanzaError'
  constructor(
    readonly type: StanzaErrorType,
    readonly condition: string,
    readonly text: string,
    readonly by: string | undefined,
  ) {
    super(`${type}: ${condition}`)
  }
}

/** A stream that could not be opened or broke; `problem` says why in a form the user can be told. */
export class StreamFailure extends Error {
  override readonly name = 'StreamFailure'
  constructor(readonly problem: ConnectionProblem) {
    super(problem.detail === undefined ? problem.code : `${problem.code}: ${problem.detail}`)
  }
}

/** No answer to a request in time, or the stream closed before it came. */
export class RequestTimeout extends Error {
  override readonly name = 'RequestTimeout'
}
