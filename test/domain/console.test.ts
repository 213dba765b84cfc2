/** The XML console: what it records, for how long, in which bounds; and the one stanza that it sends. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createTraffic, MAX_CHARACTERS, MAX_ENTRIES } from '../../src-main/domain/console/traffic.ts'
import type { StanzaRisk, TrafficEntry } from '../../src-main/model/console.ts'
import { parseDocument } from '../helpers/document.ts'
import { parseStanza } from '../helpers/stanza.ts'
import { JULIET, NOW, only, ROMEO, setStage, settle, startOnline, type Stage } from './stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const HELLO = parseStanza(`<message from='${JULIET}/balcony' id='m'><body>hello</body></message>`)

describe('what is recorded', () => {
  test('nothing while no console is open', () => {
    const traffic = createTraffic(Date.now)
    traffic.record(1, 'in', HELLO)
    expect(traffic.open(1, () => undefined)).toEqual([])
  })

  test('all that goes by, told in batches; of this account alone', async () => {
    const traffic = createTraffic(Date.now)
    const told: (readonly TrafficEntry[])[] = []
    traffic.open(1, (entries) => told.push(entries))
    traffic.record(1, 'in', HELLO)
    traffic.record(2, 'in', HELLO)
    traffic.record(1, 'out', parseStanza('<presence/>'))
    expect(told).toEqual([])
    await settle(50)
    expect(told).toEqual([
      [
        expect.objectContaining({ number: 1, direction: 'in', at: NOW, kind: 'message', id: 'm' }),
        expect.objectContaining({ number: 2, direction: 'out', kind: 'presence', xml: '<presence/>' }),
      ],
    ])
    expect(structuredClone(told)).toEqual(told)
  })

  test('a window that is loaded again gets what there is, each stanza once', async () => {
    const traffic = createTraffic(Date.now)
    const old: TrafficEntry[] = []
    traffic.open(1, (entries) => old.push(...entries))
    traffic.record(1, 'in', HELLO)
    const told: TrafficEntry[] = []
    const held = traffic.open(1, (entries) => told.push(...entries))
    traffic.record(1, 'in', HELLO)
    await settle(50)
    expect([...held, ...told].map(({ number }) => number)).toEqual([1, 2])
    expect(old).toEqual([])
  })

  test('closing forgets it, clearing goes on counting', async () => {
    const traffic = createTraffic(Date.now)
    const told: TrafficEntry[] = []
    const watcher = (entries: readonly TrafficEntry[]): void => void told.push(...entries)
    traffic.open(1, watcher)
    traffic.record(1, 'in', HELLO)
    traffic.clear(1)
    await settle(50)
    traffic.record(1, 'in', HELLO)
    expect(traffic.open(1, watcher).map(({ number }) => number)).toEqual([2])
    traffic.close(1)
    await settle(50)
    expect(told).toEqual([])
    expect(traffic.find(1, new Set([1, 2]))).toEqual([])
    expect(traffic.open(1, watcher)).toEqual([])
  })

  test('the latest ten thousand', () => {
    const traffic = createTraffic(Date.now)
    traffic.open(1, () => undefined)
    for (let n = 0; n < MAX_ENTRIES + 5; n++) traffic.record(1, 'in', HELLO)
    const held = traffic.open(1, () => undefined)
    expect(held.length).toBe(MAX_ENTRIES)
    expect(held[0]?.number).toBe(6)
  })

  test('and no more than so many characters', () => {
    const traffic = createTraffic(Date.now)
    traffic.open(1, () => undefined)
    const large = parseStanza(`<message><body>${'x'.repeat(60_000)}</body></message>`)
    for (let n = 0; n < 300; n++) traffic.record(1, 'in', large)
    const held = traffic.open(1, () => undefined)
    const characters = held.reduce((sum, { xml }) => sum + xml.length, 0)
    expect(characters).toBeLessThanOrEqual(MAX_CHARACTERS)
    expect(characters).toBeGreaterThan(MAX_CHARACTERS - 100_000)
    expect(held.at(-1)?.number).toBe(300)
  })
})

describe('on a stream', () => {
  async function open(): Promise<{ stage: Stage; told: TrafficEntry[] }> {
    const stage = setStage()
    const told: TrafficEntry[] = []
    await startOnline(stage)
    stage.app.openConsole(1, (entries) => told.push(...entries))
    stage.stream().sent()
    return { stage, told }
  }

  const send = (stage: Stage, xml: string, confirmed: StanzaRisk[] = []) =>
    stage.app.sendStanza({ accountId: 1, xml, confirmed })

  test('both directions, also of what the app does by itself', async () => {
    const { stage, told } = await open()
    stage.stream().receive(`<iq type='get' id='p' from='montague.example'><ping xmlns='urn:xmpp:ping'/></iq>`)
    await settle(50)
    expect(told.map(({ direction, kind, type }) => `${direction} ${kind} ${type}`)).toEqual([
      'in iq get',
      'out iq result',
    ])
  })

  test('an account that is removed is recorded no longer', async () => {
    const { stage } = await open()
    stage.stream().receive(HELLO)
    await stage.app.removeAccount(1)
    expect(() => stage.app.openConsole(1, () => undefined)).toThrow('not-found')
    expect(() => stage.app.consoleText(1, 1)).toThrow('not-found')
  })

  test('a stanza is sent with an id, and its answer is recorded', async () => {
    const { stage, told } = await open()
    const { sentId = '' } = send(stage, `<iq type='get' to='${JULIET}'><ping xmlns='urn:xmpp:ping'/></iq>`)
    expect(only(stage.stream().sent(), 'iq').attrs).toMatchObject({ id: sentId, to: JULIET })
    stage.stream().receive(`<iq type='result' id='${sentId}' from='${JULIET}'/>`)
    await settle(50)
    expect(told.map(({ direction, id }) => [direction, id])).toEqual([
      ['out', sentId],
      ['in', sentId],
    ])
  })

  test('what is wrong is told and not sent', async () => {
    const { stage } = await open()
    expect(send(stage, '<message><body>a & b</body></message>').problem?.fault).toBe('bad-reference')
    expect(send(stage, `<message from='${JULIET}'/>`).problem?.fault).toBe('foreign-from')
    expect(stage.app.checkStanza({ accountId: 1, xml: '<presence/>' })).toEqual({ risks: [] })
    expect(stage.stream().sent()).toEqual([])
  })

  test('what can’t be taken back is sent only when every risk is confirmed', async () => {
    const { stage } = await open()
    const remove = `<iq type='set'><query xmlns='jabber:iq:register'><remove/></query></iq>`
    expect(send(stage, remove)).toEqual({ risks: ['deletes-account'] })
    expect(send(stage, remove, ['goes-offline'])).toEqual({ risks: ['deletes-account'] })
    expect(stage.stream().sent()).toEqual([])
    expect(send(stage, remove, ['deletes-account']).sentId).toBeDefined()
    expect(stage.stream().sent().length).toBe(1)
  })

  test('only online', async () => {
    const { stage } = await open()
    stage.stream().drop()
    expect(() => send(stage, '<presence/>')).toThrow('offline')
    expect(
      stage.app.checkStanza({ accountId: 1, xml: `<message from='${ROMEO}/Linnet.test'/>` }).problem,
    ).toBe(undefined)
  })

  test('directed presence by hand lets its receiver ask us, until it is taken back', async () => {
    const { stage } = await open()
    const nurse = 'nurse@capulet.example/garden'
    const ask = (): unknown => {
      stage.stream().sent()
      stage.stream().receive(`<iq type='get' id='q' from='${nurse}'><ping xmlns='urn:xmpp:ping'/></iq>`)
      return only(stage.stream().sent(), 'iq').attrs['type']
    }
    expect(ask()).toBe('error')
    send(stage, `<presence to='${nurse}'/>`)
    expect(ask()).toBe('result')
    send(stage, `<presence to='${nurse}' type='unavailable'/>`)
    expect(ask()).toBe('error')
  })

  test('a document of what is shown: well-formed, in order, the rest left out', async () => {
    const { stage } = await open()
    stage.stream().receive(`<message from='${JULIET}'><body>a -- b &lt; c</body></message>`)
    stage.stream().receive(`<message from='${JULIET}'><body>not shown</body></message>`)
    stage.stream().receive(`<message from='${JULIET}'><body>${'x'.repeat(70_000)}</body></message>`)
    const text = stage.app.consoleDocument(1, [1, 3])
    const stanzas = parseDocument(text)
    expect(stanzas).toEqual(['message'])
    expect(text).toContain('<!-- 1 2026-11-21T12:00:00.000Z in -->')
    expect(text).toContain('too long and left out')
    expect(text).not.toContain('not shown')
    expect(stage.app.consoleText(1, 1)).toContain('a -- b &lt; c')
  })
})
