/** Errors that reach the user: a code that the renderer has words for, and a technical line behind a click. */
import type { ConnectionProblem } from '../model/account.ts'

export type UserErrorCode =
  | 'invalid-input' // the command's input was refused at the boundary: a fault of ours
  | 'invalid-address'
  | 'sign-in-failed' // see `problem`
  | 'keyring-unprotected' // only an unprotected keyring is there and the user did not insist
  | 'wrong-password' // not the one that the account signs in with
  | 'offline' // this needs a connection
  | 'refused-by-server' // an error stanza; `detail` has condition and text
  | 'request-timeout'
  | 'not-supported' // the account's server does not offer it
  | 'not-found'
  | 'invitation-refused' // the server knows it no more, or never did
  | 'disk-full'
  | 'message-too-long' // more than servers take in one stanza
  | 'link-refused'
  | 'file-not-written' // `detail` has the system's code
  | 'own-server' // this is not done to the server that the account is on
  | 'unreadable-answer' // the other side answered something that is no answer
  | 'file-unreadable' // `detail` has the system's code
  | 'busy' // the same is under way already
  | 'backup-foreign' // no backup of Linnet
  | 'backup-newer' // of a later Linnet
  | 'backup-damaged'
  | 'backup-password'
  | 'internal'

export interface UserErrorData {
  readonly code: UserErrorCode
  readonly detail?: string
  /** RFC 6120 §8.3.3, of an error stanza: 'refused-by-server' for a reason that there may be words for. */
  readonly condition?: string
  readonly problem?: ConnectionProblem
}

/** The only kind of error whose content crosses to the renderer; any other becomes 'internal'. */
export class UserError extends Error {
  override readonly name = 'UserError'
  constructor(readonly data: UserErrorData) {
    super(data.detail === undefined ? data.code : `${data.code}: ${data.detail}`)
  }
}
