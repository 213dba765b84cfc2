/** The list of servers: the one that comes along is sound, another one only by the user's wish and only when it is sound too. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { parseServerList } from '../../src-main/model/servers.ts'
import { SERVER_LIST_URL } from '../../src-main/domain/registration/server-list.ts'
import { NOW, setStage } from './stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const NEWER = JSON.stringify({ servers: [{ domain: 'new.example', country: 'NL', paid: true }] })

test('the list that comes along is read by the same reader, whole, and asks nobody', () => {
  const fetchText = vi.fn(() => Promise.resolve(NEWER))
  const { app } = setStage({ fetchText })
  const { servers, updatedAt } = app.serverList()
  expect(servers.length).toBeGreaterThan(3)
  expect(servers.map(({ domain }) => domain)).toContain('conversations.im')
  expect(updatedAt).toBeUndefined()
  expect(fetchText).not.toHaveBeenCalled()
})

test('a newer one is fetched from one place over https, and kept', async () => {
  const fetchText = vi.fn(() => Promise.resolve(NEWER))
  const { app, storage } = setStage({ fetchText })
  const list = { servers: [{ domain: 'new.example', country: 'NL', paid: true }], updatedAt: NOW }
  expect(await app.updateServerList()).toEqual(list)
  expect(fetchText).toHaveBeenCalledExactlyOnceWith(SERVER_LIST_URL, undefined)
  expect(SERVER_LIST_URL).toMatch(/^https:\/\//)
  expect(app.serverList()).toEqual(list)
  // What is kept is read as strictly as what is fetched.
  storage.putServerList({ text: '{}', fetchedAt: NOW })
  expect(app.serverList().updatedAt).toBeUndefined()
})

test.each([
  [undefined, 'not-found'],
  ['<html>', 'unreadable-answer'],
])('what is no list changes nothing: %j', async (text, code) => {
  const { app } = setStage({ fetchText: () => Promise.resolve(text) })
  const before = app.serverList()
  await expect(app.updateServerList()).rejects.toThrow(code)
  expect(app.serverList()).toEqual(before)
})

const good = { domain: 'a.example', country: 'DE' }
test.each([
  null,
  [],
  {},
  { servers: [] },
  { servers: {} },
  { servers: [good], more: 1 },
  { servers: [good, good] },
  { servers: [{ ...good, rules: 'https://evil.example/' }] },
  { servers: [good, { ...good, domain: 'b.example', country: 'Germany' }] },
  { servers: [{ ...good, paid: false }] },
  { servers: [{ ...good, domain: 'https://a.example/' }] },
  { servers: [{ ...good, domain: 'user@a.example' }] },
  { servers: [{ ...good, domain: 'localhost' }] },
  { servers: [{ ...good, domain: 'а.example' }] },
  { servers: [{ ...good, domain: 'a.example.' }] },
  { servers: [{ ...good, domain: '10.0.0.1' }] },
  { servers: Array.from({ length: 201 }, (_, n) => ({ ...good, domain: `s${n}.example` })) },
])('refused as a whole: %j', (list) => {
  expect(parseServerList(JSON.stringify(list))).toBeUndefined()
})

test('and what goes beyond its size', () => {
  expect(parseServerList(JSON.stringify({ about: 'x'.repeat(65_536), servers: [good] }))).toBeUndefined()
})
