/** Puts the desktop around the domain: windows, commands, tray, notifications, menus, theme, language. */
import { app as electron, clipboard, Menu, nativeTheme, safeStorage, shell } from 'electron'
import { join } from 'node:path'
import type { Environment } from '../contract/snapshot.ts'
import type { App, Log, Secrets } from '../domain/app.types.ts'
import { createTranslator, type Translate } from '../text/text.ts'
import { argumentsOfRestart, type CommandLine } from './command-line.ts'
import { createBackups, type StartBackupWorker } from './backups.ts'
import { createExporter } from './export/exporter.ts'
import { createFiles } from './files.ts'
import { attachCommands } from './ipc/attach.ts'
import { createBroadcast, type Broadcast } from './ipc/broadcast.ts'
import type { Desktop, HandlerTools } from './ipc/handler-tools.ts'
import { createHome } from './home.ts'
import { createHandlers } from './ipc/handlers.ts'
import { createKeptInvitation, type KeptInvitation } from './kept-invitation.ts'
import { claimLinks } from './link-claim.ts'
import { checkLink } from './links.ts'
import { chooseLocale } from './locale.ts'
import { buildApplicationMenu } from './menu.ts'
import { attachNotifications } from './notifications.ts'
import { createOverview } from './overview.ts'
import { attachLookedAt } from './looked-at.ts'
import type { Paths } from './paths.ts'
import { attachPower } from './power.ts'
import { importAccounts } from './provision-file.ts'
import type { Quit } from './quit.ts'
import type { Stage } from './stage.ts'
import { attachTextMenu } from './text-menu.ts'
import { attachTray } from './tray/attach.ts'
import { createWaitingInvitation } from './waiting-invitation.ts'
import { shouldHide } from './windows/close-policy.ts'
import { createWindows, type Windows } from './windows/registry.ts'

export interface ShellOptions {
  readonly app: App
  readonly secrets: Pick<Secrets, 'protected'>
  readonly paths: Paths
  readonly stage: Stage
  readonly logFile: string
  readonly log: Log
  readonly quit: Quit
  readonly trayAvailable: boolean
  readonly startBackupWorker: StartBackupWorker
  /** Development only: the origin that the renderer is served from. */
  readonly developmentOrigin: string | undefined
}

export interface Shell {
  /** A link or a file of accounts, from the first start or a later one. */
  receive(commandLine: CommandLine): void
  /** Before the process ends. */
  close(): void
}

/** In the turn in which the stage was made. */
export function attachShell(options: ShellOptions): Shell {
  const { app, paths, log, stage, developmentOrigin } = options
  const overview = createOverview(app)
  const windows: Windows = createWindows({
    ...stage,
    shouldHide: (kind) =>
      shouldHide({
        ...{ kind, quitting: options.quit.isQuitting(), platform: process.platform },
        ...{ closeToTray: overview.settings().closeToTray, trayAvailable: options.trayAvailable },
      }),
    consoleClosed: (accountId) => app.closeConsole(accountId),
    waitingView: () => invitation.view(),
    pushView: (windowId, view) => broadcast.push(windowId, 'view.requested', { view }),
  })
  const broadcast: Broadcast = createBroadcast(app.events, () => windows.receivers())
  options.quit.stayWhile(() => windows.isMainLetGo())
  let text = translatorFor(app)
  const desktop = createDesktop(options, () => text)
  const about = { paths, logFile: options.logFile, environment: () => desktop.environment() }
  const home = createHome({ app, overview, windows, broadcast, about, log })
  const invitation = createWaitingInvitation(app, keptInvitationOf(options))
  const handlers = createHandlers({
    ...{ app, windows, broadcast, desktop, invitation },
    ...createFileTools(options, () => text),
    ...home,
  })
  attachCommands({ handlers, log, developmentOrigin }, windows)
  const renderTray = attachTray({ app, overview, windows, icons: paths.icons, text: () => text })
  const icon = join(paths.icons, 'app', '256x256.png')
  attachNotifications({ app, overview, windows, text: () => text, icon, chime: home.chime })
  attachPower(app)
  attachLookedAt(app)
  attachTextMenu(() => text, home.spelling)

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
      zoom: home.zoom,
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
  const waiting = stage.first && invitation.view()
  if (waiting !== undefined) windows.showMain(waiting)

  return {
    receive: ({ link, provisionFile }) => {
      if (provisionFile !== undefined) importAccounts(provisionFile, app)
      const checked = link === undefined ? undefined : checkLink(link)
      if (link !== undefined) invitation.note(link)
      windows.showMain(checked?.kind === 'xmpp' ? { kind: 'link', uri: checked.uri } : undefined)
    },
    close: () => {
      broadcast.stop()
      stage.places.flush()
    },
  }
}

function keptInvitationOf({ secrets, paths, log }: ShellOptions): KeptInvitation {
  return createKeptInvitation({
    ...{ keyring: safeStorage, isProtected: secrets.protected, file: paths.invitation, now: Date.now, log },
  })
}

/** What works with files of the user's. */
function createFileTools(
  { app, paths, startBackupWorker }: ShellOptions,
  text: () => Translate,
): Pick<HandlerTools, 'files' | 'exporter' | 'backups'> {
  const files = createFiles({ text, folder: () => electron.getPath('documents') })
  const { events } = app
  return {
    files,
    exporter: createExporter({ app, files, text, now: Date.now }),
    backups: createBackups({
      ...{ files, paths, events, now: Date.now },
      startWorker: startBackupWorker,
      version: electron.getVersion(),
    }),
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
    restart: () => {
      electron.relaunch({ args: argumentsOfRestart(process.argv.slice(1)) })
      electron.quit()
    },
  }
}
