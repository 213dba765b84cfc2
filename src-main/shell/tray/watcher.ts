/**
 * Whether the desktop shows tray icons at all. On Linux that takes a StatusNotifierWatcher on the session bus; without one
 * Electron's tray is silently nowhere, and a window closed to it would be lost.
 */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const TIMEOUT_MS = 2000
const WATCHER = 'org.kde.StatusNotifierWatcher'
const BUS = ['org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus.NameHasOwner'] as const

/** Asking the bus through the tool that its own package brings costs no library; the second is GLib's. */
const QUESTIONS: readonly (readonly [string, readonly string[]])[] = [
  ['dbus-send', ['--session', '--print-reply', `--dest=${BUS[0]}`, BUS[1], BUS[2], `string:${WATCHER}`]],
  ['gdbus', ['call', '--session', '--dest', BUS[0], '--object-path', BUS[1], '--method', BUS[2], WATCHER]],
]

/** Never rejects; false when nobody can tell. */
export async function isTrayAvailable(platform: NodeJS.Platform): Promise<boolean> {
  if (platform !== 'linux') return true
  for (const [command, parameters] of QUESTIONS) {
    const answer = await ask(command, parameters)
    if (answer !== undefined) return /\btrue\b/.test(answer)
  }
  return false
}

async function ask(command: string, parameters: readonly string[]): Promise<string | undefined> {
  try {
    return (await promisify(execFile)(command, parameters, { timeout: TIMEOUT_MS })).stdout
  } catch {
    return undefined
  }
}
