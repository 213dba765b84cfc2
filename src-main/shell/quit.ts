/** Leaving in order: windows close, streams say goodbye, storage closes; then the process may go. */
import { app } from 'electron'
import type { Log } from '../domain/app.types.ts'

export interface Quit {
  /** True from the moment the application is on its way out. */
  isQuitting(): boolean
  /** Without a window it goes on for as long as this says so. */
  stayWhile(wanted: () => boolean): void
}

/** `stop` is called once, after the last window is gone; the process waits for it. */
export function attachQuit(stop: () => Promise<void>, log: Log): Quit {
  let phase: 'running' | 'quitting' | 'stopping' | 'stopped' = 'running'
  let isWanted = (): boolean => false
  app.on('before-quit', () => {
    if (phase === 'running') phase = 'quitting'
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin' && !isWanted()) app.quit()
  })
  app.on('will-quit', (event) => {
    if (phase === 'stopped') return
    event.preventDefault()
    if (phase === 'stopping') return
    phase = 'stopping'
    void stop()
      .catch((error: unknown) => log('shell/quit', 'error', 'stopping failed', { error }))
      .finally(() => {
        phase = 'stopped'
        // Not in this turn: until the prevented quit has unwound, Electron ignores another one.
        setImmediate(() => app.quit())
      })
  })
  return { isQuitting: () => phase !== 'running', stayWhile: (wanted) => void (isWanted = wanted) }
}
