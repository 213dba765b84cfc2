/** Sessions of stream management over a restart: what the domain may ask of the database. */
import type { StreamSession } from '../model/stream-session.ts'

export interface KeptSession extends StreamSession {
  /** Stanzas handled, as it was last kept: never more than is stored. */
  readonly handled: number
  /** Epoch milliseconds. */
  readonly seenAt: number
}

export interface SentNumber {
  readonly stanzaId: string
  /** Of the session that is kept; undefined: it was sent on an earlier one. */
  readonly number: number | undefined
}

/**
 * `keepHandled`, `keepSent` and `forgetSent` are safe from a crash of the program at once, and from a power cut with the
 * next other write: what is lost then makes a server refuse to resume, or a message go out twice under one id.
 */
export interface StreamsStorage {
  findSession(accountId: number): KeptSession | undefined
  /** Takes the place of the one before; what was sent on that has no number any more. */
  putSession(accountId: number, session: KeptSession): void
  /** As above, with none in its place. */
  deleteSession(accountId: number): void
  keepHandled(accountId: number, handled: number, seenAt: number): void

  /** Own stanzas that may be with the server and are not known to be. */
  listSent(accountId: number): readonly SentNumber[]
  /** Before it is sent. */
  keepSent(accountId: number, stanzaId: string, number: number): void
  forgetSent(accountId: number, stanzaId: string): void
  /** The session goes on, but what it did not get is to be sent anew. */
  forgetNumbers(accountId: number): void
}
