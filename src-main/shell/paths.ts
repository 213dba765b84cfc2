/** Where Linnet keeps things: all below the profile folder (Electron's `--user-data-dir`), but the parts of the program. */
import { app } from 'electron'
import { join } from 'node:path'

export interface Paths {
  readonly database: string
  /** A profile out of a backup, until the next start. */
  readonly restored: string
  readonly logs: string
  /** The random key under which addresses are hashed in the log; it never leaves this computer with the log. */
  readonly logKey: string
  readonly secrets: string
  readonly roomSecrets: string
  readonly invitation: string
  readonly windowPlaces: string
  readonly renderer: string
  readonly preload: string
  readonly icons: string
}

/** May be asked before `ready`. */
export function getPaths(): Paths {
  const profile = app.getPath('userData')
  const program = app.getAppPath()
  return {
    database: join(profile, 'linnet.sqlite'),
    restored: join(profile, 'restored'),
    logs: join(profile, 'logs'),
    logKey: join(profile, 'log-key'),
    secrets: join(profile, 'secrets.json'),
    roomSecrets: join(profile, 'room-secrets.json'),
    invitation: join(profile, 'invitation.json'),
    windowPlaces: join(profile, 'windows.json'),
    renderer: join(program, 'out', 'renderer'),
    preload: join(program, 'out', 'preload', 'preload.cjs'),
    icons: join(program, 'assets', 'icons'),
  }
}
