/** A private Prosody on loopback with its own folder, certificates, accounts and free ports. Several may run at once. */
import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs' // prettier-ignore
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeCertificates } from './certificates.ts'
import { freePorts } from './free-ports.ts'
import { prosodyConfig, type ProsodyOptions, type ProsodyPorts } from './prosody-config.ts'
import { createServerProcess } from './server-process.ts'

export interface RosterEntry {
  readonly jid: string
  readonly name?: string
  readonly subscription?: 'none' | 'to' | 'from' | 'both'
  readonly groups?: readonly string[]
}

export interface Prosody extends ProsodyPorts {
  readonly domain: string
  /** PEM file that signs its certificate: NODE_EXTRA_CA_CERTS, or the `ca` of a TLS socket. */
  readonly caFile: string
  readonly folder: string
  /** Effective at once, also while it runs. `host`: another virtual host than the domain. */
  addUser(name: string, password: string, host?: string): void
  /** Before its user signs in: the roster as the server keeps it. */
  setRoster(name: string, entries: readonly RosterEntry[], host?: string): void
  /** While it is stopped: what was said so far. */
  forgetArchives(): void
  /** Ends in order: clients are told system-shutdown. */
  stop(): Promise<void>
  /** On the same ports, with the same data. */
  start(): Promise<void>
  restart(): Promise<void>
  /** Ends without a word to anybody. */
  kill(): Promise<void>
  /** Ends it and removes its folder. */
  dispose(): Promise<void>
  log(): string
}

/** Debian's "nobody": a server that the tests start as root needs no root. */
const NOBODY = 65_534

/** How a version of Prosody is started: a program with arguments before `--config FILE`. */
export interface ProsodyProgram {
  readonly command: readonly string[]
  /** Where its folder may lie, as we see it and as the program sees it (a chroot). */
  readonly parent: string
  readonly seenFrom?: string
  readonly dropRoot: boolean
}

const LOCAL: ProsodyProgram = { command: ['prosody'], parent: tmpdir(), dropRoot: true }

export async function startProsody(
  options: ProsodyOptions & { readonly domain?: string } = {},
  program: ProsodyProgram = LOCAL,
): Promise<Prosody> {
  const domain = options.domain ?? 'chat.test'
  const folder = mkdtempSync(join(program.parent, 'linnet-prosody-'))
  const certificates = makeCertificates(folder, [domain, `*.${domain}`, 'localhost'])
  const [port = 0, tlsPort = 0, httpPort = 0, httpsPort = 0] = await freePorts(4)
  const ports = { port, tlsPort, httpPort, httpsPort }
  const stores = join(folder, 'data', encodeName(domain))
  for (const store of ['accounts', 'roster']) mkdirSync(join(stores, store), { recursive: true })

  const seen = (path: string): string =>
    program.seenFrom === undefined ? path : path.slice(program.seenFrom.length)
  const inside = { caFile: seen(certificates.caFile), certFile: seen(certificates.certFile), keyFile: seen(certificates.keyFile) } // prettier-ignore
  const configFile = join(folder, 'prosody.cfg.lua')
  writeFileSync(configFile, prosodyConfig(seen(folder), domain, inside, ports, options))
  const asNobody = program.dropRoot && process.getuid?.() === 0
  if (asNobody) giveAway(folder)

  /** Of another virtual host too, which makes it at its first use. */
  const storeOf = (store: string, host: string): string => {
    const path = join(folder, 'data', encodeName(host))
    mkdirSync(join(path, store), { recursive: true })
    if (asNobody) for (const made of [path, join(path, store)]) chownSync(made, NOBODY, NOBODY)
    return join(path, store)
  }

  const log = (): string =>
    existsSync(join(folder, 'prosody.log')) ? readFileSync(join(folder, 'prosody.log'), 'utf8') : ''

  const server = createServerProcess({
    command: [...program.command, '--config', seen(configFile), '-F'],
    options: asNobody ? { uid: NOBODY, gid: NOBODY } : {},
    ports: [tlsPort, httpsPort],
    log,
  })

  const prosody: Prosody = {
    domain,
    ...ports,
    caFile: certificates.caFile,
    folder,
    log,
    addUser: (name, password, host = domain) => {
      // It is hashed by the server at the first sign-in.
      const file = join(storeOf('accounts', host), `${encodeName(name)}.dat`)
      writeFileSync(file, `return { ["password"] = ${JSON.stringify(password)}; };\n`)
      if (asNobody) chownSync(file, NOBODY, NOBODY)
    },
    forgetArchives: () => rmSync(join(stores, 'archive'), { recursive: true, force: true }),
    setRoster: (name, entries, host = domain) => {
      const file = join(storeOf('roster', host), `${encodeName(name)}.dat`)
      writeFileSync(file, rosterData(entries))
      if (asNobody) chownSync(file, NOBODY, NOBODY)
    },
    ...server,
    restart: async () => {
      await server.stop()
      await server.start()
    },
    dispose: async () => {
      await server.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await server.start()
  return prosody
}

/** Prosody's own file names: what is not a letter or digit becomes %xx. */
function encodeName(name: string): string {
  return [...Buffer.from(name)]
    .map((byte) => String.fromCharCode(byte))
    .map((char) => (/[a-zA-Z0-9]/.test(char) ? char : `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`))
    .join('')
}

/** As mod_roster stores it: a Lua table by address; the entry `false` is its own book-keeping. */
function rosterData(entries: readonly RosterEntry[]): string {
  const lua = JSON.stringify
  const lines = entries.map(({ jid, name, subscription = 'both', groups = [] }) => {
    const inGroups = groups.map((group) => `[${lua(group)}] = true;`).join(' ')
    const named = name === undefined ? '' : `["name"] = ${lua(name)}; `
    return `  [${lua(jid)}] = { ["subscription"] = "${subscription}"; ${named}["groups"] = { ${inGroups} }; };`
  })
  return `return {\n${lines.join('\n')}\n  [false] = { ["version"] = 1; ["pending"] = {}; };\n};\n`
}

function giveAway(folder: string): void {
  chmodSync(folder, 0o755)
  chownSync(folder, NOBODY, NOBODY)
  for (const name of readdirSync(folder)) chownSync(join(folder, name), NOBODY, NOBODY)
  execFileSync('chown', ['-R', `${NOBODY}:${NOBODY}`, join(folder, 'data')])
}
