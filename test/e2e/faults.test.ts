/** What happens to the whole application when it is killed, its database is damaged, or written by a newer version. */
import Database from 'better-sqlite3'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { launchLinnet, newProfile, removeProfile, writeProvision, type Linnet } from '../helpers/app.ts'
import { connectPeer, type Peer } from '../helpers/peer.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { untilOnline } from './screens.ts'

const PASSWORD = 'pw'

let server: Prosody
let juliet: Peer
/** A new account for each test: the server keeps a killed client's session for a while and puts messages aside for it. */
let romeo = ''
let tests = 0
let linnet: Linnet | undefined
let profile = ''

beforeAll(async () => {
  server = await startProsody()
  server.addUser('juliet', PASSWORD)
  juliet = await connectPeer(server, 'juliet', PASSWORD)
})
afterAll(async () => {
  juliet.close()
  await server.dispose()
})
beforeEach(() => {
  tests += 1
  romeo = `romeo${tests}`
  server.addUser(romeo, PASSWORD)
  server.setRoster(romeo, [{ jid: 'juliet@chat.test' }])
  profile = newProfile()
})
afterEach(async () => {
  await linnet?.kill()
  removeProfile(profile)
})

const databaseFile = (): string => join(profile, 'linnet.sqlite')

/** The account is imported at the profile's first start and remembered for the next. */
async function launch(how: 'first' | 'again' = 'first'): Promise<Linnet> {
  const args =
    how === 'first'
      ? ['--provision', writeProvision(profile, server, [{ name: romeo, password: PASSWORD }])]
      : []
  linnet = await launchLinnet({ profile, server, args })
  return linnet
}

describe('the database', () => {
  test('damaged: it is set aside whole, that is said, and chatting goes on with a fresh one', async () => {
    const garbage = Buffer.from(`SQLite format 3\0${'not a database '.repeat(5000)}`)
    writeFileSync(databaseFile(), garbage)
    const { page } = await launch()
    await page.getByText('The message store was damaged.').waitFor()
    await untilOnline(page)
    const [aside = ''] = readdirSync(profile).filter((name) => /\.damaged-[^/]*$/.test(name))
    expect(readFileSync(join(profile, aside)).equals(garbage)).toBe(true)
    juliet.say(`${romeo}@chat.test`, 'after the damage')
    await page.getByText('after the damage').first().waitFor()
  })

  test('of a newer version: refused in words, and not a byte of it is changed', async () => {
    const newer = new Database(databaseFile())
    newer.pragma('user_version = 9999')
    newer.exec('CREATE TABLE of_the_future (id INTEGER)')
    newer.close()
    const before = readFileSync(databaseFile())
    const { app } = await launch()
    // The main window was on its way already; it is given up, unseen, for the one that tells.
    const told = (): Page | undefined => app.windows().find((one) => one.url().endsWith('/failure.html'))
    await expect.poll(() => told() !== undefined, { timeout: 20_000 }).toBe(true)
    const page = told() ?? expect.unreachable()
    await page.getByRole('heading', { name: 'This profile belongs to a newer Linnet' }).waitFor()
    await page.getByText('Update Linnet to open it.').waitFor()
    expect(app.windows()).toHaveLength(1)
    expect(readFileSync(databaseFile()).equals(before)).toBe(true)
  })
})

/** Bodies by direction, in the order in which they are shown. */
function bodiesInDatabase(direction: 'in' | 'out'): string[] {
  const database = new Database(databaseFile(), { readonly: true })
  const rows = database
    .prepare('SELECT body FROM message WHERE direction = ? ORDER BY place, id')
    .pluck()
    .all(direction)
  database.close()
  return rows as string[]
}

test('kill -9 while messages flow both ways: each is there once, in order, on both sides', async () => {
  const ROUNDS = 3
  const said: string[] = []
  const talking = new AbortController()
  const talk = (async () => {
    while (!talking.signal.aborted) {
      said.push(`from Juliet ${said.length}`)
      juliet.say(`${romeo}@chat.test`, said.at(-1) ?? '')
      await sleep(25)
    }
  })()
  for (let round = 0; round < ROUNDS; round += 1) {
    const { page, kill } = await launch(round === 0 ? 'first' : 'again')
    await untilOnline(page)
    const writing = page.evaluate(
      async ({ start }) => {
        const { invoke } = window.bridge
        const opened = await invoke('conversation.open', { accountId: 1, jid: 'juliet@chat.test' })
        if (!opened.ok) throw new Error(opened.error.code)
        for (let count = start; ; count += 1) {
          await invoke('message.send', { conversationId: opened.value.id, body: `from Romeo ${count}` })
          await new Promise((resolve) => setTimeout(resolve, 15))
        }
      },
      { start: round * 1000 },
    )
    await Promise.race([writing.catch(() => undefined), sleep(700 + Math.random() * 800)])
    await kill()
  }
  talking.abort()
  await talk
  const { page, quit } = await launch('again')
  await untilOnline(page)
  said.push('the last word')
  juliet.say(`${romeo}@chat.test`, 'the last word')
  await page.getByText('the last word').first().waitFor()
  await expect.poll(() => page.evaluate(countUnsent), { timeout: 20_000 }).toBe(0)
  // What the server kept for a stream that was killed comes late, and the archive is asked where it belongs.
  await expect.poll(() => bodiesInDatabase('in'), { timeout: 30_000 }).toEqual(said)
  await quit()
  expect(bodiesInDatabase('in')).toEqual(said)
  const written = bodiesInDatabase('out')
  expect(written.length).toBeGreaterThan(ROUNDS)
  expect(juliet.bodies().filter((body) => body.startsWith('from Romeo'))).toEqual(written)
})

/** Runs in the page: own messages of the newest 200 that the server is not known to have. */
async function countUnsent(): Promise<number> {
  const { invoke } = window.bridge
  const opened = await invoke('conversation.open', { accountId: 1, jid: 'juliet@chat.test' })
  const page = opened.ok
    ? await invoke('conversation.page', { conversationId: opened.value.id, limit: 200 })
    : opened
  return page.ok ? page.value.messages.filter((message) => message.state === 'pending').length : -1
}
