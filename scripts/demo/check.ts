/**
 * The demo without a person: each step does by the keyboard and mouse what a user would, in the real window, and leaves a
 * screenshot in demo/. One line a step; the first that fails ends the run and is named.
 */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { launchLinnet, type Linnet } from '../../test/helpers/app.ts'
import { connectDesktop, type Desktop } from '../../test/helpers/desktop.ts'
import { connectPeer } from '../../test/helpers/peer.ts'
import type { Prosody } from '../../test/helpers/prosody.ts'
import { root } from '../setup/paths.mjs'
import { PASSWORD } from './cast.ts'
import type { Players } from './players.ts'
import { ROMEO } from './stage.ts'

const WAIT_MS = 20_000

interface Scene {
  readonly server: Prosody
  readonly players: Players
  readonly linnet: Linnet
  readonly desktop: Desktop
  readonly page: Page
}

type Step = readonly [name: string, run: (scene: Scene) => Promise<void>]

const steps: readonly Step[] = [
  ['sign in through the setup screen', signIn],
  ['read what was said while away', readMissed],
  ['send a message and get the answer', talk],
  ['switch presence from the tray', switchPresence],
  ['accept a subscription request', acceptRequest],
]

export async function check(setting: {
  server: Prosody
  players: Players
  profile: string
}): Promise<number> {
  const shots = join(root, 'demo')
  if (existsSync(shots)) for (const old of readdirSync(shots)) rmSync(join(shots, old))
  mkdirSync(shots, { recursive: true })
  const linnet = await launchLinnet({ profile: setting.profile, server: setting.server })
  const desktop = connectDesktop()
  const page = linnet.page
  page.setDefaultTimeout(WAIT_MS)
  try {
    for (const [index, [name, run]] of steps.entries()) {
      const shot = join(shots, `${index + 1}-${name.replaceAll(' ', '-')}.png`)
      const failed = await run({ ...setting, linnet, desktop, page }).catch((error: unknown) =>
        error instanceof Error ? (error.stack ?? error.message) : String(error),
      )
      await page.screenshot({ path: shot })
      if (failed !== undefined) {
        console.error(`FAILED  ${name}\n${failed}`)
        return 1
      }
      console.log(`ok      ${name}`)
    }
    return 0
  } finally {
    desktop.close()
    await linnet.quit()
  }
}

async function signIn({ page, server }: Scene): Promise<void> {
  await page.getByLabel('XMPP address').fill(ROMEO)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Advanced' }).click()
  await page.getByLabel('Host').fill('127.0.0.1')
  await page.getByLabel('Port').fill(String(server.port))
  await page.getByLabel('Security').selectOption('starttls')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Chats' }).waitFor()
}

async function readMissed({ page }: Scene): Promise<void> {
  await page.getByRole('option', { name: /Juliet Capulet/ }).click()
  await page.getByRole('log').getByText('Three words, dear Romeo').waitFor()
}

async function talk({ page, players }: Scene): Promise<void> {
  const words = 'Call me but love, and I’ll be new baptized 🌹'
  await page.getByPlaceholder('Message Juliet Capulet').fill(words)
  await page.keyboard.press('Enter')
  await players.juliet.waitForMessage(words)
  await page.getByRole('log').getByText('O gentle Romeo').waitFor()
}

/** A second client must see it: that is what the click is for. */
async function switchPresence({ desktop, linnet, players }: Scene): Promise<void> {
  await desktop.clickTrayItem(linnet.pid, 'Away')
  const isAway = players.juliet.waitFor(
    (stanza) =>
      stanza.is('presence') &&
      String(stanza.attrs['from']).startsWith(ROMEO) &&
      stanza.getChildText('show') === 'away',
  )
  await isAway
}

async function acceptRequest({ page, server }: Scene): Promise<void> {
  const paris = await connectPeer(server, 'paris', PASSWORD)
  const text = '<status>We met at the feast last night.</status>'
  paris.send(`<presence to='${ROMEO}' type='subscribe'>${text}</presence>`)
  await page.getByRole('button', { name: 'Answer…' }).click()
  await page.getByRole('dialog').getByText('We met at the feast last night.').waitFor()
  await page.screenshot({ path: join(root, 'demo', '5-request.png') })
  await page.getByRole('button', { name: 'Accept and add to contacts' }).click()
  const answer = (type: string) =>
    paris.waitFor((stanza) => stanza.is('presence') && stanza.attrs['type'] === type)
  await Promise.all([answer('subscribed'), answer('subscribe')])
  paris.send(`<presence to='${ROMEO}' type='subscribed'/>`)
  await page.getByRole('button', { name: 'Accept and add to contacts' }).waitFor({ state: 'hidden' })
  paris.close()
}
