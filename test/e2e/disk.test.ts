/** What Linnet leaves on the disk, looked through byte by byte. */
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchLinnet, removeProfile, type Linnet } from '../helpers/app.ts'
import { connectPeer, type Peer } from '../helpers/peer.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { launchSignedIn, untilOnline } from './screens.ts'

const PASSWORD = 'unique-secret-8f2c91'

let server: Prosody
let juliet: Peer
let linnet: Linnet

beforeAll(async () => {
  server = await startProsody()
  for (const name of ['romeo', 'juliet']) server.addUser(name, PASSWORD)
  server.setRoster('romeo', [{ jid: 'juliet@chat.test' }])
  juliet = await connectPeer(server, 'juliet', PASSWORD)
})
afterAll(async () => {
  juliet.close()
  await server.dispose()
})

test('S18: no password anywhere in the profile, remembered as it is; no address or word in the log', async () => {
  linnet = await launchSignedIn(server, { name: 'romeo', password: PASSWORD })
  const { page, profile } = linnet
  juliet.say('romeo@chat.test', 'words that no log may hold')
  await page.getByText('words that no log may hold').first().waitFor()
  await page.evaluate(() => (window as never as { bridge: { invoke(n: string, i: unknown): Promise<unknown> } }).bridge.invoke('nothing', {})) // prettier-ignore
  await linnet.quit()
  const files = allFiles(profile).filter((file) => !file.endsWith('provision.json'))
  expect(files.some((file) => file.endsWith('secrets.json'))).toBe(true)
  for (const form of [
    PASSWORD,
    Buffer.from(PASSWORD).toString('base64').slice(0, -2),
    Buffer.from(`\0romeo\0${PASSWORD}`).toString('base64'),
  ]) {
    for (const encoding of ['utf8', 'utf16le'] as const) {
      const needle = Buffer.from(form, encoding)
      expect(files.filter((file) => readFileSync(file).includes(needle))).toEqual([])
    }
  }
  const log = readFileSync(join(profile, 'logs', 'linnet.log'), 'utf8')
  expect(log).toContain('main: start')
  expect(log).not.toMatch(/chat\.test|romeo|juliet|words that|127\.0\.0\.1/i)
  const isPrivate = (name: string): boolean => (statSync(join(profile, name)).mode & 0o077) === 0
  expect(
    ['secrets.json', 'linnet.sqlite', 'log-key', 'logs/linnet.log'].filter((name) => !isPrivate(name)),
  ).toEqual([])

  // And it is the keyring that knows it: the next start signs in without being asked.
  linnet = await launchLinnet({ profile, server })
  await untilOnline(linnet.page)
  await linnet.quit()
  removeProfile(profile)
})

function allFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
