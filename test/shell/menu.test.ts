import type { MenuItemConstructorOptions } from 'electron'
import { expect, test } from 'vitest'
import { buildApplicationMenu, buildTextMenu } from '../../src-main/shell/menu.ts'
import { createTranslator } from '../../src-main/text/text.ts'

const text = createTranslator('en')
const openConsole = (): void => undefined
const zoom = (): void => undefined
const spelling = { replace: (): void => undefined, learn: (): void => undefined }
const items = (menu: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  menu.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))

test('developer tools and reloading are in development only', () => {
  const roles = (development: boolean) =>
    items(buildApplicationMenu(text, { platform: 'linux', development, openConsole, zoom })).map(
      ({ role }) => role,
    )
  expect(roles(true)).toContain('toggleDevTools')
  expect(roles(false)).not.toContain('toggleDevTools')
  expect(roles(false)).not.toContain('reload')
})

test.each(['linux', 'win32', 'darwin'] as const)(
  'on %s every entry is named by us, in the language of the user',
  (platform) => {
    const menu = buildApplicationMenu(createTranslator('zh-CN'), {
      platform,
      development: false,
      openConsole,
      zoom,
    })
    const nameless = items(menu).filter(({ label, type }) => label === undefined && type !== 'separator')
    expect(nameless).toEqual([])
    expect(items(menu).map(({ label }) => label)).toContain('退出 Linnet')
  },
)

test('zoom works with and without Shift', () => {
  const menu = items(buildApplicationMenu(text, { platform: 'linux', development: false, openConsole, zoom }))
  const keys = menu.filter(({ label }) => label === 'Zoom in').map(({ accelerator }) => accelerator)
  expect(keys).toEqual(['CommandOrControl+Plus', 'CommandOrControl+='])
})

test('the menu of a right click offers what can be done', () => {
  const roles = (isEditable: boolean, hasSelection: boolean) =>
    buildTextMenu({ isEditable, hasSelection }, text, spelling).flatMap(({ role, enabled }) =>
      role === undefined || enabled === false ? [] : role,
    )
  expect(roles(false, false)).toEqual([])
  expect(roles(false, true)).toEqual(['copy'])
  expect(roles(true, false)).toEqual(['paste', 'selectAll'])
  expect(roles(true, true)).toEqual(['cut', 'copy', 'paste', 'selectAll'])
})

test('the XML console is opened from the menu, by click and key', () => {
  let opened = 0
  const menu = buildApplicationMenu(text, {
    platform: 'linux',
    development: false,
    openConsole: () => (opened += 1),
    zoom,
  })
  const entry = items(menu).find(({ label }) => label === 'XML Console')
  expect(entry?.accelerator).toBe('CommandOrControl+Shift+X')
  ;(entry?.click as (() => void) | undefined)?.()
  expect(opened).toBe(1)
})
