/** The log in the real window: it keeps still, is walked and acted on by keys, shows gaps, selects, and jumps. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { AppEvents } from '../../src-main/model/events.ts'
import type { HistoryGap, Message, MessagePage } from '../../src-main/model/message.ts'
import { launchLinnet, newProfile, removeProfile, type Linnet } from '../helpers/app.ts'
import { writeLongHistory, type LongHistory } from '../helpers/long-history.ts'
import { chooseTheme, violationsOf } from './screens.ts'

const COUNT = 3000
const HOUR = 3_600_000

let linnet: Linnet
let page: Page
let history: LongHistory
let newest: Message
let told = 0

beforeAll(async () => {
  const profile = newProfile()
  history = writeLongHistory(profile, COUNT, HOUR)
  linnet = await launchLinnet({ profile })
  page = linnet.page
  await linnet.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setContentSize(1000, 700),
  )
  await page.getByRole('option', { name: /juliet/ }).click()
  await words(COUNT).waitFor()
  const last = (await pageOf({ limit: 1 })).messages[0]
  if (last === undefined) throw new Error('no history')
  newest = last
})
afterAll(async () => {
  await linnet.kill()
  removeProfile(linnet.profile)
})
/** Each begins at the end of the log, with the focus in the composer. */
beforeEach(async () => {
  const jump = page.getByRole('button', { name: /^(Jump to the latest message|\d+ new messages?)$/ })
  if (await jump.isVisible()) await jump.click()
  await words(COUNT).waitFor()
  await composer().focus()
})

const log = () => page.getByRole('log')
const composer = () => page.getByRole('textbox', { name: /^Message/ })
/** The nth message of the history. */
const words = (nth: number) =>
  log()
    .getByRole('article')
    .filter({ hasText: new RegExp(`#${nth} `) })
const isFocused = (nth: number) => words(nth).evaluate((element) => element === document.activeElement)
const copied = (): Promise<string> => linnet.app.evaluate(({ clipboard }) => clipboard.readText())
const atNoon = (day: number): Date => new Date(new Date(Date.now() - day * 24 * HOUR).setHours(12, 0, 0, 0))

function pageOf(input: object): Promise<MessagePage> {
  return page.evaluate(
    async (wish) => {
      const reply = await window.bridge.invoke('conversation.page', wish)
      if (!reply.ok) throw new Error(reply.error.code)
      return reply.value
    },
    { conversationId: history.conversationId, limit: 50, ...input },
  )
}

type Told = { [N in keyof AppEvents]: { name: N; payload: AppEvents[N] } }[keyof AppEvents]

/** What the main process would tell; all in one batch. */
async function tell(events: readonly Told[]): Promise<void> {
  const seq = await page.evaluate(async () => {
    const reply = await window.bridge.invoke('app.snapshot', {})
    return reply.ok ? reply.value.seq : 0
  })
  // Between two numbers of the real ones, and each above the last.
  const batch = events.map((event) => ({ ...event, seq: seq + (told += 1) / 1e6 }))
  await linnet.app.evaluate(
    ({ BrowserWindow }, sent) => BrowserWindow.getAllWindows()[0]?.webContents.send('app:event', sent),
    batch,
  )
}

/** A message that comes late, so many milliseconds before `anchor`. */
function late(id: number, anchor: Message, beforeMs: number, body: string): Told {
  const sentAt = anchor.sentAt - beforeMs
  const message: Message = { ...anchor, id, body, sentAt, place: anchor.place - beforeMs * 1000 }
  return { name: 'message.added', payload: { message } }
}

/** Pixels from the top of the log, of the nth message. */
const topOf = (nth: number): Promise<number> =>
  words(nth).evaluate((element) => {
    const view = element.closest('[role=log]')
    return element.getBoundingClientRect().top - (view?.getBoundingClientRect().top ?? 0)
  })

