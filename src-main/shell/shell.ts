/** Puts the desktop around the domain: windows, commands, tray, notifications, menus, theme, language. */
import { app as electron, clipboard, Menu, nativeTheme, session, shell } from 'electron'
import { join } from 'node:path'
import type { Environment } from '../contract/snapshot.ts'
import type { App, Log, Secrets } from '../domain/app.types.ts'
import { createTranslator, type Translate } from '../text/text.ts'
import { serveRenderer } from './app-scheme.ts'
import type { CommandLine } from './command-line.ts'
import { lockSession } from './content-security.ts'
import { createFiles } from './files.ts'
import { attachCommands } from './ipc/attach.ts'
import { createBroadcast, type Broadcast } from './ipc/broadcast.ts'
import type { Desktop } from './ipc/handler-tools.ts'
import { createHandlers } from './ipc/handlers.ts'
import { claimLinks } from './link-claim.ts'
import { checkLink } from './links.ts'
import { chooseLocale } from './locale.ts'
import { buildApplicationMenu } from './menu.ts'
import { attachNotifications } from './notifications.ts'
import { createOverview } from './overview.ts'
import { ORIGIN } from './own-pages.ts'
import type { Paths } from './paths.ts'
import { attachPower } from './power.ts'
import { importAccounts } from './provision-file.ts'
import type { Quit } from './quit.ts'
import { attachTextMenu } from './text-menu.ts'
import { attachTray } from './tray/attach.ts'
import { shouldHide } from './windows/close-policy.ts'
import { createPlaceStore } from './windows/place-store.ts'
import { createWindows, type Windows } from './windows/registry.ts'

export interface ShellOptions {
  readonly app: App
  readonly secrets: Pick<Secrets, 'protected'>
  readonly paths: Paths
  readonly logFile: string
  readonly log: Log
  readonly quit: Quit
  readonly trayAvailable: boolean
  /** Development only: the origin that the renderer is served from. */
  readonly developmentOrigin: string | undefined
}

export interface Shell {
  /** A link or a file of accounts, from the first start or a later one. */
  receive(commandLine: CommandLine): void
  /** Before the process ends. */
  close(): void
}

/** After `ready`; opens the main window. */
export function attachShell(options: ShellOptions): Shell {
  const { app, paths, log, developmentOrigin } = options
  lockSession(session.defaultSession, developmentOrigin, log)
  serveRenderer(session.defaultSession, paths.renderer)
  const places = createPlaceStore(paths.windowPlaces, (error) =>
    log('shell/windows', 'warn', 'places not kept', { error }),
  )
  const overview = createOverview(app)
  const windows: Windows = createWindows({
    places,
    preload: paths.preload,
    icons: paths.icons,
    origin: developmentOrigin ?? ORIGIN,
    shouldHide: (kind) => {
      const { closeToTray } = overview.settings()
      const { trayAvailable } = options
      return shouldHide({
        kind,
        quitting: options.quit.isQuitting(),
        platform: process.platform,
        closeToTray,
        trayAvailable,
      })
    },
    consoleClosed: (accountId) => app.closeConsole(accountId),
    pushView: (windowId, view) => broadcast.push(windowId, 'view.requested', { view }),
  })
  const broadcast: Broadcast = createBroadcast(app.events, () => windows.receivers())
  let text = translatorFor(app)
  const handlers = createHandlers({
    app,
    windows,
    broadcast,
    desktop: createDesktop(options, () => text),
    files: createFiles({ text: () => text, folder: () => electron.getPath('documents') }),
  })
  attachCommands({ handlers, log, developmentOrigin }, windows)
  const renderTray = attachTray({ app, overview, windows, icons: paths.icons, text: () => text })
  const icon = join(paths.icons, 'app', '256x256.png')
  attachNotifications({ app, overview, windows, text: () => text, icon })
  attachPower(app)
  attachTextMenu(() => text)

  const openConsole = (): void => {
    const [account] = app.state().accounts
    if (account !== undefined) windows.openConsole(account.id)
  }
  const applySettings = (): void => {
    const { theme, language } = overview.settings()
    nativeTheme.themeSource = theme
    if (chooseLocale(language, electron.getPreferredSystemLanguages()) !== text.locale)
      text = translatorFor(app)
    const menu = buildApplicationMenu(text, {
      platform: process.platform,
      development: !electron.isPackaged,
      openConsole,
    })
    Menu.setApplicationMenu(Menu.buildFromTemplate(menu))
    renderTray()
  }
  overview.onChange(renderTray)
  app.events.on('settings.changed', applySettings)
  nativeTheme.on('updated', () => windows.repaintBackground())
  electron.on('activate', () => windows.showMain())
  claimLinks()
  applySettings()
  windows.showMain()

  return {
    receive: ({ link, provisionFile }) => {
      if (provisionFile !== undefined) importAccounts(provisionFile, app)
      const checked = link === undefined ? undefined : checkLink(link)
      windows.showMain(checked?.kind === 'xmpp' ? { kind: 'link', uri: checked.uri } : undefined)
    },
    close: () => {
      broadcast.stop()
      places.flush()
    },
  }
}

function translatorFor(app: App): Translate {
  return createTranslator(chooseLocale(app.state().settings.language, electron.getPreferredSystemLanguages()))
}

function createDesktop(options: ShellOptions, text: () => Translate): Desktop {
  return {
    environment: (): Environment => ({
      version: electron.getVersion(),
      platform: process.platform,
      locale: text().locale,
      keyringProtected: options.secrets.protected,
      trayAvailable: options.trayAvailable,
      development: options.developmentOrigin !== undefined,
    }),
    quit: () => electron.quit(),
    openOutside: (url) => shell.openExternal(url),
    // A promise since Electron 45, nothing before.
    copyText: async (copied) => {
      await clipboard.writeText(copied)
    },
    showLog: () => shell.showItemInFolder(options.logFile),
  }
}
