/** What happens when something goes wrong that nobody expected: it is logged, and Linnet goes on where it can. */
import type { WebContents } from 'electron'
import type { Log } from '../domain/app.types.ts'

const MAX_RELOADS = 3
const RELOADS_PER_MS = 60_000

/** `failed` is called for each such error; only while starting is it the end. */
export function attachCrashHandling(log: Log, failed: (error: unknown) => void): void {
  const handle = (kind: string) => (error: unknown) => {
    log('shell/crash', 'error', 'unexpected', { kind, error })
    failed(error)
  }
  process.on('uncaughtException', handle('exception'))
  process.on('unhandledRejection', handle('rejection'))
}

/** A page that crashed is loaded again, but not for ever. */
export function reviveContents(contents: WebContents, log: Log): void {
  let reloads: number[] = []
  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log('shell/crash', 'error', 'a page is gone', { reason, exitCode })
    const now = Date.now()
    reloads = [...reloads.filter((at) => now - at < RELOADS_PER_MS), now]
    if (reason !== 'clean-exit' && reloads.length <= MAX_RELOADS) contents.reload()
  })
}
