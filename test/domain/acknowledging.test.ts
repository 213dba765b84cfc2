/**
 * Nothing is acknowledged that is not stored: what the server is told, byte by byte, against the rows of a real database
 * whose disk is full for a while. Real transport, real domain; the server is a script.
 */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { createApp } from '../../src-main/domain/app.ts'
import type { App } from '../../src-main/domain/app.types.ts'
import { createConnect } from '../../src-main/protocol/transport/xmpp-client.ts'
import { createStorage } from '../../src-main/storage/index.ts'
import { openDatabase } from '../../src-main/storage/open.ts'
import type { WritableDB } from '../../src-main/storage/database.ts'
import { BIND, certificatesFor, DOMAIN, mechanisms, PASSWORD, scram, SM, startScripted, type Client, type Script } from '../helpers/scripted-server.ts' // prettier-ignore
import { createRunSecrets } from '../helpers/run-secrets.ts'
import { unreached } from '../helpers/unreached.ts'

const certificates = certificatesFor(DOMAIN)
afterAll(() => certificates.dispose())

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linnet-acknowledging-'))
  return () => rmSync(folder, { recursive: true })
})

const ASK = "<r xmlns='urn:xmpp:sm:3'/>"
/** Large enough for pages of its own. */
const LONG = 'x'.repeat(20_000)
const message = (number: number): string =>
  `<message from='juliet@${DOMAIN}/y' to='romeo@${DOMAIN}/x' type='chat' id='m${number}'><body>${number} ${LONG}</body></message>`

async function signIn(client: Client): Promise<void> {
  await client.startTls()
  await client.greet(mechanisms('SCRAM-SHA-1'))
  await scram(client)
}

async function begin(client: Client): Promise<void> {
  await signIn(client)
  await client.bind(BIND + SM)
  await client.expect(/<enable[^>]*>/)
  client.send("<enabled xmlns='urn:xmpp:sm:3' id='s-1' resume='true' max='300'/>")
  await client.expect(/<iq/)
}

/** The count that the next answer tells. */
const told = async (client: Client): Promise<number> =>
  Number((await client.expect(/<a [^>]*h="(\d+)"[^>]*>/))[1])

const rows = (db: WritableDB): unknown => db.prepare('SELECT count(*) FROM message').pluck().get()

interface Stage {
  readonly app: App
  readonly db: WritableDB
  /** How often the user was told. */
  readonly notices: readonly string[]
  end(): Promise<void>
}

async function setStage(script: (stage: () => Stage) => Script): Promise<Stage> {
  const { db } = openDatabase(join(folder, 'linnet.db'), Date.now)
  const storage = createStorage(db)
  const notices: string[] = []
  const server = await startScripted((client, connection) => script(() => stage)(client, connection), {
    certificates,
  })
  const app = createApp({
    storage,
    connect: createConnect({ ca: [certificates.ca], limits: { resumePause: 20, close: 100 } }),
    fetchPage: () => Promise.resolve(undefined),
    fetchPicture: () => Promise.resolve(undefined),
    probe: () => Promise.resolve({}),
    ...unreached,
    secrets: { ...createRunSecrets(), getPassword: () => PASSWORD },
    log: () => undefined,
    now: Date.now,
    idleSeconds: () => 0,
    system: 'Linux',
    newId: randomUUID,
    random: () => 0,
    version: '0',
    languages: () => ['en'],
  })
  app.events.on('notice.raised', ({ notice }) => notices.push(notice.code))
  const stage: Stage = {
    ...{ app, db, notices },
    async end() {
      await app.stop()
      storage.close()
      await server.close()
    },
  }
  app.provision([
    {
      address: `romeo@${DOMAIN}`,
      password: PASSWORD,
      host: '127.0.0.1',
      port: server.port,
      security: 'starttls',
      remember: true,
    },
  ])
  app.start()
  return stage
}

test('a disk that is full from the third message on: two are acknowledged, and the rest comes once there is room', async () => {
  const story: (number | string)[] = []
  let ended = false
  const stage = await setStage((current) => async (client, connection) => {
    if (connection === 1) {
      await begin(client)
      for (const number of [1, 2]) {
        client.send(message(number) + ASK)
        story.push(`told ${await told(client)}`, `rows ${String(rows(current().db))}`)
      }
      const { db } = current()
      db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true }))}`)
      client.send(message(3) + ASK + message(4) + ASK)
      await client.closed
      story.push(...(client.said.match(/<a [^>]*h="\d+"|<\/stream:stream>/g) ?? []).slice(2))
      ended = true
      return
    }
    await signIn(client)
    await client.greet(BIND + SM)
    const [, h] = await client.expect(/<resume[^>]* h="(\d+)"[^>]*>/)
    story.push(`resumes with ${h}`)
    client.send("<resumed xmlns='urn:xmpp:sm:3' previd='s-1' h='1'/>")
    for (const number of [1, 2, 3, 4].slice(Number(h))) client.send(message(number))
    client.send(ASK)
    story.push(`told ${await told(client)}`, `rows ${String(rows(current().db))}`)
    await client.closed
  })
  await expect.poll(() => ended, { timeout: 10_000 }).toBe(true)
  expect(stage.notices).toContain('disk-full')
  stage.db.pragma('max_page_count = 1000000')
  stage.app.wake()
  await expect.poll(() => story.length, { timeout: 10_000 }).toBe(7)
  expect(story).toStrictEqual(['told 1', 'rows 1', 'told 2', 'rows 2', 'resumes with 2', 'told 4', 'rows 4'])
  await stage.end()
})

test.each([1, 2, 3])(
  'killed after %i messages of which the server was told one: it is told of no more than is stored',
  async (count) => {
    const stage = await setStage((current) => async (client, connection) => {
      if (connection > 1) return
      await begin(client)
      client.send(message(1) + ASK)
      await told(client)
      for (let number = 2; number <= count; number += 1) client.send(message(number))
      await expect.poll(() => rows(current().db)).toBe(count)
      await client.closed
    })
    await expect.poll(() => rows(stage.db), { timeout: 10_000 }).toBe(count)
    // As another process finds it.
    const kept = createStorage(stage.db).findSession(1)
    expect(kept).toMatchObject({ id: 's-1', handled: 1 })
    await stage.end()
  },
)
