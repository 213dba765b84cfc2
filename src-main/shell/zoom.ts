/** How large everything in our windows is drawn: one choice for all, kept among the preferences. */
import { BrowserWindow, type WebContents } from 'electron'
import type { App } from '../domain/app.types.ts'
import { ZOOM_STEPS } from '../model/preferences.ts'

export type ZoomStep = 'in' | 'out' | 'reset'

/** What a step leads to, in per cent; it stays at both ends. */
export function zoomAfter(zoom: number, step: ZoomStep): (typeof ZOOM_STEPS)[number] {
  if (step === 'reset') return 100
  const next = step === 'in' ? ZOOM_STEPS.find((one) => one > zoom) : ZOOM_STEPS.findLast((one) => one < zoom)
  return next ?? (step === 'in' ? 300 : 50)
}

/** The result makes a step. */
export function attachZoom(
  app: Pick<App, 'events' | 'setPreferences'>,
  zoom: () => number,
  onContents: (listener: (contents: WebContents) => void) => void,
): (step: ZoomStep) => void {
  const apply = (contents: WebContents): void => contents.setZoomFactor(zoom() / 100)
  onContents((contents) => contents.on('did-finish-load', () => apply(contents)))
  app.events.on('preferences.changed', () => {
    for (const window of BrowserWindow.getAllWindows()) apply(window.webContents)
  })
  return (step) => void app.setPreferences({ zoom: zoomAfter(zoom(), step) })
}