describe('keeping still', () => {
  let anchor: Message
  let anchorNth = 0

  /** Scrolls up some pages; the anchor is a message in the middle of the view. */
  beforeEach(async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      await log().evaluate((view) => view.scrollBy(0, -900))
      await page.waitForTimeout(100)
    }
    anchorNth = await log().evaluate((view) => {
      const middle = view.getBoundingClientRect().top + view.clientHeight / 3
      const seen = [...view.querySelectorAll('article')].find(
        (element) => element.getBoundingClientRect().top >= middle,
      )
      return Number(/#(\d+) /.exec(seen?.textContent ?? '')?.[1])
    })
    const around = await pageOf({ around: { messageId: anchorNth } })
    const found = around.messages.find(({ body }) => body.startsWith(`#${anchorNth} `))
    if (found === undefined) throw new Error('no anchor')
    anchor = found
  })

  async function staysDuring(change: () => Promise<void>): Promise<void> {
    const before = await topOf(anchorNth)
    await change()
    await page.waitForTimeout(300)
    expect(Math.abs((await topOf(anchorNth)) - before)).toBeLessThan(1)
  }

  test('one late message above, and three hundred', async () => {
    await staysDuring(() => tell([late(9_000_001, anchor, 20 * HOUR, 'late, and of\nmore than\none line')]))
    const many = Array.from({ length: 300 }, (_, nth) =>
      late(9_100_000 + nth, anchor, 30 * HOUR + nth * 1000, `late ${'words '.repeat(nth % 60)}`),
    )
    await staysDuring(() => tell(many))
    // They are where they belong, and go when they go.
    await staysDuring(() =>
      tell(
        [9_000_001, ...many.map((_, nth) => 9_100_000 + nth)].map((messageId) => ({
          name: 'message.removed',
          payload: { conversationId: history.conversationId, messageId },
        })),
      ),
    )
  })

  test('rows above that grow, shrink and move', async () => {
    const { messages } = await pageOf({ before: { place: anchor.place, id: anchor.id }, limit: 20 })
    const changed = (part: (message: Message, nth: number) => Partial<Message>): Told[] =>
      messages.map((message, nth) => ({
        name: 'message.changed',
        payload: { message: { ...message, ...part(message, nth) } },
      }))
    await staysDuring(() => tell(changed((_, nth) => ({ body: 'much more of it '.repeat(10 + nth) }))))
    await staysDuring(() => tell(changed((message) => ({ place: message.place - 3 * HOUR * 1000 }))))
    await staysDuring(() => tell(changed(() => ({}))))
  })

  test('older pages that come in above', async () => {
    const before = await topOf(anchorNth)
    await log().evaluate((view) => view.scrollBy(0, -300))
    await page.waitForTimeout(500)
    expect(Math.abs((await topOf(anchorNth)) - before - 300)).toBeLessThan(1)
  })

  test('older pages that come in after a leap to the very top', async () => {
    await log().evaluate(async (view) => {
      view.scrollTo(0, view.scrollHeight)
      for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame)
      view.scrollTo(0, 0)
    })
    await expect.poll(() => log().evaluate((view) => view.scrollTop), { timeout: 20_000 }).toBeGreaterThan(0)
  })
})

