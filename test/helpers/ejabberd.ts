/**
 * A private ejabberd from the Debian 13 folder (scripts/setup/trixie.mjs) on loopback, with its own folder, certificates,
 * accounts and free ports. Several may run at once: each is an Erlang system without a name, so that there is no epmd, no
 * cookie and no port between them; it is administered over its HTTP API.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureTrixie } from '../../scripts/setup/trixie.mjs'
import { makeCertificates } from './certificates.ts'
import { ejabberdConfig, type EjabberdOptions } from './ejabberd-config.ts'
import { freePorts } from './free-ports.ts'
import type { Prosody, RosterEntry } from './prosody.ts'
import { createServerProcess } from './server-process.ts'

export interface Ejabberd extends Omit<Prosody, 'addUser' | 'setRoster' | 'forgetArchives'> {
  /** With `picture`: what the picture that was drawn last is to be answered with. */
  captchaAnswer(): string
  /** Of the domain itself, unless one of its hosts is named. */
  addUser(name: string, password: string, domain?: string): Promise<void>
  /** Adds these to what the server keeps for somebody of the domain itself. */
  setRoster(name: string, entries: readonly RosterEntry[]): Promise<void>
  /** A command of its administration (https://docs.ejabberd.im/developer/ejabberd-api/admin-api/). */
  command(name: string, input: object): Promise<unknown>
}

const CAPTCHA_ANSWER = 'captcha-answer'

/** In the place of ejabberd's own script, which needs ImageMagick: it always draws the same, and notes what was to be drawn. */
function layCaptcha(folder: string, seen: string, picture: Buffer): string {
  writeFileSync(join(folder, 'captcha.png'), picture)
  const script = `#!/bin/sh\necho "$1" > '${seen}/${CAPTCHA_ANSWER}'\nexec cat '${seen}/captcha.png'\n`
  writeFileSync(join(folder, 'captcha.sh'), script, { mode: 0o755 })
  return 'captcha.sh'
}

export async function startEjabberd({
  picture,
  ...options
}: Omit<EjabberdOptions, 'captcha'> & {
  readonly domain?: string
  readonly picture?: Buffer
} = {}): Promise<Ejabberd> {
  const root = await ensureTrixie()
  const domain = options.domain ?? 'chat.test'
  mkdirSync(join(root, 'tmp'), { recursive: true })
  const folder = mkdtempSync(join(root, 'tmp', 'linnet-ejabberd-'))
  const seen = folder.slice(root.length)
  const { caFile, certFile, keyFile } = makeCertificates(folder, [domain, `*.${domain}`, 'localhost'])
  writeFileSync(join(folder, 'server.pem'), readFileSync(certFile, 'utf8') + readFileSync(keyFile, 'utf8'))
  const [port = 0, tlsPort = 0, httpPort = 0, httpsPort = 0] = await freePorts(4)
  const ports = { port, tlsPort, httpPort, httpsPort }
  const captcha = picture && { captcha: `${seen}/${layCaptcha(folder, seen, picture)}` }
  const config = ejabberdConfig(domain, `${seen}/server.pem`, ports, { ...options, ...captcha })
  writeFileSync(join(folder, 'ejabberd.yml'), config)
  mkdirSync(join(folder, 'spool'))
  const logFile = join(folder, 'ejabberd.log')
  const log = (): string => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : '')
  const server = createServerProcess({
    command: ['chroot', root, 'erl', '-noinput', '-mnesia', 'dir', `"${seen}/spool"`, '-s', 'ejabberd'],
    options: { env: environment(root, seen) },
    // The last one that it opens.
    ports: [httpPort],
    log,
  })

  async function command(name: string, input: object): Promise<unknown> {
    const url = `http://127.0.0.1:${httpPort}/api/${name}`
    const answer = await fetch(url, { method: 'POST', body: JSON.stringify(input) })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`ejabberd's ${name} answered ${answer.status}: ${text}`)
    return JSON.parse(text)
  }

  await server.start()
  return {
    domain,
    ...ports,
    caFile,
    folder,
    log,
    ...server,
    command,
    captchaAnswer: () => readFileSync(join(folder, CAPTCHA_ANSWER), 'utf8').trim(),
    addUser: async (user, password, host = domain) => void (await command('register', { user, host, password })), // prettier-ignore
    setRoster: async (name, entries) => {
      for (const { jid, name: nick = '', subscription: subs = 'both', groups = [] } of entries) {
        const [user, host] = jid.split('@')
        await command('add_rosteritem', { localuser: name, localhost: domain, user, host, nick, groups, subs }) // prettier-ignore
      }
    },
    restart: async () => {
      await server.stop()
      await server.start()
    },
    dispose: async () => {
      await server.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** All that its start script would give it, and nothing of ours. */
function environment(root: string, folder: string): Record<string, string> {
  // The name of the machine's architecture is between.
  const libraries = readdirSync(join(root, 'usr/lib'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `/usr/lib/${entry.name}`)
    .find((path) => readdirSync(join(root, path)).some((name) => name.startsWith('ejabberd-')))
  return {
    PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: folder,
    LC_ALL: 'C.UTF-8',
    ERL_LIBS: libraries ?? '',
    ERL_CRASH_DUMP_BYTES: '0',
    EJABBERD_CONFIG_PATH: `${folder}/ejabberd.yml`,
    EJABBERD_LOG_PATH: `${folder}/ejabberd.log`,
    SPOOL_DIR: `${folder}/spool`,
  }
}
