/** Where everything meets: opens log and storage, makes the domain, puts the desktop around it. Nothing is decided here. */
import { app as electron, safeStorage } from 'electron'
import { randomUUID } from 'node:crypto'
import { createApp } from './domain/app.ts'
import type { Notice } from './model/events.ts'
import { createConnect, createProbe } from './protocol/transport/xmpp-client.ts'
import { registerAppScheme } from './shell/app-scheme.ts'
import type { CommandLine } from './shell/command-line.ts'
import { attachContents } from './shell/contents.ts'
import { attachCrashHandling } from './shell/crash.ts'
import { claimInstance, type Instance } from './shell/instance.ts'
import { preferredLanguages } from './shell/locale.ts'
import { openLog } from './shell/log.ts'
import { getPaths } from './shell/paths.ts'
import { noticeOf, readProvisionFile } from './shell/provision-file.ts'
import { attachQuit } from './shell/quit.ts'
import { createSecrets } from './shell/secrets.ts'
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
  attachCrashHandling(log, failure.show)
  attachContents(log)
  registerAppScheme()
  electron.setAppUserModelId('im.linnet.Linnet')
  const { electron: runtime } = process.versions
  log('main', 'info', 'start', {
    version: electron.getVersion(),
    electron: runtime,
    platform: process.platform,
  })
  void electron.whenReady().then(start).then(failure.disarm).catch(failure.show)

  async function start(): Promise<void> {
    const trayAvailable = await isTrayAvailable(process.platform)
    const { storage, setAside } = openStorage({ file: paths.database, now: Date.now, onSlow: logSlow })
    const quit = attachQuit(stop, log)
    const provision = readProvision(instance.commandLine)
    const notices: Notice[] = [
      ...(setAside === undefined ? [] : [{ code: 'database-damaged' as const, setAside }]),
      ...(provision?.ok === false ? [noticeOf(provision.error)] : []),
    ]
    const secrets = createSecrets({
      keyring: safeStorage,
      platform: process.platform,
      file: paths.secrets,
      log,
    })
    const ca = systemAuthorities(process.platform, process.env)
    const onTraffic = instance.commandLine.logStanzas && !electron.isPackaged ? printTraffic : undefined
    const transport = { ca, log, onTraffic }
    const app = createApp({
      storage,
      connect: createConnect(transport),
      probe: createProbe(transport),
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
    const developmentOrigin = electron.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']
    const shell = attachShell({
      app,
      secrets,
      paths,
      logFile: file,
      log,
      quit,
      trayAvailable,
      developmentOrigin,
    })
    app.start()
    if (provision?.ok === true) app.provision(provision.accounts)
    instance.onStart(shell.receive)

    async function stop(): Promise<void> {
      shell.close()
      await app.stop()
      storage.close()
    }
  }

  function logSlow(name: string, ms: number): void {
    log('storage', 'warn', 'slow', { what: name, ms })
  }
}

function readProvision({ provisionFile }: CommandLine): ReturnType<typeof readProvisionFile> | undefined {
  return provisionFile === undefined ? undefined : readProvisionFile(provisionFile)
}

/** `--log-stanzas`: never into the log file. SASL is left out by the transport. */
function printTraffic(direction: 'in' | 'out', xml: string): void {
  process.stdout.write(`${direction === 'in' ? '<<' : '>>'} ${xml}\n`)
}
