/** What closing a window means. */
export interface ClosingWindow {
  readonly kind: 'main' | 'conversation' | 'console'
  /** The application is on its way out. */
  readonly quitting: boolean
  readonly platform: NodeJS.Platform
  readonly closeToTray: boolean
  readonly trayAvailable: boolean
}

/**
 * The main window hides where there is a way to it: the dock on macOS, else the tray, if the user wants that. Everything
 * else closes, and the last one closed ends the application.
 */
export function shouldHide({ kind, quitting, platform, closeToTray, trayAvailable }: ClosingWindow): boolean {
  if (kind !== 'main' || quitting) return false
  return platform === 'darwin' || (closeToTray && trayAvailable)
}
