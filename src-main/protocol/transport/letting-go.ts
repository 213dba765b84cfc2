/** The end of a socket that nobody listens to any more. */
import type { WireSocket } from './wire.ts'

/** For what was written, and the kernel. */
const LAST_WORDS_MS = 1000

/** In order: `lastWords` and what was written before still go out, for as long as that takes, a second at most. */
export function endSocket(socket: WireSocket, lastWords: string | undefined): void {
  if (lastWords !== undefined) socket.write(lastWords)
  socket.end()
  const timer = setTimeout(() => socket.destroy(), LAST_WORDS_MS)
  socket.once('close', () => {
    clearTimeout(timer)
  })
}
