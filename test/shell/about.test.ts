/** What Linnet tells of itself: nothing that is the user's, and the licences of what it is made of. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { licenceOf, licencesOf, packageFolder } from '../../scripts/build/licences.mjs'
import { root } from '../../scripts/setup/paths.mjs'
import { writeReport, type ReportSource } from '../../src-main/shell/about/report.ts'
import { whyUnavailable } from '../../src-main/shell/about/channel.ts'
import { startRounds } from '../../src-main/shell/about/update-rounds.ts'
import { DEFAULT_PREFERENCES, type UpdateWish } from '../../src-main/model/preferences.ts'
import { DEFAULT_SETTINGS } from '../../src-main/model/settings.ts'
import { makeAccount, makeSnapshot } from '../renderer/make.ts'

const SECRET = 'romeo@montague.example'

function source(part: Partial<ReportSource> = {}): ReportSource {
  const { environment } = makeSnapshot()
  return {
    state: {
      accounts: [makeAccount()],
      connections: [
        { accountId: 1, state: { phase: 'waiting', retryAt: 0, problem: { code: 'credentials' } } },
      ],
      settings: DEFAULT_SETTINGS,
      preferences: DEFAULT_PREFERENCES,
      contacts: [SECRET, SECRET],
      conversations: [SECRET],
      rooms: [],
    },
    environment,
    versions: {
      linnet: '0.5.0',
      electron: '45',
      chromium: '150',
      node: '24',
      logFile: `/home/romeo/${SECRET}`,
    },
    system: 'linux 6.1 x64',
    log: Array.from({ length: 500 }, (_, line) => `line ${line} of ${SECRET}/phone`).join('\n'),
    addresses: false,
    ...part,
  }
}

describe('the diagnostics report', () => {
  test('says how it stands, and no address', () => {
    const report = writeReport(source())
    expect(report).toContain('account 1: (address)')
    expect(report).toContain('problem: "credentials"')
    expect(report).toContain('contacts: 2')
    expect(report).toContain('theme: "system"')
    expect(report).not.toContain('montague')
    expect(report).not.toContain('romeo')
  })

  test('has the end of the log, not all of it', () => {
    const report = writeReport(source())
    expect(report).toContain('line 499 of (address)')
    expect(report).not.toContain('line 299 ')
  })

  test('has addresses when they are wished for', () => {
    expect(writeReport(source({ addresses: true }))).toContain(`account 1: ${SECRET}`)
  })
})

describe('licences', () => {
  test('of the package that a module is of', () => {
    expect(packageFolder('/x/node_modules/svelte/src/index.js')).toBe('/x/node_modules/svelte')
    expect(packageFolder('\0/x/node_modules/@xmpp/xml/index.js?commonjs')).toBe('/x/node_modules/@xmpp/xml')
    expect(packageFolder('/x/node_modules/a/node_modules/b/c.js')).toBe('/x/node_modules/a/node_modules/b')
    expect(packageFolder('/x/src-main/main.ts')).toBeUndefined()
  })

  test('with version and words, once each, by name', () => {
    const ids = ['valibot/dist/a.js', '@xmpp/xml/index.js', 'valibot/dist/b.js'].map((file) =>
      join(root, 'node_modules', file),
    )
    const all = licencesOf([...ids, '/elsewhere/main.ts'])
    expect(all.map(({ name }) => name)).toEqual(['@xmpp/xml', 'valibot'])
    expect(all[1]).toMatchObject({ licence: 'MIT' })
    expect(all[1]?.text).toContain('Permission is hereby granted')
  })

  test('of what is no package there are none', () => {
    expect(licenceOf(tmpdir())).toBeUndefined()
  })
})

describe('updates', () => {
  const resources = mkdtempSync(join(tmpdir(), 'linnet-resources-'))
  const appImage = { platform: 'linux', env: { APPIMAGE: '/home/romeo/Linnet.AppImage' } }
  const plain = { platform: 'linux', env: {} }
  afterAll(() => rmSync(resources, { recursive: true }))
  afterEach(() => void vi.useRealTimers())

  test('a development build never asks, a packaged one only where it has a channel', () => {
    expect(whyUnavailable(false, resources, appImage)).toBe('development')
    expect(whyUnavailable(true, resources, appImage)).toBe('no-channel')
    writeFileSync(join(resources, 'app-update.yml'), 'provider: generic\n')
    expect(whyUnavailable(true, resources, appImage)).toBeUndefined()
    expect(whyUnavailable(true, resources, { platform: 'win32', env: {} })).toBeUndefined()
  })

  test('a plain folder on Linux has nothing to be replaced by, a .deb does', () => {
    expect(whyUnavailable(true, resources, plain)).toBe('no-channel')
    writeFileSync(join(resources, 'package-type'), 'deb\n')
    expect(whyUnavailable(true, resources, plain)).toBeUndefined()
  })

  test('are looked for after a minute and then daily, and never without the wish', () => {
    vi.useFakeTimers()
    let wish: UpdateWish = 'never'
    const check = vi.fn()
    startRounds(() => wish, check)
    vi.advanceTimersByTime(3 * 86_400_000)
    expect(check).not.toHaveBeenCalled()
    wish = 'check'
    vi.advanceTimersByTime(2 * 86_400_000)
    expect(check).toHaveBeenCalledTimes(2)
    wish = 'never'
    vi.advanceTimersByTime(3 * 86_400_000)
    expect(check).toHaveBeenCalledTimes(2)
  })
})
