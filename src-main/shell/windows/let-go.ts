/** A window that has lain hidden for a while gives back the memory of its page; it is made anew when it is wanted. */
import type { BrowserWindow } from 'electron'

/** A good minute: who closes a window by mistake finds it as it was. Nothing else waits just as long. */
const HIDDEN_MS = 65_000

/** Calls `letGo` when the window was hidden for so long without a break and `mayGo`, which is asked again each time. */
export function attachLetGo(browser: BrowserWindow, mayGo: () => boolean, letGo: () => void): void {
  let timer: NodeJS.Timeout | undefined
  const wait = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => (mayGo() ? letGo() : wait()), HIDDEN_MS)
  }
  browser.on('hide', wait)
  browser.on('show', () => clearTimeout(timer))
  browser.on('closed', () => clearTimeout(timer))
}
