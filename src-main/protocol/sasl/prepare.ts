/** SASLprep (RFC 4013) of names and passwords. */
import saslprep from '@mongodb-js/saslprep'
import { StreamFailure } from '../errors.ts'

/**
 * Code points newer than Unicode 3.2 (emoji) pass: whether they are allowed is for the server that stored them.
 * Throws StreamFailure 'credentials' for what no server can have stored.
 */
export function prepare(text: string): string {
  try {
    return saslprep(text, { allowUnassigned: true })
  } catch {
    throw new StreamFailure({
      code: 'credentials',
      detail: 'it has characters that no password or name may have',
    })
  }
}
