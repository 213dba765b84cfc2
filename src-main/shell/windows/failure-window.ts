/** The window that says why Linnet can't start; closing it ends the application. */
import { app, BrowserWindow, session } from 'electron'
import type { Log } from '../../domain/app.types.ts'
import { createTranslator } from '../../text/text.ts'
import { serveRenderer } from '../app-scheme.ts'
import { chooseLocale } from '../locale.ts'
import { ORIGIN } from '../own-pages.ts'
import { backgroundColor } from './browser-window.ts'
import { buildFailurePages, QUIT_FRAGMENT, type FailureCode } from './failure-page.ts'

const CODES: readonly FailureCode[] = ['newer', 'locked', 'disk-full']

export interface StartFailure {
  /** Ends the start with this error; once Linnet runs, an error is not the end and nothing is shown. */
  show(error: unknown): void
  /** Linnet runs. */
  disarm(): void
}

export function createStartFailure(log: Log): StartFailure {
  let armed = true
  return {
    show: (error) => {
      if (!armed) return
      armed = false
      log('shell/failure', 'error', 'start failed', { error })
      void app
        .whenReady()
        .then(() => openFailureWindow(codeOf(error), error instanceof Error ? error.message : ''))
    },
    disarm: () => void (armed = false),
  }
}

/** The code of a StorageError; anything else is 'other'. */
function codeOf(error: unknown): FailureCode {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return CODES.find((known) => known === code) ?? 'other'
}

/** In place of every other window: nothing else serves the application's scheme. */
function openFailureWindow(code: FailureCode, detail: string): void {
  const text = createTranslator(chooseLocale('system', app.getPreferredSystemLanguages()))
  const others = BrowserWindow.getAllWindows()
  serveRenderer(session.defaultSession, app.getAppPath(), buildFailurePages(code, detail, text))
  const window = new BrowserWindow({
    width: 560,
    height: 380,
    show: false,
    title: 'Linnet',
    backgroundColor: backgroundColor(),
    autoHideMenuBar: true,
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      devTools: !app.isPackaged,
    },
  })
  // Not before there is another: the last one gone would end the application.
  for (const other of others) other.destroy()
  window.once('ready-to-show', () => window.show())
  window.webContents.on('did-navigate-in-page', (_event, url) => {
    if (url.endsWith(QUIT_FRAGMENT)) app.quit()
  })
  window.on('closed', () => app.quit())
  void window.loadURL(`${ORIGIN}/failure.html`).catch(() => app.quit())
}
