/** Words and names in the real application: styling, actions, directions, long messages, emoji, and names that deceive. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../../scripts/setup/paths.mjs'
import { removeProfile, type Linnet } from '../helpers/app.ts'
import { connectDesktop, type Desktop } from '../helpers/desktop.ts'
import { connectPeer, type Peer } from '../helpers/peer.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { chooseTheme, launchSignedIn, violationsOf } from './screens.ts'

const PASSWORD = 'But soft, what light'
const RIGHT_TO_LEFT = String.fromCodePoint(0x202e)
const ZERO_WIDTH = String.fromCodePoint(0x200b)
/** The whole word is Cyrillic; it reads "apple". */
const LOOKALIKE = 'juliet@аррӏе.com'

let server: Prosody
let desktop: Desktop
let juliet: Peer
let nurse: Peer
let linnet: Linnet
let page: Page

beforeAll(async () => {
  desktop = connectDesktop()
  server = await startProsody()
  await server.stop()
  for (const name of ['romeo', 'juliet', 'nurse', 'paris']) server.addUser(name, PASSWORD)
  server.setRoster('romeo', [
    { jid: `juliet@${server.domain}`, name: 'Juliet' },
    { jid: `nurse@${server.domain}`, name: `Nu${ZERO_WIDTH}rse ${RIGHT_TO_LEFT}live` },
    { jid: `paris@${server.domain}`, name: `Pa${ZERO_WIDTH}ris`, subscription: 'none' },
    { jid: LOOKALIKE, name: 'Julіet ' },
  ])
  server.setRoster('juliet', [{ jid: `romeo@${server.domain}` }])
  await server.start()
  juliet = await connectPeer(server, 'juliet', PASSWORD)
  nurse = await connectPeer(server, 'nurse', PASSWORD)
  linnet = await launchSignedIn(server, { name: 'romeo', password: PASSWORD })
  page = linnet.page
  say('Romeo!')
  await option(/Juliet/).click()
})
afterAll(async () => {
  await linnet.quit()
  removeProfile(linnet.profile)
  juliet.close()
  nurse.close()
  await server.dispose()
  desktop.close()
})

const log = () => page.getByRole('log')
const composer = () => page.getByRole('textbox', { name: 'Message Juliet' })
const option = (name: string | RegExp) =>
  page.getByRole('listbox', { name: 'Chats' }).getByRole('option', { name })
const say = (body: string): void => void juliet.say(`romeo@${server.domain}`, body)
/** The newest message that has these words. */
const message = (words: string) => log().getByRole('article').filter({ hasText: words }).last()
const copied = (): Promise<string> => linnet.app.evaluate(({ clipboard }) => clipboard.readText())

describe('styling', () => {
  const BODY =
    '*strong* _words_ and `code`\n> quoted\n>> twice\n```rust\nfn main() {}\n```\nhttps://verona.example/a end'

  test('is shown as what it means, and is copied as it was written', async () => {
    say(BODY)
    const article = message('strong')
    await article.getByRole('strong').getByText('strong').waitFor()
    await article.getByRole('emphasis').getByText('words').waitFor()
    await article.getByRole('blockquote').getByRole('blockquote').getByText('twice').waitFor()
    await article.getByRole('link', { name: 'https://verona.example/a' }).waitFor()
    // Selected from end to end and copied, the signs are there again.
    await article.evaluate((element) => {
      const text = element.querySelector('.text')
      if (text) getSelection()?.selectAllChildren(text)
    })
    await page.keyboard.press('Control+c')
    await expect.poll(copied).toBe(BODY)
    await article.getByRole('button', { name: 'Copy code' }).click()
    await expect.poll(copied).toBe('fn main() {}')
    expect(await option(/Juliet/).textContent()).toContain('*strong* _words_ and `code` > quoted')
  })

  test('the sender may want it unstyled, also after a restart of the window', async () => {
    const to = `romeo@${server.domain}`
    juliet.send(
      `<message to='${to}' type='chat' id='u1'><body>&gt; _ &lt; *so*</body><unstyled xmlns='urn:xmpp:styling:0'/></message>`,
    )
    await log().getByText('> _ < *so*', { exact: true }).waitFor()
    await page.reload()
    await option(/Juliet/).click()
    await log().getByText('> _ < *so*', { exact: true }).waitFor()
    expect(await message('*so*').getByRole('blockquote').count()).toBe(0)
  })
})

