/** Makes a window: locked down, at its remembered place, shown when it has something to show. */
import { app, BrowserWindow, nativeTheme, screen } from 'electron'
import { join } from 'node:path'
import type { PlaceStore } from './place-store.ts'
import { fitPlace, type Size } from './places.ts'

export interface WindowLook {
  readonly url: string
  /** The place store's key. */
  readonly placeKey: string
  readonly size: Size
  readonly minimum: Size
}

export interface WindowTools {
  readonly places: PlaceStore
  readonly preload: string
  readonly icons: string
}

export function openBrowserWindow(
  { url, placeKey, size, minimum }: WindowLook,
  tools: WindowTools,
): BrowserWindow {
  const remembered = tools.places.get(placeKey) ?? { ...size, maximized: false }
  const { maximized, ...bounds } = fitPlace(remembered, workAreas(), minimum)
  const window = new BrowserWindow({
    ...bounds,
    minWidth: minimum.width,
    minHeight: minimum.height,
    show: false,
    title: 'Linnet',
    backgroundColor: backgroundColor(),
    autoHideMenuBar: true,
    ...(process.platform === 'linux' ? { icon: join(tools.icons, 'app', '256x256.png') } : {}),
    webPreferences: {
      preload: tools.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      devTools: !app.isPackaged,
      // Whether it does anything is decided for the session (spelling.ts).
      spellcheck: true,
    },
  })
  rememberPlace(window, placeKey, tools.places)
  window.once('ready-to-show', () => {
    if (maximized) window.maximize()
    window.show()
  })
  void window.loadURL(url).catch(() => undefined)
  return window
}

/** The page's own background (tokens.css), so that a window never flashes before its page is drawn. */
export function backgroundColor(): string {
  return nativeTheme.shouldUseDarkColors ? '#171514' : '#f6f4f2'
}

function workAreas(): Electron.Rectangle[] {
  const primary = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id)
  return [primary, ...others].map(({ workArea }) => workArea)
}

function rememberPlace(window: BrowserWindow, key: string, places: PlaceStore): void {
  const remember = (): void => {
    if (window.isDestroyed() || window.isMinimized() || window.isFullScreen() || !window.isVisible()) return
    places.set(key, { ...window.getNormalBounds(), maximized: window.isMaximized() })
  }
  window.on('resize', remember)
  window.on('move', remember)
  window.on('maximize', remember)
  window.on('unmaximize', remember)
  window.on('close', remember)
}
