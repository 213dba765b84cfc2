/**
 * A disk that is full for a while, for real: nothing that comes is acknowledged before it is stored, what is typed is said
 * to be not kept, and once there is room all is there, once each, in order. Needs root, as CI has, for a tmpfs; elsewhere
 * acknowledging.test.ts has the same by a limit of SQLite's own.
 */
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openStorage } from '../../src-main/storage/index.ts'
import { startLiveApp, type LiveApp } from '../helpers/live-app.ts'
import { connectPeer } from '../helpers/peer.ts'
import { startProsody } from '../helpers/prosody.ts'
import { mountSmallDisk } from '../helpers/small-disk.ts'

const PASSWORD = 'wherefore'
const PATIENCE = { timeout: 40_000 }
const DISK_MB = 12
/** Some hundred of them fill what the database has set aside for itself. */
const LONG = 'but soft '.repeat(1000)
const MOST = 2000

const disk = mountSmallDisk(DISK_MB)
afterEach(() => disk?.remove())

test('what comes while it is full waits on the server, what is typed is refused, and then all is there', async () => {
  // The one reason why it may be left out.
  if (disk === undefined) return expect([process.platform, process.getuid?.()]).not.toEqual(['linux', 0])
  const server = await startProsody()
  for (const name of ['romeo', 'juliet']) server.addUser(name, PASSWORD)
  const juliet = await connectPeer(server, 'juliet', PASSWORD)
  const { storage } = openStorage({ file: join(disk.folder, 'linnet.sqlite'), now: Date.now })
  const romeo = await startLiveApp(server, 'romeo', PASSWORD, { storage })
  const said: string[] = []
  const say = (): void => {
    said.push(`${said.length} ${LONG}`)
    juliet.say(romeo.jid, said.at(-1) ?? '')
  }
  say()
  await expect.poll(() => heardBy(romeo), PATIENCE).toEqual(numbersOf(said))

  disk.fill()
  const isTold = (): boolean => romeo.app.state().notices.some(({ code }) => code === 'disk-full')
  for (let more = 0; !isTold() && more < MOST; more += 1) {
    say()
    await expect.poll(() => heardBy(romeo).length === said.length || isTold(), PATIENCE).toBe(true)
  }
  expect(isTold()).toBe(true)
  expect(heardBy(romeo)).toEqual(numbersOf(said).slice(0, -1))
  expect(() => romeo.say(juliet.bareJid, LONG)).toThrow('disk-full')
  say()

  disk.free()
  await expect
    .poll(() => {
      romeo.app.wake()
      return heardBy(romeo)
    }, PATIENCE)
    .toEqual(numbersOf(said))
  romeo.say(juliet.bareJid, 'there is room again')
  await juliet.waitForMessage('there is room again', PATIENCE.timeout)
  expect(isTold()).toBe(false)

  await romeo.close()
  storage.close()
  juliet.close()
  await server.dispose()
})

const numbersOf = (bodies: readonly string[]): string[] => bodies.map((body) => body.split(' ', 1).join())

function heardBy({ storage, accountId }: LiveApp): string[] {
  const [conversation] = storage.listConversations()
  if (conversation?.accountId !== accountId) return []
  const { messages } = storage.pageMessages({ conversationId: conversation.id, limit: MOST })
  return numbersOf(messages.filter(({ direction }) => direction === 'in').map(({ body }) => body))
}