describe('by keyboard', () => {
  test('a message is chosen from the composer, walked from, and left', async () => {
    await page.keyboard.press('Control+ArrowUp')
    await expect.poll(() => isFocused(COUNT)).toBe(true)
    await page.keyboard.press('Control+ArrowUp')
    await page.keyboard.press('ArrowUp')
    await expect.poll(() => isFocused(COUNT - 2)).toBe(true)
    for (let turn = 0; turn < 3; turn += 1) await page.keyboard.press('Control+ArrowDown')
    await expect.poll(() => composer().evaluate((field) => field === document.activeElement)).toBe(true)
    await page.keyboard.press('Control+ArrowUp')
    await page.keyboard.press('Escape')
    await expect.poll(() => composer().evaluate((field) => field === document.activeElement)).toBe(true)
  })

  test('C copies it, Enter opens its menu', async () => {
    await page.keyboard.press('Control+ArrowUp')
    await expect.poll(() => isFocused(COUNT)).toBe(true)
    await page.keyboard.press('c')
    await expect.poll(copied).toMatch(new RegExp(`^#${COUNT} `))
    await page.keyboard.press('Enter')
    await page.getByRole('menu', { name: 'Message actions' }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expect.poll(() => isFocused(COUNT)).toBe(true)
  })

  test('Space and Shift with arrows select; all of it is copied with names and times', async () => {
    await page.keyboard.press('Control+ArrowUp')
    await expect.poll(() => isFocused(COUNT)).toBe(true)
    await page.keyboard.press(' ')
    await page.getByText('1 message selected').waitFor()
    await page.keyboard.press('Shift+ArrowUp')
    await page.keyboard.press('Shift+ArrowUp')
    await page.getByText('3 messages selected').waitFor()
    for (const theme of ['light', 'dark'] as const) {
      await page.evaluate((chosen) => window.bridge.invoke('settings.set', { theme: chosen }), theme)
      await page.locator(`:root[data-theme=${theme}]`).waitFor()
      expect(await violationsOf(page)).toEqual([])
    }
    await page.getByRole('button', { name: 'Copy text' }).click()
    await expect
      .poll(copied)
      .toMatch(/^\[\d{4}-\d\d-\d\d \d\d:\d\d\] juliet: #2998 .*\n\[.*#2999 .*\n\[.*#3000 /)
    await page.keyboard.press('Escape')
    await page.getByText('3 messages selected').waitFor({ state: 'detached' })
    await composer().waitFor()
  })
})

test('a click with Shift selects, up to another one; a click takes one out again', async () => {
  await words(COUNT).click({ modifiers: ['Shift'] })
  await words(COUNT - 3).click({ modifiers: ['Shift'] })
  await page.getByText('4 messages selected').waitFor()
  await words(COUNT - 1).click()
  await page.getByText('3 messages selected').waitFor()
  await page.getByRole('button', { name: 'Cancel selection' }).click()
  await composer().waitFor()
})

describe('jumping', () => {
  test('to a day far back, from the menu, and to the end again', async () => {
    const day = atNoon(100)
    await page.getByRole('button', { name: 'Conversation menu' }).click()
    await page.getByRole('menuitem', { name: 'Jump to a date…' }).click()
    const date = `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`
    await page.getByLabel('Date', { exact: true }).fill(date)
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Jump', exact: true }).click()
    const label = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' }).format(
      day,
    )
    await log()
      .getByRole('button', { name: new RegExp(`^${label}`) })
      .waitFor()
    // Hours later than that day there is more, and the end is far.
    await page.getByRole('button', { name: 'Jump to the latest message' }).click()
    await words(COUNT).waitFor()
  })
})

test('a gap is told between the rows it lies between, filled in place, and gone', async () => {
  const { messages } = await pageOf({ limit: 6 })
  const [before, after] = [messages[2], messages[3]]
  if (before === undefined || after === undefined) throw new Error('no rows')
  const gap: HistoryGap = { afterPlace: before.place, beforePlace: after.place }
  // The archive's answers, as long as no server gives them: the gap in each page, and one message to fill it with.
  await linnet.app.evaluate(({ ipcMain }, known) => {
    type Handler = (event: unknown, name: string, input: unknown) => Promise<unknown>
    const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, Handler> })._invokeHandlers
    const real = handlers.get('app:command')
    if (real === undefined) throw new Error('no commands')
    const state = { open: true, release: (): void => undefined }
    Object.assign(globalThis, { archive: state })
    handlers.set('app:command', async (event, name, input) => {
      if (name === 'archive.loadOlder') {
        await new Promise<void>((resolve) => (state.release = resolve))
        state.open = false
        return { ok: true, value: { added: 1, more: false } }
      }
      const reply = (await real(event, name, input)) as { value?: object }
      if (name !== 'conversation.page' || !state.open) return reply
      return { ...reply, value: { ...reply.value, gaps: [known] } }
    })
  }, gap)
  const { accountId, conversationId } = history
  await tell([{ name: 'archive.gapsChanged', payload: { accountId, conversationId } }])
  await log().getByText('Messages may be missing here').waitFor()
  expect(await violationsOf(page)).toEqual([])
  await log().getByRole('button', { name: 'Load them' }).click()
  await log().getByRole('status', { name: 'Loading missing messages' }).waitFor()
  const filled: Message = { ...before, id: 9_500_000, body: 'it was missing', place: before.place + 1000 }
  await tell([{ name: 'archive.added', payload: { conversationId, messages: [filled] } }])
  await linnet.app.evaluate(() =>
    (globalThis as unknown as { archive: { release(): void } }).archive.release(),
  )
  await log().getByText('it was missing').waitFor()
  await log().getByText('Messages may be missing here').waitFor({ state: 'detached' })
  const place = async (text: string): Promise<number> => (await log().getByText(text).boundingBox())?.y ?? NaN
  const middle = await place('it was missing')
  expect(middle).toBeGreaterThan((await words(COUNT - 3).boundingBox())?.y ?? NaN)
  expect(middle).toBeLessThan((await words(COUNT - 2).boundingBox())?.y ?? NaN)
})

test('no barrier that axe finds in the log with its toolbar, light and dark', async () => {
  for (const theme of ['light', 'dark'] as const) {
    await chooseTheme(page, theme)
    await words(COUNT).hover()
    await page.getByRole('button', { name: 'More', exact: true }).waitFor()
    expect(await violationsOf(page)).toEqual([])
  }
  expect(newest.body).toContain(`#${COUNT}`)
})
