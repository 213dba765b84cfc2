/** From the start of the process to the first paint and to being online; memory and processor time at rest. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { ensureElectron } from '../../scripts/setup/electron.mjs'
import { root } from '../../scripts/setup/paths.mjs'
import {
  launchLinnet,
  newProfile,
  removeProfile,
  rootFlags,
  writeProvision,
  type Linnet,
} from '../helpers/app.ts'
import { freePorts } from '../helpers/free-ports.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { median, type Figure } from './figures.ts'
import { cpuSeconds, memoryMegabytes, untilOnline } from './measured-app.ts'

const CONTACTS = 1000
const STARTS = 5
const REST_MS = 30_000
/** A window that was closed is let go after a good minute. */
const SETTLE_MS = { open: 30_000, closed: 80_000 } as const
/** What two runs of the same differ by: it counts as no slower. */
const SAME = 1.05
const FIRST_PAINT = `new Promise((resolve) => new PerformanceObserver((list) => {
  const [paint] = list.getEntriesByName('first-contentful-paint')
  if (paint) resolve(performance.timeOrigin + paint.startTime)
}).observe({ type: 'paint', buffered: true }))`

const ROOMS_IN = `bridge.invoke('app.snapshot', {}).then(
  ({ value }) => value.rooms.filter(({ phase }) => phase === 'in').length)`

/** `prepare` may put a database into the profile first. */
export async function measureStartup(prepare?: {
  readonly name: string
  fill(profile: string): void
}): Promise<readonly Figure[]> {
  const server = await startCrowdedServer()
  const profile = newProfile()
  try {
    await (await signIn(server, profile)).quit()
    const empty = await startOften(server, profile)
    const rest = await measureRest(server, profile)
    if (prepare === undefined) return [...toFigures('cold start', empty), ...rest]
    prepare.fill(profile)
    // Else the system still writes what was filled while the starts are measured.
    execFileSync('sync')
    const full = await startOften(server, profile)
    return [
      ...toFigures('cold start', empty),
      ...toFigures(`cold start, ${prepare.name}`, full, { floor: empty, most: SAME }),
      ...rest,
    ]
  } finally {
    removeProfile(profile)
    await server.dispose()
  }
}

/** The same starts without rooms and with so many of them, which `make` creates and joins. */
export async function measureRoomsAtStart(
  count: number,
  make: (linnet: Linnet, domain: string) => Promise<void>,
): Promise<readonly Figure[]> {
  const server = await startCrowdedServer()
  const profile = newProfile()
  try {
    await (await signIn(server, profile)).quit()
    const none = await startOften(server, profile)
    const linnet = await launchLinnet({ profile, server })
    await untilOnline(linnet)
    await make(linnet, server.domain)
    await linnet.quit()
    const many = await startOften(server, profile)
    return [
      ...toFigures(`start with ${count} rooms`, many, { floor: none, most: 1.2 }),
      {
        what: `start with ${count} rooms: in all of them`,
        value: await untilIn(server, profile, count),
        unit: 'ms',
      },
    ]
  } finally {
    removeProfile(profile)
    await server.dispose()
  }
}

/** From the start of the process on. */
async function untilIn(server: Prosody, profile: string, count: number): Promise<number> {
  const linnet = await startLinnet(server, profile)
  try {
    await untilLogged(profile, linnet.startedAt)
    while ((await linnet.ask(ROOMS_IN)) !== count) await new Promise((resolve) => setTimeout(resolve, 50))
    return Date.now() - linnet.startedAt
  } finally {
    await linnet.end()
  }
}

/** Signed in once, so that the profile has the account and the roster. */
async function signIn(server: Prosody, profile: string): Promise<Linnet> {
  const provision = writeProvision(profile, server, [{ name: 'romeo', password: 'secret' }])
  const linnet = await launchLinnet({ profile, server, args: [`--provision=${provision}`] })
  await untilOnline(linnet)
  rmSync(provision, { force: true })
  return linnet
}

async function startCrowdedServer(): Promise<Prosody> {
  const server = await startProsody()
  server.addUser('romeo', 'secret')
  const contacts = Array.from({ length: CONTACTS }, (_, index) => ({
    jid: `contact${index}@${server.domain}`,
    name: `Contact ${index}`,
    groups: [`Group ${index % 20}`],
  }))
  server.setRoster('romeo', contacts)
  return server
}

interface Start {
  readonly paintMs: number
  readonly onlineMs: number
}

async function startOften(server: Prosody, profile: string): Promise<Start> {
  const starts: Start[] = []
  for (let index = 0; index < STARTS; index += 1) starts.push(await startOnce(server, profile))
  return {
    paintMs: median(starts.map((one) => one.paintMs)),
    onlineMs: median(starts.map((one) => one.onlineMs)),
  }
}

interface Bare {
  readonly pid: number
  readonly startedAt: number
  /** The value of an expression in its window, through a debugger that is attached for this alone. */
  ask(expression: string): Promise<unknown>
  end(): Promise<void>
}

