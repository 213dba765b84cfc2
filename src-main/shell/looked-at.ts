/** Tells the domain whether a window of ours can be looked at: shown, and not minimized. */
import { app as electron, BrowserWindow } from 'electron'
import type { App } from '../domain/app.types.ts'

const CHANGES = ['show', 'hide', 'minimize', 'restore', 'focus', 'closed'] as const

/** Before the first window is shown. */
export function attachLookedAt(app: Pick<App, 'setVisible'>): void {
  let last: boolean | undefined
  const look = (): void => {
    const visible = BrowserWindow.getAllWindows().some(canBeSeen)
    if (visible === last) return
    last = visible
    app.setVisible(visible)
  }
  const watch = (window: Electron.BrowserWindow): void => {
    for (const change of CHANGES) window.on(change as 'show', look)
  }
  BrowserWindow.getAllWindows().forEach(watch)
  electron.on('browser-window-created', (_event, window) => watch(window))
}

function canBeSeen(window: BrowserWindow): boolean {
  return !window.isDestroyed() && window.isVisible() && !window.isMinimized()
}
