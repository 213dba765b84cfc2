/** Where everything meets: opens log and storage, makes the domain, puts the desktop around it. Nothing is decided here. */
import { app as electron, safeStorage } from 'electron'
import { randomUUID } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import { getPage, getPicture, getSmallText } from './protocol/transport/page-get.ts'
import { createApp } from './domain/app.ts'
import { takeRestored } from './domain/backup/staged.ts'
import type { Log } from './domain/app.types.ts'
import type { Notice } from './model/events.ts'
import {
  createConnect,
  createProbe,
  createRegister,
  createRevoke,
  type ConnectOptions,
} from './protocol/transport/xmpp-client.ts'
import type { ProxyRoute } from './protocol/xep-0368-direct-tls.ts'
import { registerAppScheme } from './shell/app-scheme.ts'
import type { CommandLine } from './shell/command-line.ts'
import { attachContents } from './shell/contents.ts'
import { attachCrashHandling } from './shell/crash.ts'
import { spareGraphics } from './shell/graphics.ts'
import { claimInstance, type Instance } from './shell/instance.ts'
import { preferredLanguages } from './shell/locale.ts'
import { openLog } from './shell/log.ts'
import { getPaths, type Paths } from './shell/paths.ts'
import { noticeOf, readProvisionFile } from './shell/provision-file.ts'
import { attachQuit } from './shell/quit.ts'
import { createSecrets } from './shell/secrets.ts'
import { createStage } from './shell/stage.ts'
import { attachShell } from './shell/shell.ts'
import { systemAuthorities } from './shell/trust.ts'
import { idleSeconds, systemName } from './shell/system.ts'
import { isTrayAvailable } from './shell/tray/watcher.ts'
import { createStartFailure } from './shell/windows/failure-window.ts'
import { openStorage } from './storage/index.ts'

const instance = claimInstance()
// Nothing runs yet that would have to end in order, and quitting before `ready` sometimes hangs.
if (instance === undefined) electron.exit()
else run(instance)

/** Before Electron is ready: what can only be said now. */
function run(instance: Instance): void {
  const paths = getPaths()
  const { file, log } = openLog(paths.logs, paths.logKey)
  const failure = createStartFailure(log)
  // Asked while Electron makes itself ready.
  const trayAnswer = isTrayAvailable(process.platform)
  let authorities: ReturnType<typeof systemAuthorities> | undefined
  attachCrashHandling(log, failure.show)
  attachContents(log)
  registerAppScheme()
  spareGraphics(process.platform)
  electron.setAppUserModelId('im.linnet.Linnet')
  const { electron: runtime } = process.versions
  log('main', 'info', 'start', {
    version: electron.getVersion(),
    electron: runtime,
    platform: process.platform,
  })
  void electron.whenReady().then(start).then(failure.disarm).catch(failure.show)

  async function start(): Promise<void> {
    const trayAvailable = await trayAnswer
    takeRestoredProfile(paths, log)
    const developmentOrigin = electron.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']
    // Without a tray nothing would lead to the window.
    const startHidden = instance.commandLine.hidden === true && trayAvailable
    // From here on all in one turn: the page that is on its way finds everything there.
    const stage = createStage({ paths, log, developmentOrigin, startHidden })
    const { storage, setAside } = openStorage({
      ...{ file: paths.database, now: Date.now, onSlow: logSlow },
      startSearchWorker: (workerData) => startWorker('search', workerData),
    })
    const quit = attachQuit(stop, log)
    const provision = readProvision(instance.commandLine)
    const notices = noticesOf(setAside, provision)
    const secrets = createSecrets({
      keyring: safeStorage,
      platform: process.platform,
      file: paths.secrets,
      roomsFile: paths.roomSecrets,
      log,
    })
    const onTraffic = instance.commandLine.logStanzas && !electron.isPackaged ? printTraffic : undefined
    const transport: ConnectOptions = {
      // Reading and comparing hundreds of certificates waits until the window is on its way.
      get ca() {
        return (authorities ??= systemAuthorities(process.platform, process.env))
      },
      ...{ log, onTraffic },
    }
    const app = createApp({
      storage,
      ...networkOf(transport),
      secrets,
      log,
      now: Date.now,
      newId: randomUUID,
      random: Math.random,
      idleSeconds,
      version: electron.getVersion(),
      system: systemName(process.platform),
      languages: () =>
        preferredLanguages(storage.getSettings().language, electron.getPreferredSystemLanguages()),
      notices,
    })
    const shell = attachShell({
      ...{ app, secrets, paths, log, quit, trayAvailable, stage },
      logFile: file,
      startBackupWorker: (task) => startWorker('backup', task),
      developmentOrigin,
    })
    app.start()
    if (provision?.ok === true) app.provision(provision.accounts)
    instance.onStart(shell.receive)

    async function stop(): Promise<void> {
      shell.close()
      await app.stop()
      await storage.searcher.close()
      storage.close()
    }
  }

  function logSlow(name: string, ms: number): void {
    log('storage', 'warn', 'slow', { what: name, ms })
  }
}

function noticesOf(setAside: string | undefined, provision: ReturnType<typeof readProvision>): Notice[] {
  return [
    ...(setAside === undefined ? [] : [{ code: 'database-damaged' as const, setAside }]),
    ...(provision?.ok === false ? [noticeOf(provision.error)] : []),
  ]
}

/** The build puts them beside this file. */
function startWorker(name: 'search' | 'backup', workerData: unknown): Worker {
  return new Worker(new URL(`./${name}-worker.js`, import.meta.url), { workerData })
}

/** What was here stays where it is when this fails. */
function takeRestoredProfile(paths: Paths, log: Log): void {
  try {
    if (takeRestored(paths) !== undefined) log('main', 'info', 'a backup was restored')
  } catch (error) {
    log('main', 'error', 'a backup could not be restored', { error })
  }
}

function readProvision({ provisionFile }: CommandLine): ReturnType<typeof readProvisionFile> | undefined {
  return provisionFile === undefined ? undefined : readProvisionFile(provisionFile)
}

/** `--log-stanzas`: never into the log file. SASL is left out by the transport. */
function printTraffic(direction: 'in' | 'out', xml: string): void {
  process.stdout.write(`${direction === 'in' ? '<<' : '>>'} ${xml}\n`)
}

/** What the domain needs of the network. */
function networkOf(transport: ConnectOptions) {
  return {
    connect: createConnect(transport),
    probe: createProbe(transport),
    revokeToken: createRevoke(transport),
    openRegistration: createRegister(transport),
    fetchPage: (url: string, proxy?: ProxyRoute) => getPage(url, { ca: transport.ca, proxy }),
    fetchText: (url: string, proxy?: ProxyRoute) => getSmallText(url, { ca: transport.ca, proxy }),
    fetchPicture: (url: string, proxy?: ProxyRoute) => getPicture(url, { ca: transport.ca, proxy }),
  }
}
