/** Tray, notifications, windows and the profile on a real desktop: real clicks, seen by a second client. */
import type { Page } from 'playwright-core'
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { ensureElectron } from '../../scripts/setup/electron.mjs'
import { root } from '../../scripts/setup/paths.mjs'
import {
  launchLinnet,
  newProfile,
  removeProfile,
  rootFlags,
  startAgain as startLinnetAgain,
  type Linnet,
} from '../helpers/app.ts'
import { connectDesktop, type Desktop, type ShownNotification } from '../helpers/desktop.ts'
import { connectPeer, type Peer } from '../helpers/peer.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { launchSignedIn, untilOnline } from './screens.ts'

const PASSWORD = 'unique-secret-8f2c91'
const ROMEO = { name: 'romeo', password: PASSWORD }

let server: Prosody
let desktop: Desktop
let juliet: Peer
let linnet: Linnet
let page: Page

beforeAll(async () => {
  server = await startProsody()
  for (const name of ['romeo', 'juliet', 'nurse']) server.addUser(name, PASSWORD)
  const contacts = [
    { jid: 'juliet@chat.test', name: 'Juliet <b>Capulet</b>' },
    { jid: 'nurse@chat.test', name: 'Nurse' },
  ]
  server.setRoster('romeo', contacts)
  for (const name of ['juliet', 'nurse']) server.setRoster(name, [{ jid: 'romeo@chat.test' }])
  juliet = await connectPeer(server, 'juliet', PASSWORD)
  desktop = connectDesktop()
})
afterAll(async () => {
  desktop.close()
  juliet.close()
  await server.dispose()
})

async function start(): Promise<void> {
  linnet = await launchSignedIn(server, ROMEO)
  page = linnet.page
}

async function end(): Promise<void> {
  await linnet.quit()
  removeProfile(linnet.profile)
}

