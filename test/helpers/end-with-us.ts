/** Programs that a test starts end with it, also when it is ended before it could say so. */
import type { ChildProcess } from 'node:child_process'

export function endWithUs(child: ChildProcess): void {
  const end = (): void => void child.kill('SIGKILL')
  process.once('exit', end)
  // Many come and go in one run: of those that are gone nobody has to think any more.
  child.once('exit', () => process.off('exit', end))
}
