/** What somebody without an account sees first: every screen and dialog by keys alone, without a barrier. No server is asked. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchLinnet, removeProfile, type Linnet } from '../helpers/app.ts'
import { FIRST_DIALOGS } from './dialogs/first.ts'
import { barriers, prepareAxe } from './dialogs/runner.ts'
import { focused, roundOf, tabTo } from './keyboard.ts'

let linnet: Linnet
let page: Page

beforeAll(async () => {
  linnet = await launchLinnet()
  page = linnet.page
  page.setDefaultTimeout(20_000)
  await page.getByLabel('XMPP address').waitFor()
  await prepareAxe(page)
})
afterAll(async () => {
  await linnet.quit()
  removeProfile(linnet.profile)
})

test('signing in', async () => {
  await tabTo(page, /^button Advanced/)
  await page.keyboard.press('Enter')
  expect(await barriers(page)).toEqual([])
  expect(await roundOf(page, 'Tab')).toEqual([])
  expect(await roundOf(page, 'Shift+Tab')).toEqual([])
})

test.each(FIRST_DIALOGS)('$of', async ({ title, from, then }) => {
  await tabTo(page, from)
  const opener = await focused(page)
  await page.keyboard.press('Enter')
  await then?.(page)
  const dialog = page.getByRole('dialog', { name: title })
  await dialog.waitFor()
  expect(await barriers(page)).toEqual([])
  expect(await roundOf(page, 'Tab', 'dialog[open]')).toEqual([])
  expect(await roundOf(page, 'Shift+Tab', 'dialog[open]')).toEqual([])
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  expect(await focused(page)).toBe(opener)
})
