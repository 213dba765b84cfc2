/** What every SASL mechanism (RFC 4422) is to the code that carries it, be it SASL of RFC 6120 or SASL2. */
import { StreamFailure } from '../errors.ts'

export interface SaslExchange {
  readonly mechanism: string
  /** The server has confirmed what it offers (XEP-0474). It is worth nothing before `finish` has passed. */
  readonly offerConfirmed: boolean
  /** We said that we could bind and that the server seems not to know how (gs2 flag 'y', RFC 5802 §6). */
  readonly saysUnbindable: boolean
  initial(): Buffer
  /** Rejects with StreamFailure when the challenge is not acceptable. */
  respond(challenge: Buffer): Promise<Buffer>
  /** The server says it is done: throws StreamFailure 'server-unproven' unless it has proved that it knows us. */
  finish(additional: Buffer | undefined): void
}

export function unproven(detail: string): StreamFailure {
  return new StreamFailure({ code: 'server-unproven', detail })
}

/** Base64 of one SASL message; undefined when it is not, be it by a space (RFC 6120 §13.9.1: rejected, not ignored). */
export function fromBase64(text: string): Buffer | undefined {
  return /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0
    ? Buffer.from(text, 'base64')
    : undefined
}