test('an action is told with who acts, in log, list and notification', async () => {
  say('/me laughs *out loud*')
  await message('laughs').getByText('Juliet').waitFor()
  await option(/\* Juliet laughs \*out loud\*/).waitFor()
  await composer().fill('/me waits')
  await page.keyboard.press('Enter')
  await juliet.waitForMessage('/me waits')
  await message('waits').getByText('romeo').waitFor()
  await option(/\* romeo waits/).waitFor()
  nurse.say(`romeo@${server.domain}`, '/me\tcalls')
  nurse.say(`romeo@${server.domain}`, '/me calls\nfrom afar')
  await expect
    .poll(async () => (await desktop.notifications(linnet.pid)).map(({ body }) => body.split('\n')[0]))
    .toContain(`* ⚠ Nu[U+200B]rse [U+202E]live calls from afar`)
  await composer().fill('/help *me*')
  await page.keyboard.press('Enter')
  await juliet.waitForMessage('/help *me*')
})

test('each line finds its own direction', async () => {
  say('مرحبا يا روميو\nHello Romeo\n> שלום')
  const sides = await message('Hello Romeo').evaluate((article) =>
    [...article.querySelectorAll('p')].map((line) => getComputedStyle(line).direction),
  )
  expect(sides).toEqual(['rtl', 'ltr', 'rtl'])
})

describe('words from right to left that have no room', () => {
  const words = Array.from({ length: 24 }, (_, index) => (index === 0 ? 'שלום' : 'מילה')).join(' ')
  const resize = (width: number, height: number): Promise<number[]> =>
    linnet.app.evaluate(
      ({ BrowserWindow }, [wide = 0, high = 0]) => {
        const [main] = BrowserWindow.getAllWindows()
        const before = main?.getContentSize() ?? []
        main?.setContentSize(wide, high)
        return before
      },
      [width, height],
    )
  let before: number[]
  beforeAll(async () => void (before = await resize(760, 600)))
  afterAll(async () => void (await resize(before[0] ?? 0, before[1] ?? 0)))

  /** Of each line that begins so: whether it is cut, and whether its first and its last letter are to be seen. */
  const cuts = () =>
    page.locator('bdi.clip', { hasText: 'שלום' }).evaluateAll((lines) =>
      lines.map((line) => {
        const box = line.getBoundingClientRect()
        const text = line.firstChild as Text
        const isSeen = (at: number): boolean => {
          const range = document.createRange()
          range.setStart(text, at)
          range.setEnd(text, at + 1)
          const { left, right } = range.getBoundingClientRect()
          return left >= box.left - 1 && right <= box.right + 1
        }
        return [line.scrollWidth > line.clientWidth, isSeen(0), isSeen(text.length - 1)]
      }),
    )
  const lost = (count: number): boolean[][] => Array.from({ length: count }, () => [true, true, false])
  const choose = async (name: string): Promise<void> => {
    await log().getByText('שלום').last().click({ button: 'right' })
    await page.getByRole('menuitem', { name, exact: true }).click()
  }

  test('lose their end: in the list, where they are pinned, answered and quoted, and as a status', async () => {
    say(words)
    await expect.poll(cuts, { timeout: 20_000 }).toEqual(lost(1))
    await choose('Pin')
    await choose('Reply')
    await expect.poll(cuts, { timeout: 20_000 }).toEqual(lost(3))
    await composer().fill('ok')
    await page.keyboard.press('Enter')
    await log()
      .getByRole('button', { name: /^Go to the message/ })
      .waitFor()
    await option(/You: ok/).waitFor()
    await expect.poll(cuts, { timeout: 20_000 }).toEqual(lost(2))
    juliet.send(`<presence><status>${words}</status></presence>`)
    await expect.poll(cuts, { timeout: 20_000 }).toEqual(lost(3))
    juliet.send('<presence/>')
    await page.getByRole('button', { name: 'Unpin' }).click()
  })
})

