/**
 * Backup, restore and export while they run: how far they are, given up, and killed. A pipe in the place of the file holds them
 * until the test lets go, so that nothing depends on how long they take.
 */
import { execFileSync } from 'node:child_process'
import {
  closeSync,
  constants,
  createReadStream,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { launchLinnet, newProfile, removeProfile, type Linnet } from '../helpers/app.ts'
import { writeLongHistory } from '../helpers/long-history.ts'
import { openSettings, violationsOf } from './screens.ts'

const PASSWORD = 'correct horse battery'
const MESSAGES = 3000

let linnet: Linnet
let page: Page
const profile = newProfile()
const files = newProfile()
const target = join(files, 'all.linnet-backup')
const exported = join(files, 'all.json')

beforeAll(async () => {
  writeLongHistory(profile, MESSAGES, 60_000)
  await launch()
})
// A thread that waits for the pipe can't be ended.
afterEach(() => {
  for (const file of [target, exported]) letGo(file)
})
afterAll(async () => {
  await linnet.quit()
  removeProfile(profile)
  removeProfile(files)
})

async function launch(): Promise<void> {
  linnet = await launchLinnet({ profile })
  page = linnet.page
  page.setDefaultTimeout(20_000)
  await page.getByRole('listbox', { name: 'Chats' }).getByRole('option').first().waitFor()
}

async function answerFile(file: string): Promise<void> {
  await linnet.app.evaluate(({ dialog: system }, chosen) => {
    system.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen })
    system.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
  }, file)
}

/** Whoever writes `file` waits until the pipe is read. */
const hold = (file: string): void => void execFileSync('mkfifo', [`${file}.part`])

/** Reads what was written into the pipe to its end. */
function letGo(file: string): void {
  if (existsSync(`${file}.part`))
    createReadStream(`${file}.part`)
      .on('error', () => undefined)
      .resume()
}

/** Whoever opens `file` to read it waits, and gets nothing. */
function letGoReader(file: string): void {
  try {
    closeSync(openSync(file, constants.O_WRONLY | constants.O_NONBLOCK))
  } catch (error) {
    // Nobody waits.
    if ((error as NodeJS.ErrnoException).code !== 'ENXIO') throw error
  }
}

const dialog = () => page.getByRole('dialog')

async function beginBackup(): Promise<void> {
  await openSettings(page, 'General')
  await page.getByRole('button', { name: 'Back up…' }).click()
  await answerFile(target)
  await fillBackup()
}

async function fillBackup(): Promise<void> {
  await dialog().getByLabel('Password for the backup').fill(PASSWORD)
  await dialog().getByLabel('The same password again').fill(PASSWORD)
  await dialog().getByRole('button', { name: 'Back up' }).click()
}

/** The copy is made, which is half of the way, and the pipe holds what comes after. */
async function untilHalf(): Promise<void> {
  await expect
    .poll(
      () =>
        dialog()
          .getByRole('progressbar')
          .evaluate((bar: HTMLProgressElement) => bar.value),
      {
        timeout: 20_000,
      },
    )
    .toBeGreaterThanOrEqual(0.4)
}

test('a backup shows how far it is, and given up it leaves what was there before', async () => {
  writeFileSync(target, 'the one of yesterday')
  hold(target)
  await beginBackup()
  await untilHalf()
  expect(await violationsOf(page)).toEqual([])
  await dialog().getByRole('button', { name: 'Cancel' }).click()
  await dialog().getByText('Cancelling…').waitFor()
  letGo(target)
  await dialog().getByText('Cancelled: nothing was written.').waitFor()
  expect(readFileSync(target, 'utf8')).toBe('the one of yesterday')
  expect(readdirSync(files)).toEqual(['all.linnet-backup'])
  expect(readdirSync(profile).filter((name) => name.includes('.copy'))).toEqual([])
})

test('killed in the midst of it, it leaves that too, and nothing of the copy after the next start', async () => {
  hold(target)
  await fillBackup()
  await untilHalf()
  expect(existsSync(join(profile, 'linnet.sqlite.copy'))).toBe(true)
  await linnet.kill()
  rmSync(`${target}.part`)
  await launch()
  expect(readFileSync(target, 'utf8')).toBe('the one of yesterday')
  expect(readdirSync(profile).filter((name) => name.includes('.copy'))).toEqual([])
  await beginBackup()
  await dialog().getByText('The backup was written to all.linnet-backup.').waitFor()
  expect(readFileSync(target, 'utf8')).not.toBe('the one of yesterday')
  await dialog().getByRole('button', { name: 'Close' }).last().click()
})

test('an export that is given up leaves nothing; the next one has everything', async () => {
  await openSettings(page, 'General')
  await page.getByRole('button', { name: 'Export all chats…' }).click()
  await answerFile(exported)
  await dialog().getByLabel('Format').selectOption({ label: 'JSON, for other programs' })
  hold(exported)
  await dialog().getByRole('button', { name: 'Export' }).click()
  await dialog().getByRole('progressbar').waitFor()
  expect(await violationsOf(page)).toEqual([])
  await dialog().getByRole('button', { name: 'Cancel' }).click()
  await dialog().getByText('Cancelling…').waitFor()
  letGo(exported)
  await dialog().getByText('Cancelled: nothing was written.').waitFor()
  expect(readdirSync(files)).toEqual(['all.linnet-backup'])
  await dialog().getByRole('button', { name: 'Export' }).click()
  await dialog()
    .getByText(/were written to all\.json/)
    .waitFor()
  expect(readFileSync(exported, 'utf8')).toContain(`#${MESSAGES} `)
  expect(readdirSync(files).sort()).toEqual(['all.json', 'all.linnet-backup'])
})

test('a restore that is given up says that nothing was changed; it can be begun again', async () => {
  await dialog().getByRole('button', { name: 'Close' }).last().click()
  await openSettings(page, 'General')
  await page.getByRole('button', { name: 'Restore…' }).click()
  await answerFile(target)
  await dialog().getByRole('button', { name: 'Choose file…' }).click()
  await dialog().getByLabel('Password of the backup').fill(PASSWORD)
  renameSync(target, `${target}.away`)
  execFileSync('mkfifo', [target])
  await dialog().getByRole('button', { name: 'Restore', exact: true }).click()
  await dialog().getByRole('progressbar').waitFor()
  expect(await violationsOf(page)).toEqual([])
  await dialog().getByRole('button', { name: 'Cancel' }).click()
  await dialog()
    .getByText(/^Cancelling…|^Cancelled/)
    .waitFor()
  await expect
    .poll(
      () => {
        letGoReader(target)
        return dialog().getByText('Cancelled: nothing was changed.').isVisible()
      },
      { timeout: 20_000 },
    )
    .toBe(true)
  expect(existsSync(join(profile, 'restored'))).toBe(false)
  renameSync(`${target}.away`, target)
  await dialog().getByRole('button', { name: 'Restore', exact: true }).click()
  await dialog().getByText('The backup is ready.').waitFor()
  await dialog().getByRole('button', { name: 'Later' }).click()
})
