/** Rooms in the real application: going into a very large one, and many of them at the start. */
import { launchLinnet, newProfile, removeProfile, writeProvision, type Linnet } from '../helpers/app.ts'
import { connectBare } from './bare-client.ts'
import { startCrowdedRoom } from './crowded-room.ts'
import type { Figure } from './figures.ts'
import { ask, until, untilOnline, watchFrames, watchMainProcess, type Delays } from './measured-app.ts'
import { measureRoomsAtStart } from './startup.ts'

const OCCUPANTS = 10_000
const ROOMS = 50
/** So long after the last presence arrived. */
const MOST_AFTER_LAST_MS = 2000
const OWNER = 'romeo'
const PASSWORD = 'secret'

export async function measureCrowdedRoom(): Promise<readonly Figure[]> {
  const server = await startCrowdedRoom(OCCUPANTS)
  const profile = newProfile()
  try {
    server.addUser(OWNER, PASSWORD)
    const bare = await connectBare(server, OWNER, PASSWORD)
    const floor = await bare.joinRoom(`${server.room}/bare`)
    bare.close()
    const provision = writeProvision(profile, server, [{ name: OWNER, password: PASSWORD }])
    const linnet = await launchLinnet({ profile, server, args: [`--provision=${provision}`] })
    await untilOnline(linnet)
    const main = await watchMainProcess(linnet)
    const ms = await joinRoom(linnet, server.room)
    const { p99, longest, busiest } = await main()
    const { rooms } = await ask(linnet, 'app.snapshot', {})
    const opened = await openPeople(linnet)
    await linnet.quit()
    const what = `room of ${OCCUPANTS}`
    return [
      {
        what: `${what}: joined after the last presence`,
        value: Math.max(0, ms - floor),
        unit: 'ms',
        goal: MOST_AFTER_LAST_MS,
        note: `${Math.round(ms)} ms in all, ${Math.round(floor)} ms bare; ${rooms[0]?.occupantCount} in it`,
      },
      { what: `${what}: main process waits, p99`, value: p99, unit: 'ms', goal: 16 },
      { what: `${what}: main process waits, longest`, value: longest, unit: 'ms', goal: 16 },
      { what: `${what}: main process works at one go, longest`, value: busiest, unit: 'ms', goal: 16 },
      { what: `${what}: its people shown, longest frame`, value: opened.longest, unit: 'ms', goal: 50 },
    ]
  } finally {
    removeProfile(profile)
    await server.dispose()
  }
}

/** The list of occupants beside the room: taken away and shown again, once all of them are known. */
async function openPeople(linnet: Linnet): Promise<Delays> {
  const { page } = linnet
  await page.getByRole('listbox', { name: 'Chats' }).getByRole('option').first().click()
  const button = page.locator('main header button[aria-pressed]')
  const list = page.getByRole('listbox', { name: 'People', exact: true })
  await button.waitFor()
  if ((await button.getAttribute('aria-pressed')) === 'false') await button.click()
  await page.getByRole('heading', { name: `${(OCCUPANTS + 1).toLocaleString('en')} people` }).waitFor()
  await button.click()
  await list.waitFor({ state: 'detached' })
  const frames = await watchFrames(linnet)
  await button.click()
  await list.getByRole('option').first().waitFor()
  return frames()
}

/** Milliseconds until the window hears that we are in. */
async function joinRoom({ page }: Linnet, jid: string): Promise<number> {
  return page.evaluate(async (room) => {
    const { bridge } = window as unknown as { bridge: PlainBridge }
    const started = performance.now()
    const isIn = new Promise<void>((resolve) => {
      bridge.subscribe((batch) => {
        const isThere = batch.some(
          ({ name, payload }) => name === 'room.changed' && payload.room?.phase === 'in',
        )
        if (isThere) resolve()
      })
    })
    await bridge.invoke('room.join', { accountId: 1, jid: room, nick: 'romeo', autojoin: false })
    await isIn
    return performance.now() - started
  }, jid)
}

/** As the page knows it, where none of our types are. */
interface PlainBridge {
  invoke(name: string, input: unknown): Promise<unknown>
  subscribe(
    listener: (
      batch: readonly {
        readonly name: string
        readonly payload: { readonly room?: { readonly phase: string } }
      }[],
    ) => void,
  ): void
}

/** In one profile: the starts without any room, then all are made, and the starts with them. */
export function measureManyRooms(): Promise<readonly Figure[]> {
  return measureRoomsAtStart(ROOMS, async (linnet, domain) => {
    for (let index = 0; index < ROOMS; index += 1) {
      const jid = `room${index}@conference.${domain}`
      const room = { nick: 'romeo', name: `Room ${index}`, preset: 'channel' as const, invite: [] }
      await ask(linnet, 'room.create', { accountId: 1, jid, ...room })
    }
    await until('all rooms', async () => {
      const { rooms } = await ask(linnet, 'app.snapshot', {})
      return rooms.filter(({ phase, autojoin }) => phase === 'in' && autojoin).length === ROOMS || undefined
    })
  })
}
