/** A bare window for the gallery: the same runtime and safety as Linnet's, without Linnet. Its page comes from the test. */
import { app, BrowserWindow } from 'electron'

// Not awaited: the runtime is ready only after this module has run.
void app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1000,
    height: 900,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
  })
  return window.loadURL('about:blank')
})
