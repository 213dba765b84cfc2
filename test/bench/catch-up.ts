/** Catching up with an archive, and a volley of live messages, in the real application beside a bare download. */
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { launchLinnet, newProfile, removeProfile, writeProvision, type Linnet } from '../helpers/app.ts'
import {
  OWNER,
  PASSWORD,
  senderName,
  startArchiveServer,
  toStanza,
  type ArchiveServer,
} from './archive-server.ts'
import { connectBare } from './bare-client.ts'
import type { Figure } from './figures.ts'
import { ask, until, untilOnline, watchFrames, watchMainProcess, type MainDelays } from './measured-app.ts'

const PAGE = 250
const VOLLEY = 1000
/** A hundredth of what the shortest of these takes. */
const LOOK_EVERY_MS = 100

export async function measureCatchUp(counts: readonly number[]): Promise<readonly Figure[]> {
  const server = await startArchiveServer()
  const profile = newProfile()
  const provision = writeProvision(profile, server, [{ name: OWNER, password: PASSWORD }])
  const launch = (): Promise<Linnet> => launchLinnet({ profile, server, args: [`--provision=${provision}`] })
  try {
    await meet(server, launch)
    const figures: Figure[] = []
    for (const count of counts) figures.push(...(await catchUp(server, launch, profile, count)))
    figures.push(...(await receiveVolley(server, launch)))
    return figures
  } finally {
    removeProfile(profile)
    await server.dispose()
  }
}

/** One message is known, so that what comes later is caught up with. */
async function meet(server: ArchiveServer, launch: () => Promise<Linnet>): Promise<void> {
  await server.fill(10, 'the first')
  const linnet = await launch()
  await untilShown(linnet, server, 9, 'the first')
  await goOffline(linnet)
}

/** And stays so at the next start, until it is told to go online: so nothing has come before it is looked at. */
async function goOffline(linnet: Linnet): Promise<void> {
  await ask(linnet, 'presence.set', { show: 'offline', status: '' })
  await linnet.quit()
}

async function goOnline(linnet: Linnet): Promise<void> {
  await ask(linnet, 'presence.set', { show: 'online', status: '' })
  await untilOnline(linnet)
}

async function catchUp(
  server: ArchiveServer,
  launch: () => Promise<Linnet>,
  profile: string,
  count: number,
): Promise<readonly Figure[]> {
  const last = `the last of ${count}`
  await server.fill(count, last)
  const floor = await downloadRate(server, false)
  const managed = await downloadRate(server, true)

  const linnet = await launch()
  const [main, frames] = [await watchMainProcess(linnet), await watchFrames(linnet)]
  await goOnline(linnet)
  const started = performance.now()
  await untilShown(linnet, server, 9, last)
  const ms = performance.now() - started
  const [loop, window] = [await main(), await frames()]
  await goOffline(linnet)
  const stored = countMessages(profile)
  const what = `catch-up of ${count}`
  return [
    {
      what: `${what}: throughput`,
      value: (count / ms) * 1000,
      unit: 'messages/s',
      floor,
      goal: floor * 0.8,
      atLeast: true,
      note: `${Math.round(managed)} bare with stream management`,
    },
    {
      what: `${what}: main process waits, p99`,
      value: loop.p99,
      unit: 'ms',
      goal: 16,
      note: longestOf(loop),
    },
    {
      what: `${what}: window stands still, p99`,
      value: window.p99,
      unit: 'ms',
      note: `longest ${Math.round(window.longest)} ms`,
    },
    {
      what: `${what}: rows in the database`,
      value: stored.rows,
      unit: 'times',
      note: `${stored.different} different`,
    },
  ]
}

/** Messages a second. */
async function downloadRate(server: ArchiveServer, managed: boolean): Promise<number> {
  const bare = await connectBare(server, OWNER, PASSWORD, { managed })
  const { messages, ms } = await bare.downloadArchive(PAGE)
  bare.close()
  return (messages / ms) * 1000
}

async function receiveVolley(
  server: ArchiveServer,
  launch: () => Promise<Linnet>,
): Promise<readonly Figure[]> {
  const sender = await connectBare(server, senderName(0), PASSWORD)
  const volley = (mark: string): string =>
    Array.from({ length: VOLLEY }, (_, index) =>
      toStanza(server, `${mark}-${index}`, `${mark} ${index}`),
    ).join('')
  const bare = await connectBare(server, OWNER, PASSWORD)
  await sender.write(volley('floor'))
  const floor = await bare.awaitMessages(VOLLEY)
  bare.close()

  const linnet = await launch()
  await goOnline(linnet)
  await untilShown(linnet, server, 0, `floor ${VOLLEY - 1}`)
  const main = await watchMainProcess(linnet)
  const started = performance.now()
  await sender.write(volley('live'))
  await untilShown(linnet, server, 0, `live ${VOLLEY - 1}`)
  const value = performance.now() - started
  const loop = await main()
  await linnet.quit()
  sender.close()
  return [
    { what: `${VOLLEY} live messages: stored`, value, unit: 'ms', floor, goal: floor * 1.5 },
    {
      what: `${VOLLEY} live messages: main process waits, p99`,
      value: loop.p99,
      unit: 'ms',
      goal: 16,
      note: longestOf(loop),
    },
  ]
}

function longestOf({ longest, busiest }: MainDelays): string {
  return `longest ${Math.round(longest)} ms, at work ${Math.round(busiest)} ms at one go`
}

/** The newest message of a conversation is this one. */
async function untilShown(
  linnet: Linnet,
  server: ArchiveServer,
  sender: number,
  body: string,
): Promise<void> {
  const jid = `${senderName(sender)}@${server.domain}`
  const conversationId = await until(`a conversation with ${jid}`, async () => {
    const { conversations } = await ask(linnet, 'app.snapshot', {})
    return conversations.find(({ counterpart }) => counterpart === jid)?.id
  })
  await until(
    `"${body}"`,
    async () => {
      const { messages } = await ask(linnet, 'conversation.page', { conversationId, limit: 1 })
      return messages[0]?.body === body || undefined
    },
    LOOK_EVERY_MS,
  )
}

function countMessages(profile: string): { readonly rows: number; readonly different: number } {
  const db = new Sqlite(join(profile, 'linnet.sqlite'), { readonly: true })
  try {
    const query = 'SELECT count(*) AS rows, count(DISTINCT stanza_id) AS different FROM message'
    return db.prepare<[], { rows: number; different: number }>(query).get() ?? { rows: 0, different: 0 }
  } finally {
    db.close()
  }
}