describe('a message of 10,000 lines', () => {
  const lines = Array.from({ length: 10_000 }, (_, index) => `l${index + 1}`)
  const place = (): Promise<number[]> =>
    log().evaluate(({ scrollTop, scrollHeight }) => [scrollTop, scrollHeight])
  const firstInSight = (): Promise<string | undefined> =>
    log().evaluate((viewport) => {
      const { top } = viewport.getBoundingClientRect()
      return [...viewport.querySelectorAll('.words')].find((line) => line.getBoundingClientRect().top >= top)
        ?.textContent
    })

  test('opens where it is, is walked to its end and back without a jump, and closes', async () => {
    say(lines.join('\n'))
    const open = log().getByRole('button', { name: 'Show all 10,000 lines' })
    await open.waitFor()
    const [before = 0] = await place()
    await open.click()
    await expect.poll(async () => (await place())[1]).toBeGreaterThan(150_000)
    expect((await place())[0]).toBe(before)
    // What is far from the eye is not drawn.
    expect(await log().locator('p').count()).toBeLessThan(1000)
    await log().evaluate((viewport) => viewport.scrollTo(0, viewport.scrollHeight))
    await log().getByText('l10000').waitFor()
    await log().evaluate((viewport) => viewport.scrollBy(0, -60_000))
    await expect.poll(firstInSight).toMatch(/^l\d+\n$/)
    const line = await firstInSight()
    await page.waitForTimeout(300)
    expect(await firstInSight()).toBe(line)
    await log().evaluate((viewport) => viewport.scrollTo(0, viewport.scrollHeight))
    await log().getByRole('button', { name: 'Show less' }).click()
    await open.waitFor()
    expect(await log().locator('p').count()).toBeLessThan(100)
    await log().getByText('l1', { exact: true }).waitFor()
  })

  test('and a message of 64 KB can be written and sent', async () => {
    const body = 'Speak again, bright angel! '.repeat(2400).trim()
    await composer().fill(body)
    await composer().press('End')
    await page.keyboard.type(' Ay me!')
    await page.keyboard.press('Enter')
    await juliet.waitForMessage(`${body} Ay me!`)
    await log()
      .getByRole('button', { name: /^Show all 64,\d+ characters$/ })
      .waitFor()
    expect(await composer().inputValue()).toBe('')
  })
})

describe('emoji', () => {
  test('are picked by keyboard alone', async () => {
    await composer().click()
    await page.keyboard.press('Control+e')
    await page.getByRole('gridcell', { name: 'grinning face', exact: true }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await expect.poll(() => composer().inputValue()).toBe('😃')
    expect(await composer().evaluate((field) => field === document.activeElement)).toBe(true)
    await page.keyboard.press('Control+e')
    // What was used last comes first, also after it was closed.
    await page.getByRole('row', { name: 'Recently used' }).waitFor()
    await page.keyboard.type('月亮')
    await page.getByText(/^\d+ emoji found$/).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await composer().inputValue()).toBe('😃')
  })

  test('short names are completed, replaced, undone, and left alone where they are none', async () => {
    await composer().fill('')
    await page.keyboard.type('at 10:30:45 :tad')
    await page
      .getByRole('listbox', { name: 'Matching emoji' })
      .getByRole('option', { name: /:tada:/ })
      .waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.keyboard.press('Enter')
    await expect.poll(() => composer().inputValue()).toBe('at 10:30:45 🎉')
    await page.keyboard.type(' `:tada:` :smile:')
    await expect.poll(() => composer().inputValue()).toBe('at 10:30:45 🎉 `:tada:` 😄')
    await page.keyboard.press('Control+z')
    expect(await composer().inputValue()).not.toContain('😄')
    await composer().fill('')
  })

  test('load when they are wanted, not with the window', () => {
    const assets = join(root, 'out/renderer/assets')
    const [entry = ''] =
      /index-[\w-]+\.js/.exec(readFileSync(join(root, 'out/renderer/index.html'), 'utf8')) ?? []
    expect(readFileSync(join(assets, entry), 'utf8')).not.toContain('grinning squinting face')
    const others = readdirSync(assets).filter((file) => file.endsWith('.js') && file !== entry)
    expect(
      others.some((file) => readFileSync(join(assets, file), 'utf8').includes('grinning squinting face')),
    ).toBe(true)
  })
})

