/** How long each step may take, and the one way to wait for something with a limit and a way out. */
import { StreamFailure } from '../errors.ts'

/** All in milliseconds. */
export interface Limits {
  readonly lookup: number
  /** One TCP connection to one target, all its addresses. */
  readonly connect: number
  /** After so much time with TCP the next target is a WebSocket, where there is one and the user leaves the choice. */
  readonly tcp: number
  readonly tls: number
  /** One answer while the stream is negotiated. */
  readonly step: number
  /** One answer of SASL; a slow machine may spend seconds on the key derivation. */
  readonly signIn: number
  /** Nothing heard for so long: ask whether the server is still there. */
  readonly silence: number
  /** The answer to that. */
  readonly answer: number
  /** The same after a wake-up. */
  readonly wake: number
  /** Quiet time after a burst of stanzas before an acknowledgement is asked for, and the longest wait. */
  readonly ackDelay: number
  readonly ackDelayMax: number
  /** No answer to a request for an acknowledgement (XEP-0198), though other bytes come. */
  readonly acknowledge: number
  /** How long a resumption is tried before the stream is given up. */
  readonly resume: number
  /** First pause between two tries at that; doubles up to eightfold. */
  readonly resumePause: number
  readonly close: number
}

export const LIMITS: Limits = {
  lookup: 10_000,
  connect: 15_000,
  tcp: 10_000,
  tls: 15_000,
  step: 20_000,
  signIn: 30_000,
  silence: 60_000,
  answer: 20_000,
  wake: 5_000,
  ackDelay: 100,
  ackDelayMax: 1_000,
  acknowledge: 60_000,
  resume: 60_000,
  resumePause: 1_000,
  close: 1_000,
}

export const cancelled = (): StreamFailure => new StreamFailure({ code: 'cancelled' })

/**
 * Settles as `work` does, unless `ms` pass (StreamFailure 'timeout', naming what was waited for) or `signal` aborts
 * (StreamFailure 'cancelled') before. What `work` holds is for the caller to let go.
 */
export async function within<T>(
  work: Promise<T>,
  what: string,
  ms: number,
  signal?: AbortSignal,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  let onAbort: (() => void) | undefined
  const wayOut = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(
        new StreamFailure({ code: 'timeout', detail: `${what}: no answer within ${String(ms / 1000)} s` }),
      )
    }, ms)
    onAbort = () => {
      reject(cancelled())
    }
    if (signal?.aborted === true) onAbort()
    signal?.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([work, wayOut])
  } finally {
    clearTimeout(timer)
    if (onAbort !== undefined) signal?.removeEventListener('abort', onAbort)
    // The loser of the race may still fail; nobody is left to hear it.
    work.catch(() => undefined)
  }
}
