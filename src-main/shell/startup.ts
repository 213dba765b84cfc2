/** Whether Linnet starts with the user's session: a login item, or on Linux a file in the autostart folder. */
import { app } from 'electron'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { autostartEntry, isEnabledEntry } from './autostart-entry.ts'
import { START_HIDDEN } from './command-line.ts'

export interface Startup {
  /** By what the system says now. */
  isEnabled(): boolean
  /** Throws what the file system throws. */
  setEnabled(enabled: boolean): void
}

export function createStartup(): Startup {
  return process.platform === 'linux' ? createAutostart(autostartFile()) : createLoginItem()
}

function createLoginItem(): Startup {
  // Windows tells an entry by its arguments, so they are the same in both directions.
  const args = [START_HIDDEN]
  return {
    isEnabled: () => app.getLoginItemSettings({ args }).openAtLogin,
    setEnabled: (openAtLogin) => app.setLoginItemSettings({ openAtLogin, args }),
  }
}

function createAutostart(file: string): Startup {
  return {
    isEnabled: () => {
      try {
        return isEnabledEntry(readFileSync(file, 'utf8'))
      } catch {
        return false
      }
    },
    setEnabled: (enabled) => {
      if (!enabled) return rmSync(file, { force: true })
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, autostartEntry(ownCommand()))
    },
  }
}

function autostartFile(): string {
  // The specification wants a relative one ignored.
  const configured = process.env['XDG_CONFIG_HOME']
  const home = configured?.startsWith('/') === true ? configured : join(homedir(), '.config')
  return join(home, 'autostart', 'im.linnet.Linnet.desktop')
}

/** An AppImage runs from a folder that is gone tomorrow: its file is what starts it. */
function ownCommand(): string[] {
  const program = process.env['APPIMAGE'] ?? process.execPath
  return [program, ...(app.isPackaged ? [] : [app.getAppPath()]), START_HIDDEN]
}
