/** Asking the archive again after a fault, for as long as the stream lives. */
import { RequestTimeout, StanzaError } from '../../protocol/errors.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'

const FIRST_RETRY_MS = 5000
const MOST_RETRY_MS = 5 * 60_000

/** A request that gets no answer is made again, ever later; one that is refused is not made again on this stream. */
export async function persist(tools: Tools, link: Link, body: () => Promise<void>): Promise<void> {
  let waitMs = FIRST_RETRY_MS
  while (!link.closed) {
    try {
      return await body()
    } catch (error) {
      if (!isPassing(error)) throw error
      tools.log('domain/archive', 'info', 'the archive is asked again later', { error })
    }
    await link.rest(waitMs)
    waitMs = Math.min(waitMs * 2, MOST_RETRY_MS)
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof RequestTimeout || (error instanceof StanzaError && error.type === 'wait')
}