/** Without a debugger attached from the beginning, which would have it wait and make it larger. */
async function startBare(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Bare> {
  const { electronPath } = await ensureElectron()
  const [port = 0] = await freePorts(1)
  const startedAt = Date.now()
  const flags = [...args, ...rootFlags(), '--lang=en-US', `--remote-debugging-port=${port}`]
  const child = spawn(electronPath, flags, { env: { ...process.env, ...env }, stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return {
    pid: child.pid ?? 0,
    startedAt,
    ask: (expression) => askWindow(port, expression),
    async end() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function askWindow(port: number, expression: string): Promise<unknown> {
  const listed = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as readonly Record<
    string,
    string
  >[]
  const socket = new WebSocket(listed.find(({ type }) => type === 'page')?.['webSocketDebuggerUrl'] ?? '')
  await once(socket, 'open')
  socket.send(
    JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression, awaitPromise: true } }),
  )
  const [answer] = (await once(socket, 'message')) as [Buffer]
  socket.close()
  const { result } = JSON.parse(answer.toString()) as { result?: { result?: { value?: unknown } } }
  return result?.result?.value
}

function startLinnet(server: Prosody, profile: string): Promise<Bare> {
  return startBare([root, `--user-data-dir=${profile}`], { NODE_EXTRA_CA_CERTS: server.caFile })
}

async function startOnce(server: Prosody, profile: string): Promise<Start> {
  const linnet = await startLinnet(server, profile)
  try {
    const onlineAt = await untilLogged(profile, linnet.startedAt)
    const paintedAt = await linnet.ask(FIRST_PAINT)
    return { paintMs: Number(paintedAt) - linnet.startedAt, onlineMs: onlineAt - linnet.startedAt }
  } finally {
    await linnet.end()
  }
}

/** When the log said that the account is online. */
async function untilLogged(profile: string, after: number): Promise<number> {
  for (const end = Date.now() + 30_000; Date.now() < end;) {
    const line = readFileSync(join(profile, 'logs', 'linnet.log'), 'utf8')
      .trim()
      .split('\n')
      .findLast((one) => one.includes('domain/session: online'))
    const at = line === undefined ? NaN : Date.parse(line.split(' ')[0] ?? '')
    if (at >= after) return at
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('it did not come online')
}

/** `beside`: the same without what is measured, and how many times as long it may take at most. */
function toFigures(
  what: string,
  { paintMs, onlineMs }: Start,
  beside?: { readonly floor: Start; readonly most: number },
): readonly Figure[] {
  const held = (goal: number, floor: number | undefined): Pick<Figure, 'floor' | 'goal'> =>
    beside === undefined || floor === undefined ? { goal } : { floor, goal: floor * beside.most }
  return [
    {
      what: `${what}: first paint`,
      value: paintMs,
      unit: 'ms',
      ...held(1000, beside?.floor.paintMs),
    },
    {
      what: `${what}: online with ${CONTACTS} contacts`,
      value: onlineMs,
      unit: 'ms',
      ...held(1500, beside?.floor.onlineMs),
    },
  ]
}

async function measureRest(server: Prosody, profile: string): Promise<readonly Figure[]> {
  const empty = await measureEmptyElectron()
  const open = await measureOpen(server, profile)
  const closed = await measureClosed(server, profile)
  const memory = (where: string, { total, each }: Rest['memory'], goal: number): Figure => {
    return {
      what: `memory at rest, ${where} (PSS)`,
      value: total,
      unit: 'MB',
      floor: empty.total,
      goal,
      note: each.join(', '),
    }
  }
  return [
    {
      what: 'memory of Electron with an empty page (PSS)',
      value: empty.total,
      unit: 'MB',
      note: empty.each.join(', '),
    },
    memory('window open', open.memory, 230),
    memory('closed to the tray', closed.memory, 130),
    { what: 'processor at rest, window open', value: open.cpu, unit: '%', goal: 0.5 },
    { what: 'processor at rest, closed to the tray', value: closed.cpu, unit: '%', goal: 0.5 },
  ]
}

async function measureOpen(server: Prosody, profile: string): Promise<Rest> {
  const linnet = await startLinnet(server, profile)
  try {
    await untilLogged(profile, linnet.startedAt)
    return await rest(linnet.pid, SETTLE_MS.open)
  } finally {
    await linnet.end()
  }
}

/** By way of a debugger, which makes the main process a little larger: only the window's frame could close it else. */
async function measureClosed(server: Prosody, profile: string): Promise<Rest> {
  const linnet = await launchLinnet({ profile, server })
  try {
    await untilOnline(linnet)
    await linnet.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
    return await rest(linnet.pid, SETTLE_MS.closed)
  } finally {
    await linnet.quit()
  }
}

/** What Electron takes for one empty page. */
async function measureEmptyElectron(): Promise<Rest['memory']> {
  const folder = newProfile()
  const main = `const { app, BrowserWindow } = require('electron')
    app.whenReady().then(() => new BrowserWindow({ webPreferences: { sandbox: true } }).loadURL('about:blank'))`
  writeFileSync(join(folder, 'main.js'), main)
  writeFileSync(join(folder, 'package.json'), '{ "name": "empty", "main": "main.js" }')
  const empty = await startBare([folder, `--user-data-dir=${folder}`])
  try {
    return (await rest(empty.pid, SETTLE_MS.open)).memory
  } finally {
    await empty.end()
    removeProfile(folder)
  }
}

interface Rest {
  readonly memory: ReturnType<typeof memoryMegabytes>
  /** Percent of one processor. */
  readonly cpu: number
}

async function rest(pid: number, settleMs: number): Promise<Rest> {
  await new Promise((resolve) => setTimeout(resolve, settleMs))
  const before = cpuSeconds(pid)
  await new Promise((resolve) => setTimeout(resolve, REST_MS))
  return { memory: memoryMegabytes(pid), cpu: ((cpuSeconds(pid) - before) / (REST_MS / 1000)) * 100 }
}
