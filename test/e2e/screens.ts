/** What end-to-end tests do with the screens again and again. Names are the accessible ones, as assistive technology sees them. */
import type { Page } from 'playwright-core'
import axe from 'axe-core'
import { writeProvision, launchLinnet, newProfile, type LaunchOptions, type Linnet } from '../helpers/app.ts'
import type { Prosody } from '../helpers/prosody.ts'

export interface Credentials {
  readonly name: string
  readonly password: string
}

/** Fills the setup screen for a server on loopback; `Sign in` is left to the caller. */
export async function fillSetup(page: Page, server: Prosody, { name, password }: Credentials): Promise<void> {
  await page.getByLabel('XMPP address').fill(`${name}@${server.domain}`)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await connectTo(page, '127.0.0.1', server.tlsPort, 'direct-tls')
}

export async function connectTo(
  page: Page,
  host: string,
  port: number,
  security: 'automatic' | 'direct-tls' | 'starttls',
): Promise<void> {
  const advanced = page.getByRole('button', { name: 'Advanced' })
  if ((await advanced.getAttribute('aria-expanded')) === 'false') await advanced.click()
  await page.getByLabel('Host').fill(host)
  await page.getByLabel('Port').fill(String(port))
  await page.getByLabel('Security').selectOption(security)
}

export async function pressSignIn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Starts on a profile with one account, as `--provision` imports it, and waits for the main screen. */
export async function launchSignedIn(
  server: Prosody,
  account: Credentials,
  options: LaunchOptions = {},
): Promise<Linnet> {
  const profile = options.profile ?? newProfile()
  const file = writeProvision(profile, server, [account])
  const args = [...(options.args ?? []), '--provision', file]
  const linnet = await launchLinnet({ ...options, server, profile, args })
  await untilOnline(linnet.page)
  return linnet
}

export async function untilOnline(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Your presence: Online' }).waitFor({ timeout: 20_000 })
}

export type Theme = 'light' | 'dark'

type SettingsPage =
  'General' | 'Accounts' | 'Notifications' | 'Privacy' | 'Appearance' | 'Shortcuts' | 'Advanced'

/** Opens the settings at one of their pages. */
export async function openSettings(page: Page, at: SettingsPage): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('tab', { name: at }).click()
}

/** Chooses the theme through the settings dialog, as the user does. */
export async function chooseTheme(page: Page, theme: Theme): Promise<void> {
  await openSettings(page, 'Appearance')
  await page.getByLabel('Theme').selectOption(theme)
  await page.locator(`:root[data-theme=${theme}]`).waitFor()
  await page.getByRole('button', { name: 'Close' }).click()
}

/** What axe finds wrong with what is on screen, one line each; empty when nothing. */
export async function violationsOf(page: Page): Promise<string[]> {
  // Colours are judged when they have settled.
  await page.waitForTimeout(250)
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { axe: runner } = globalThis as unknown as { axe: typeof import('axe-core') }
    const { violations } = await runner.run(document, { resultTypes: ['violations'] })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
  })
}