/** Asks until it is so; fails with what it was last. */
async function eventually<T>(ask: () => Promise<T> | T, isRight: (value: T) => boolean): Promise<T> {
  for (const end = Date.now() + 20_000; ;) {
    const value = await ask()
    if (isRight(value)) return value
    if (Date.now() > end) throw new Error(`in vain: ${inspect(value, { depth: 4 })}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const shown = (): Promise<readonly ShownNotification[]> => desktop.notifications(linnet.pid)
const notificationWith = async (words: string): Promise<ShownNotification> => {
  const all = await eventually(shown, (list) => list.some(({ body }) => body.includes(words)))
  return all.find(({ body }) => body.includes(words)) as ShownNotification
}
/** Longer than a notification takes to come. */
const forAWhile = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 1200))

const closeMain = (): Promise<void> =>
  linnet.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
const isMainVisible = (): Promise<boolean> =>
  linnet.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() === true)
const openConversation = (name: string): Promise<void> => page.getByRole('option', { name }).first().click()
/** The words in the log of the conversation, not in the list. */
const inLog = (words: string) => page.getByRole('log').getByText(words)
const presenceOf = (show: string | undefined, before = juliet.received.length): Promise<unknown> => {
  return eventually(
    () => juliet.received.slice(before).concat(juliet.received.slice(-1)),
    (stanzas) =>
      stanzas.some((stanza) => {
        const isRomeo = stanza.is('presence') && String(stanza.attrs['from']).startsWith('romeo@')
        return isRomeo && (show === 'offline' ? stanza.attrs['type'] === 'unavailable' : stanza.attrs['type'] === undefined && stanza.getChildText('show') === (show ?? null)) // prettier-ignore
      }),
  )
}

describe('the tray', () => {
  beforeAll(start)
  afterAll(end)

  const checked = async (): Promise<string[]> =>
    (await desktop.trayMenu(linnet.pid)).flatMap((item) => (item.checked ? item.label : []))

  test.each([
    ['Do not disturb', 'dnd'],
    ['Away', 'away'],
    ['Free for chat', 'chat'],
    ['Online', undefined],
  ])('a click on %s is what a second client and the window see', async (label, show) => {
    await desktop.clickTrayItem(linnet.pid, label)
    await presenceOf(show)
    expect(await eventually(checked, (labels) => labels.includes(label))).toEqual([label])
    await page.getByRole('button', { name: `Your presence: ${label}` }).waitFor()
    await eventually(() => desktop.trayTooltip(linnet.pid), (tooltip) => tooltip.includes(`Linnet · ${label}`)) // prettier-ignore
  })

  test('offline and back', async () => {
    await desktop.clickTrayItem(linnet.pid, 'Offline')
    await presenceOf('offline')
    expect(await eventually(checked, (labels) => labels.includes('Offline'))).toEqual(['Offline'])
    await desktop.clickTrayItem(linnet.pid, 'Online')
    await presenceOf(undefined)
    await untilOnline(page)
  })

  test('what is unread is in the menu, leads to it, and is gone when it is read', async () => {
    juliet.say('romeo@chat.test', 'From the tray to the orchard')
    const label = 'Juliet <b>Capulet</b> (1)'
    const labels = async (): Promise<string[]> =>
      (await desktop.trayMenu(linnet.pid)).map((item) => item.label)
    await eventually(labels, (list) => list.includes(label))
    await eventually(() => desktop.trayTooltip(linnet.pid), (tooltip) => tooltip.includes('1 unread message')) // prettier-ignore
    await desktop.clickTrayItem(linnet.pid, label)
    await inLog('From the tray to the orchard').waitFor()
    await eventually(labels, (list) => !list.includes(label))
  })

  test('closing the window goes to the tray and stays online; the menu and the icon bring it back', async () => {
    await closeMain()
    expect(await isMainVisible()).toBe(false)
    await desktop.clickTrayItem(linnet.pid, 'Show Linnet')
    await eventually(isMainVisible, (visible) => visible)
    await closeMain()
    await desktop.activateTray(linnet.pid)
    await eventually(isMainVisible, (visible) => visible)
    expect(juliet.received.at(-1)?.attrs['type']).not.toBe('unavailable')
  })

  test('a window that stays hidden gives back its memory, and comes back with what it showed', async () => {
    // The clock of the main process, for this one wait: a minute of lying hidden is over at once.
    await linnet.app.evaluate(() => {
      const unhurried = globalThis.setTimeout
      const hurried = (body: () => void, ms: number) => unhurried(body, ms === 65_000 ? 10 : ms)
      globalThis.setTimeout = Object.assign(hurried, { unhurried }) as never
    })
    const windows = (): Promise<number> =>
      linnet.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
    await page.keyboard.press('Control+K')
    await page.getByRole('dialog').waitFor()
    await closeMain()
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(await windows()).toBe(1)
    await desktop.activateTray(linnet.pid)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })

    await closeMain()
    await eventually(windows, (count) => count === 0)
    expect(juliet.received.at(-1)?.attrs['type']).not.toBe('unavailable')
    const back = linnet.nextWindow()
    await desktop.activateTray(linnet.pid)
    page = await back
    await inLog('From the tray to the orchard').waitFor()
    expect(await windows()).toBe(1)
    await linnet.app.evaluate(() => {
      globalThis.setTimeout = (globalThis.setTimeout as never as { unhurried: typeof setTimeout }).unhurried
    })
  })

  test('speaks the language that the user chose', async () => {
    const choose = (language: string) =>
      page.evaluate(
        (language) => (window as never as { bridge: { invoke(n: string, i: unknown): Promise<unknown> } }).bridge.invoke('settings.set', { language }),
        language,
      ) // prettier-ignore
    await choose('zh-CN')
    const labels = async (): Promise<string[]> =>
      (await desktop.trayMenu(linnet.pid)).map((item) => item.label)
    await eventually(labels, (list) => list.includes('退出 Linnet'))
    await choose('en')
    await eventually(labels, (list) => list.includes('Quit Linnet'))
  })

  test('quits from the menu, and says goodbye', async () => {
    const gone = new Promise((resolve) => linnet.app.process().once('exit', resolve))
    const before = juliet.received.length
    await desktop.clickTrayItem(linnet.pid, 'Quit Linnet')
    expect(await gone).toBe(0)
    await presenceOf('offline', before)
  })
})

describe('notifications', () => {
  beforeAll(async () => {
    await start()
    const nurse = await connectPeer(server, 'nurse', PASSWORD)
    nurse.say('romeo@chat.test', 'first words')
    await page.getByRole('option', { name: 'Nurse' }).first().waitFor()
    nurse.close()
  })
  afterAll(end)

  test('come for a conversation that is not before the eyes; markup of a contact is text', async () => {
    juliet.say('romeo@chat.test', 'Romeo <i>doff</i> thy name & <a href="x">click</a>')
    const { title, body } = await notificationWith('doff')
    expect(title).toBe('Juliet <b>Capulet</b>')
    expect(body).toBe('Romeo &lt;i&gt;doff&lt;/i&gt; thy name &amp; &lt;a href="x"&gt;click&lt;/a&gt;')
  })

  test('a click raises the window with the conversation', async () => {
    await closeMain()
    await openConversationByClick('Nurse')
    juliet.say('romeo@chat.test', 'O be some other name')
    const { id } = await notificationWith('some other name')
    await desktop.clickNotification(id)
    await eventually(isMainVisible, (visible) => visible)
    await inLog('O be some other name').waitFor()
  })

  test('none for the conversation in focus, also after another one was', async () => {
    await openConversation('Nurse')
    await inLog('first words').waitFor()
    await openConversation('Juliet')
    await inLog('O be some other name').waitFor()
    await page.bringToFront()
    await eventually(
      () => linnet.app.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow() !== null),
      (focused) => focused,
    )
    juliet.say('romeo@chat.test', 'seen as it comes')
    await inLog('seen as it comes').waitFor()
    await forAWhile()
    expect((await shown()).filter(({ body }) => body.includes('seen as it comes'))).toEqual([])
  })

  test('reading takes it away', async () => {
    await openConversation('Nurse')
    juliet.say('romeo@chat.test', 'while nobody looks')
    const { id } = await notificationWith('while nobody looks')
    expect((await shown()).find((each) => each.id === id)?.closed).toBe(false)
    await openConversation('Juliet')
    await eventually(shown, (list) => list.some((each) => each.id === id && each.closed))
  })

  test('a burst is one, with its number', async () => {
    await openConversation('Nurse')
    const before = (await shown()).length
    for (const word of ['one', 'two', 'three']) juliet.say('romeo@chat.test', `burst ${word}`)
    const { body } = await notificationWith('burst three')
    expect(body).toBe('burst three\nand 2 more')
    expect((await shown()).length).toBe(before + 1)
  })

  test('a request to see our presence comes too, and a click leads to its dialog', async () => {
    const nurse = await connectPeer(server, 'nurse', PASSWORD)
    server.addUser('paris', PASSWORD)
    const paris = await connectPeer(server, 'paris', PASSWORD)
    await closeMain()
    paris.send('<presence to="romeo@chat.test" type="subscribe"/>')
    const { title, id } = await notificationWith('Open Linnet to answer.')
    expect(title).toContain('paris@chat.test')
    await desktop.clickNotification(id)
    await page.getByRole('dialog').getByText('paris@chat.test').first().waitFor()
    await page.keyboard.press('Escape')
    paris.close()
    nurse.close()
  })

  test('none in do not disturb', async () => {
    await desktop.clickTrayItem(linnet.pid, 'Do not disturb')
    await presenceOf('dnd')
    await closeMain()
    juliet.say('romeo@chat.test', 'do not ring')
    await eventually(
      async () => (await desktop.trayMenu(linnet.pid)).map((item) => item.label),
      (labels) => labels.some((label) => label.startsWith('Juliet')),
    )
    await forAWhile()
    expect((await shown()).filter(({ body }) => body.includes('do not ring'))).toEqual([])
  })

  /** The window is hidden, so the choice is made in the page alone. */
  const openConversationByClick = (name: string): Promise<void> =>
    page.getByRole('option', { name }).first().dispatchEvent('click')
})

describe('one instance', () => {
  beforeAll(start)
  afterAll(end)

  const startAgain = (...args: string[]) => startLinnetAgain(linnet.profile, ...args)

  test('a second start shows the first one and ends', async () => {
    await closeMain()
    expect(await startAgain()).toBe(0)
    await eventually(isMainVisible, (visible) => visible)
    expect(linnet.app.windows()).toHaveLength(1)
  })

  test('S11: an xmpp: link opens a dialog and does nothing by itself; options beside it do not count', async () => {
    const before = juliet.received.length
    const link = 'xmpp:juliet@chat.test?message;body=I%20owe%20you%20money'
    expect(await startAgain(link, '--provision=/nonexistent')).toBe(0)
    const dialog = page.getByRole('dialog')
    await dialog.getByText('I owe you money').waitFor()
    expect(await page.getByText('/nonexistent').count()).toBe(0)
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await forAWhile()
    expect(juliet.received.slice(before).filter((stanza) => !stanza.is('presence'))).toEqual([])
  })

  test('S11: none of the actions that a link can name is done without the user', async () => {
    const before = juliet.received.length
    for (const action of ['subscribe', 'remove', 'roster;name=Mallory', 'join', 'register;preauth=x']) {
      expect(await startAgain(`xmpp:juliet@chat.test?${action}`)).toBe(0)
      await forAWhile()
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    expect(
      juliet.received
        .slice(before)
        .filter((stanza) => !stanza.is('presence', 'jabber:client') || stanza.attrs['type'] !== undefined),
    ).toEqual([])
    await page.getByRole('button', { name: 'Contacts' }).click()
    expect(await page.getByText('Mallory').count()).toBe(0)
    await page.getByRole('button', { name: 'Chats', exact: false }).first().click()
  })

  test('nonsense after xmpp: only shows the window', async () => {
    expect(await startAgain('xmpp:javascript:alert(1)//@')).toBe(0)
    await forAWhile()
    expect(await page.getByRole('dialog').count()).toBe(0)
  })

  test('a file of accounts that is wrong is named in the window', async () => {
    const file = join(root, 'package.json')
    expect(await startAgain(`--provision=${file}`)).toBe(0)
    await page.getByText('accounts: is missing').waitFor()
  })
})

describe('the provision file', () => {
  const profile = newProfile()
  afterAll(() => removeProfile(profile))

  const file = join(profile, 'provision.json')
  const fault = 'accounts[1].port: must be a whole number from 1 to 65535'
  beforeAll(() => {
    const accounts = [
      { address: 'romeo@chat.test', password: PASSWORD },
      { address: 'juliet@chat.test', password: PASSWORD, port: 0 },
    ]
    writeFileSync(file, JSON.stringify({ accounts }))
  })

  test('a fault is named in the window, and nothing is imported', async () => {
    const refused = await launchLinnet({ profile, args: ['--provision', file] })
    await refused.page.getByText(fault).waitFor()
    await refused.page.getByLabel('XMPP address').waitFor()
    await refused.quit()
  })

  test('a fault is named on the terminal, without what the file holds', async () => {
    const { electronPath } = await ensureElectron()
    const args = [root, ...rootFlags(), `--user-data-dir=${profile}`, `--provision=${file}`]
    const child = spawn(electronPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.on('data', (data) => (said += String(data)))
    await eventually(
      () => said,
      (text) => text.includes(`linnet: ${file}: ${fault}`),
    )
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill()
    await gone
    expect(said).not.toContain(PASSWORD)
  })
})

describe('windows', () => {
  const profile = newProfile()
  let running: Linnet | undefined
  afterEach(() => running?.quit())
  afterAll(() => removeProfile(profile))

  const bounds = (of: Linnet): Promise<unknown> =>
    of.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds())
  const zoom = (of: Linnet): Promise<number | undefined> =>
    of.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getZoomLevel())

  test('come back where they were, as large as they were, with the same zoom', async () => {
    const place = { x: 60, y: 70, width: 812, height: 613 }
    running = await launchLinnet({ profile })
    await running.page.getByLabel('XMPP address').waitFor()
    await running.app.evaluate(({ BrowserWindow, Menu }, place) => {
      const [window] = BrowserWindow.getAllWindows()
      window?.setBounds(place)
      const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? []
      items
        .find(({ accelerator }) => accelerator === 'CommandOrControl+Plus')
        ?.click(undefined, window, window?.webContents)
    }, place)
    const level = await eventually(() => zoom(running as Linnet), (value) => (value ?? 0) > 0) // prettier-ignore
    await running.quit()
    running = await launchLinnet({ profile })
    await running.page.getByLabel('XMPP address').waitFor()
    expect(await bounds(running)).toEqual(place)
    expect(await zoom(running)).toBe(level)
  })

  test('where no tray would bring it back, closing the window ends Linnet', async () => {
    running = undefined
    const nowhere = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' }
    const alone = await launchLinnet({ profile, env: nowhere })
    const gone = new Promise((resolve) => alone.app.process().once('exit', resolve))
    await alone.page.getByLabel('XMPP address').waitFor()
    await alone.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
    expect(await gone).toBe(0)
  })
})
