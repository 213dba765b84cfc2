/** The window that says why Linnet can't go on; closing it ends the application. */
import { app, BrowserWindow, session } from 'electron'
import type { Translate } from '../../text/text.ts'
import { serveRenderer } from '../app-scheme.ts'
import { ORIGIN } from '../own-pages.ts'
import { backgroundColor } from './browser-window.ts'
import { buildFailurePages, QUIT_FRAGMENT, type FailureCode } from './failure-page.ts'

/** In place of every other window: nothing else may serve the application's scheme. */
export function showFailure(code: FailureCode, detail: string, text: Translate): void {
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
  window.once('ready-to-show', () => window.show())
  window.webContents.on('did-navigate-in-page', (_event, url) => {
    if (url.endsWith(QUIT_FRAGMENT)) app.quit()
  })
  window.on('closed', () => app.quit())
  void window.loadURL(`${ORIGIN}/failure.html`).catch(() => app.quit())
}
