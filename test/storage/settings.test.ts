import { expect, test } from 'vitest'
import { DEFAULT_SETTINGS, type Settings } from '../../src-main/model/settings.ts'
import { createStorage } from '../../src-main/storage/index.ts'
import { openMemoryDatabase } from '../../src-main/storage/open.ts'

test('settings are the defaults until set', () => {
  const storage = createStorage(openMemoryDatabase())
  expect(storage.getSettings()).toStrictEqual(DEFAULT_SETTINGS)
  const chosen: Settings = { ...DEFAULT_SETTINGS, theme: 'dark', language: 'zh-CN', closeToTray: false }
  storage.setSettings(chosen)
  expect(storage.getSettings()).toStrictEqual(chosen)
})

test('own presence is online until set', () => {
  const storage = createStorage(openMemoryDatabase())
  expect(storage.getOwnPresence()).toStrictEqual({ show: 'online', status: '' })
  storage.setOwnPresence({ show: 'offline', status: 'asleep' })
  expect(storage.getOwnPresence()).toStrictEqual({ show: 'offline', status: 'asleep' })
})

test.each([
  [
    '{"theme":"plaid","language":"tlh","notifications":"yes","closeToTray":false,"shoeSize":43}',
    { closeToTray: false },
  ],
  ['{"theme":"dark"', {}],
  ['[1]', {}],
  ['null', {}],
])('stored settings %s: what is not known counts as not chosen', (json, change) => {
  const db = openMemoryDatabase()
  db.prepare("INSERT INTO setting (key, json) VALUES ('settings', ?)").run(json)
  expect(createStorage(db).getSettings()).toStrictEqual({ ...DEFAULT_SETTINGS, ...change })
})

test('a stored presence that is not known is online', () => {
  const db = openMemoryDatabase()
  db.prepare(`INSERT INTO setting (key, json) VALUES ('presence', '{"show":"gone","status":7}')`).run()
  expect(createStorage(db).getOwnPresence()).toStrictEqual({ show: 'online', status: '' })
})
