/** What a parser returns for a stanza that must not be used. Foreign input is never an exception. */

export interface Rejected {
  readonly kind: 'rejected'
  /** For the log: fixed words, never a part of the stanza. */
  readonly reason: string
}

export function rejected(reason: string): Rejected {
  return { kind: 'rejected', reason }
}
