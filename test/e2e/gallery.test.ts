/** The gallery in the real runtime: every component, both themes and languages, and how the log scrolls. */
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { ElectronApplication, Locator, Page } from 'playwright-core'
import { createServer, type ViteDevServer } from 'vite'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { launchElectron, rootFlags } from '../helpers/app.ts'

const at = (path: string): string => new URL(path, import.meta.url).pathname
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let server: ViteDevServer
let app: ElectronApplication
let page: Page
let complaints: string[] = []

beforeAll(async () => {
  server = await createServer({
    configFile: false,
    root: at('../../src-renderer/'),
    plugins: [svelte({ configFile: false })],
    server: { port: 0, fs: { allow: [at('../../')] } },
    logLevel: 'error',
  })
  await server.listen()
  app = await launchElectron([at('gallery-window'), ...rootFlags()])
  page = await app.firstWindow()
  page.on('console', (message) => {
    // The browser's note that a list measured itself twice in one frame.
    if (message.type() === 'error' && !message.text().startsWith('ResizeObserver loop')) {
      complaints.push(message.text())
    }
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  // The first visit makes the server prepare the libraries, and may be loaded twice.
  await open('')
  await page.waitForLoadState('networkidle')
})

afterAll(async () => {
  await app.close()
  await server.close()
})

beforeEach(() => {
  complaints = []
})

async function open(query: string): Promise<void> {
  const [url = ''] = server.resolvedUrls?.local ?? []
  await page.goto(`${url}gallery.html?${query}`)
  await page.getByRole('log').first().waitFor()
}

describe.each(['theme=light', 'theme=dark', 'theme=light&locale=zh-CN', 'theme=dark&dir=rtl'])(
  '%s',
  (query) => {
    test('has no violation that axe knows, and breaks no policy', async () => {
      await open(query)
      await page.evaluate(axe)
      const violations = await page.evaluate('axe.run().then(({ violations }) => violations)')
      expect(violations).toEqual([])
      expect(complaints).toEqual([])
    })
  },
)

describe('the log of a long conversation', () => {
  let pane: Locator
  let log: Locator

  /** The texts in sight from the top, with their places. */
  const inSight = (): Promise<{ text: string; y: number }[]> =>
    log.evaluate((viewport) => {
      const frame = viewport.getBoundingClientRect()
      return [...viewport.querySelectorAll('article')]
        .map((article) => ({
          text: article.querySelector('.words')?.textContent ?? '',
          y: Math.round(article.getBoundingClientRect().top - frame.top),
        }))
        .filter(({ y }) => y >= 0 && y < frame.height)
    })
  const fromEnd = (): Promise<number> =>
    log.evaluate((viewport) => viewport.scrollHeight - viewport.scrollTop - viewport.clientHeight)
  const receive = (): Promise<void> => pane.getByRole('button', { name: 'Receive' }).click()

  beforeEach(async () => {
    await open('part=chat')
    pane = page.getByRole('region', { name: '5000 messages, the first unread one above' })
    log = pane.getByRole('log')
    await log.scrollIntoViewIfNeeded()
  })

  test('opens at the first unread message', async () => {
    await expect.poll(async () => (await inSight())[0]?.text).toMatch(/^Line 4881\./)
    await pane.getByRole('separator', { name: 'New' }).waitFor()
  })

  test('keeps its place while history comes in above, and lets go of neither order nor line', async () => {
    for (let turn = 0; turn < 12; turn += 1) {
      await log.evaluate((viewport) => viewport.scrollBy(0, -600))
      await page.waitForTimeout(60)
      const before = await inSight()
      await page.waitForTimeout(120)
      expect(await inSight()).toEqual(before)
      const numbers = before.map(({ text }) => Number(/\d+/.exec(text)?.[0]))
      expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index))
    }
  })

  test('a message that comes does not move what one reads; the button leads to it', async () => {
    const before = await inSight()
    await receive()
    await receive()
    const button = pane.getByRole('button', { name: '2 new messages' })
    await button.waitFor()
    expect((await inSight())[0]).toEqual(before[0])
    await button.click()
    await expect.poll(async () => (await inSight()).at(-1)?.text).toBe('Hist, Romeo, hist!')
    await expect.poll(fromEnd).toBeLessThan(2)
    await receive()
    await expect.poll(fromEnd).toBeLessThan(2)
    // To be read out: each of the three once, though they say the same.
    expect(await pane.getByText(/: Hist, Romeo, hist!$/).count()).toBe(3)
  })

  test('is walked by arrows, with a menu for each message, and focus comes back', async () => {
    await log.focus()
    const text = (): Promise<string | null | undefined> =>
      page.evaluate(() => document.activeElement?.querySelector('.words')?.textContent)
    // From the last one in sight.
    await page.keyboard.press('ArrowUp')
    await expect.poll(text).toMatch(/^Line \d+\./)
    const first = Number(/\d+/.exec((await text()) ?? '')?.[0])
    for (let step = 0; step < 29; step += 1) await page.keyboard.press('ArrowUp')
    const reached = new RegExp(`^Line ${first - 29}\\.`)
    await expect.poll(text).toMatch(reached)
    await page.keyboard.press('Shift+F10')
    await page.getByRole('menu', { name: 'Message actions' }).waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(text).toMatch(reached)
  })

  test('sending from far away leads to the end, and a growing composer does not hide it', async () => {
    const field = pane.getByRole('textbox')
    await log.evaluate((viewport) => viewport.scrollTo(0, 0))
    await field.fill('Good night\n'.repeat(6))
    await field.press('Enter')
    await expect.poll(async () => (await inSight()).at(-1)?.text).toContain('Good night')
    await field.fill('Parting\n'.repeat(6))
    await expect.poll(fromEnd).toBeLessThan(2)
  })
})