describe('names that deceive show it (attack S16)', () => {
  const NURSE = /Nu\s*U\+200B\s*rse\s*U\+202E\s*live/

  test('in the chat list, the header and the title', async () => {
    await option(NURSE).click()
    await page.getByRole('heading', { level: 1, name: NURSE }).waitFor()
    await page.getByRole('textbox', { name: 'Message ⚠ Nu[U+200B]rse [U+202E]live' }).waitFor()
    await page
      .getByRole('heading', { level: 1 })
      .getByRole('img', { name: /cannot be seen/ })
      .waitFor()
    const opened = linnet.nextWindow()
    await page.getByRole('button', { name: 'Open in its own window' }).click()
    const own = await opened
    await expect.poll(() => own.title()).toBe('⚠ Nu[U+200B]rse [U+202E]live')
    await own.close()
  })

  test('in the contacts and the switcher, a misleading domain in ASCII', async () => {
    await page.getByRole('button', { name: /^Contacts/ }).click()
    const row = page.getByRole('row', { name: /Julіet/ })
    await row.getByRole('img', { name: /another alphabet.*xn--80ak6aa92e\.com/ }).waitFor()
    await row.getByText('U+0020').waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.keyboard.press('Control+k')
    await page.keyboard.type('jul')
    await page.getByRole('option', { name: /\(xn--80ak6aa92e\.com\)/ }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^Chats/ }).click()
  })

  test('in the tray and the notification', async () => {
    await option(/Juliet/).click()
    nurse.say(`romeo@${server.domain}`, 'unread')
    await expect
      .poll(async () => (await desktop.trayMenu(linnet.pid)).map(({ label }) => label))
      .toContain('⚠ Nu[U+200B]rse [U+202E]live (1)')
    await expect
      .poll(async () => (await desktop.notifications(linnet.pid)).map(({ title }) => title))
      .toContain('⚠ Nu[U+200B]rse [U+202E]live')
  })

  test('in a request and its dialog, with what they call themselves', async () => {
    const paris = await connectPeer(server, 'paris', PASSWORD)
    const nick = `<nick xmlns='http://jabber.org/protocol/nick'>ad${ZERO_WIDTH}min </nick>`
    paris.send(`<presence to='romeo@${server.domain}' type='subscribe'>${nick}</presence>`)
    await page.getByRole('button', { name: /^Notices/ }).click()
    await page.getByRole('button', { name: /Pa\s*U\+200B\s*ris/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('heading', { name: '⚠ Pa[U+200B]ris wants to see' }).waitFor()
    await dialog.getByText('⚠ ad[U+200B]min[U+0020]').waitFor()
    paris.close()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^Chats/ }).click()
  })
})

test('no barrier that axe finds in a log of all this, light and dark', async () => {
  await option(/Juliet/).click()
  say('*a* _b_ ~c~ `d`\n> e\n```\nf\n```')
  say('/me rests')
  await message('rests').waitFor()
  for (const theme of ['light', 'dark'] as const) {
    await chooseTheme(page, theme)
    expect(await violationsOf(page)).toEqual([])
  }
})
