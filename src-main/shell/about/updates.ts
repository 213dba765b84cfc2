/**
 * Whether there is a newer Linnet. Nothing is asked before the user has said so, and nothing is fetched without a click. A build
 * without an update channel (development, a distribution's package) never asks.
 */
import type { AppUpdater } from 'electron-updater'
import { app as electron } from 'electron'
import type { Log } from '../../domain/app.types.ts'
import type { UpdateState } from '../../model/about.ts'
import type { UpdateWish } from '../../model/preferences.ts'
import { whyUnavailable } from './channel.ts'
import { startRounds } from './update-rounds.ts'

export interface Updates {
  state(): UpdateState
  /** Asks the channel now. Never rejects. */
  check(): Promise<UpdateState>
  install(): Promise<void>
}

export interface UpdatesOptions {
  readonly wish: () => UpdateWish
  readonly onChange: (state: UpdateState) => void
  readonly log: Log
}

export function createUpdates({ wish, onChange, log }: UpdatesOptions): Updates {
  const why = whyUnavailable(electron.isPackaged, process.resourcesPath, process)
  let state: UpdateState = why === undefined ? { kind: 'unknown' } : { kind: 'unavailable', why }
  const set = (next: UpdateState): UpdateState => {
    state = next
    onChange(next)
    return next
  }
  const check = async (): Promise<UpdateState> => {
    if (state.kind === 'unavailable' || state.kind === 'checking' || state.kind === 'fetching') return state
    set({ kind: 'checking' })
    try {
      const found = await (await loadUpdater()).checkForUpdates()
      if (found?.isUpdateAvailable !== true) return set({ kind: 'none' })
      return set({ kind: 'found', version: found.updateInfo.version, installs: canInstall() })
    } catch (error) {
      log('shell/updates', 'warn', 'check failed', { error })
      return set({ kind: 'failed', what: 'check' })
    }
  }
  if (why === undefined) startRounds(wish, () => void check())
  return {
    state: () => state,
    check,
    install: async () => {
      if (state.kind !== 'found' || !state.installs) return
      const { version } = state
      const updater = await loadUpdater()
      updater.removeAllListeners('download-progress')
      updater.on('download-progress', ({ percent }) => set({ kind: 'fetching', version, percent }))
      set({ kind: 'fetching', version, percent: 0 })
      try {
        await updater.downloadUpdate()
        updater.quitAndInstall()
      } catch (error) {
        log('shell/updates', 'warn', 'update failed', { error })
        set({ kind: 'failed', what: 'install' })
      }
    },
  }
}

/** On Linux only an AppImage replaces itself: a .deb or .rpm belongs to the system. */
function canInstall(): boolean {
  return process.platform !== 'linux' || process.env['APPIMAGE'] !== undefined
}

/** Loaded when it is needed first: nobody waits for it at the start. */
async function loadUpdater(): Promise<AppUpdater> {
  const { default: library } = await import('electron-updater')
  const updater = library.autoUpdater
  updater.autoDownload = false
  updater.autoInstallOnAppQuit = false
  updater.logger = null
  // It would tell the server a lasting number of this installation.
  updater.requestHeaders = { 'x-user-staging-id': '' }
  return updater
}
