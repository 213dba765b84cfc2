/** The contact page and the roster as a whole: who is asked what, groups, export and import. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Element } from '../../src-main/protocol/xml.ts'
import type { FakeStream } from '../helpers/fake-stream.ts'
import { JULIET, jid, NOW, only, result, ROMEO, setStage, settle, startOnline, type Stage } from './stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW, toFake: ['setTimeout', 'clearTimeout', 'Date'] }))
afterEach(() => void vi.useRealTimers())

const NURSE = jid('nurse@capulet.example')
const item = (address: string, groups: readonly string[] = [], subscription = 'both', name = ''): string =>
  `<item jid='${address}' name='${name}' subscription='${subscription}'>${groups.map((group) => `<group>${group}</group>`).join('')}</item>`
const error = (request: Element, condition: string): string =>
  `<iq type='error' id='${String(request.attrs['id'])}' from='${String(request.attrs['to'] ?? ROMEO)}'>
    <error type='cancel'><${condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>`
const answer = (request: Element, payload: string): string =>
  `<iq type='result' id='${String(request.attrs['id'])}' from='${String(request.attrs['to'])}'>${payload}</iq>`

/** Item and groups of each roster set that was sent. */
function sets(sent: readonly Element[]) {
  return sent.flatMap((iq) => {
    const set = iq.getChild('query', 'jabber:iq:roster')?.getChild('item')
    if (set === undefined) return []
    return [
      { jid: set.attrs['jid'] as string, groups: set.getChildren('group').map((group) => group.getText()) },
    ]
  })
}

/** A server that takes every roster set, except those for which `refuse` has a condition. */
async function serve(stream: FakeStream, refuse: Readonly<Record<string, string>> = {}): Promise<Element[]> {
  const all: Element[] = []
  for (let sent = stream.sent(); sent.length > 0; sent = stream.sent()) {
    all.push(...sent)
    for (const iq of sent.filter((each) => each.is('iq'))) {
      const condition = refuse[sets([iq])[0]?.jid ?? '']
      stream.receive(condition === undefined ? result(iq) : error(iq, condition))
    }
    await settle()
  }
  return all
}

describe('what devices are asked', () => {
  const device = { accountId: 1, jid: JULIET, resource: 'balcony' }
  async function withJuliet(subscription = 'both') {
    const stage = setStage()
    const stream = await startOnline(stage, item(JULIET, [], subscription))
    stream.receive(`<presence from='${JULIET}/balcony'/>`)
    return { stage, stream }
  }

  test('version, time and idleness, each of the device', async () => {
    const { stage, stream } = await withJuliet()
    const answers = Promise.all([
      stage.app.askVersion(device),
      stage.app.askTime(device),
      stage.app.askActivity(device),
    ])
    const sent = stream.sent()
    expect(sent.map((iq) => iq.attrs['to'] as string)).toEqual(Array(3).fill(`${JULIET}/balcony`))
    const [version, time, idle] = sent as [Element, Element, Element]
    stream.receive(
      answer(version, `<query xmlns='jabber:iq:version'><name>Psi</name><version>1.5</version></query>`),
    )
    stream.receive(
      answer(time, `<time xmlns='urn:xmpp:time'><tzo>+02:00</tzo><utc>2026-11-21T12:00:00Z</utc></time>`),
    )
    stream.receive(answer(idle, `<query xmlns='jabber:iq:last' seconds='90'/>`))
    expect(await answers).toEqual([
      { name: 'Psi', version: '1.5' },
      { utcMs: NOW, offsetMinutes: 120 },
      { secondsAgo: 90, status: '' },
    ])
  })

  test('nothing from who does not show us their presence', async () => {
    const { stage, stream } = await withJuliet('from')
    expect(await stage.app.askVersion(device)).toBeUndefined()
    expect(await stage.app.askActivity({ accountId: 1, jid: JULIET })).toBeUndefined()
    expect(await stage.app.askTime({ accountId: 1, jid: NURSE, resource: 'x' })).toBeUndefined()
    expect(stream.sent()).toEqual([])
  })

  test('nothing from a device that is not there', async () => {
    const { stage, stream } = await withJuliet()
    expect(await stage.app.askTime({ ...device, resource: 'elsewhere' })).toBeUndefined()
    expect(stream.sent()).toEqual([])
  })

  test('who refuses, or says nothing for ten seconds, is not told of', async () => {
    const { stage, stream } = await withJuliet()
    const refused = stage.app.askVersion(device)
    stream.receive(error(only(stream.sent(), 'iq'), 'service-unavailable'))
    expect(await refused).toBeUndefined()
    const silent = stage.app.askTime(device)
    await settle(10_000)
    expect(await silent).toBeUndefined()
  })

  test('an answer of somebody else is none (attack S4)', async () => {
    const { stage, stream } = await withJuliet()
    const asked = stage.app.askActivity({ accountId: 1, jid: JULIET })
    const request = only(stream.sent(), 'iq')
    expect(request.attrs['to']).toBe(JULIET)
    const forged = answer(request, `<query xmlns='jabber:iq:last' seconds='1'/>`)
    stream.receive(forged.replace(`from='${JULIET}'`, `from='mallory@evil.example'`))
    stream.receive(answer(request, `<query xmlns='jabber:iq:last' seconds='3600'>adieu</query>`))
    expect(await asked).toEqual({ secondsAgo: 3600, status: 'adieu' })
  })
})

describe('the vCard', () => {
  test('falls back to the older form, and is kept with its time', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, item(JULIET))
    const fetching = stage.app.fetchCard({ accountId: 1, jid: JULIET })
    const newer = only(stream.sent(), 'iq')
    expect(newer.getChild('pubsub')).toBeDefined()
    stream.receive(error(newer, 'item-not-found'))
    await settle()
    const older = only(stream.sent(), 'iq')
    stream.receive(answer(older, `<vCard xmlns='vcard-temp'><FN>Juliet</FN></vCard>`))
    const cached = await fetching
    expect(cached).toMatchObject({ card: { fullName: 'Juliet' }, fetchedAt: NOW })
    expect(stage.app.readContactFile({ accountId: 1, jid: JULIET })).toEqual({ note: '', card: cached })
  })

  test('that is nowhere is kept as that; one that could not be asked for leaves what was known', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, item(JULIET))
    const none = stage.app.fetchCard({ accountId: 1, jid: JULIET })
    stream.receive(error(only(stream.sent(), 'iq'), 'item-not-found'))
    await settle()
    stream.receive(error(only(stream.sent(), 'iq'), 'item-not-found'))
    expect(await none).toEqual({ card: null, fetchedAt: NOW })
    const failing = stage.app.fetchCard({ accountId: 1, jid: JULIET })
    const refused = expect(failing).rejects.toMatchObject({ data: { code: 'request-timeout' } })
    await settle(10_000)
    await refused
    expect(stage.app.readContactFile({ accountId: 1, jid: JULIET }).card).toEqual({
      card: null,
      fetchedAt: NOW,
    })
  })
})

test('a note is kept without a connection, and for strangers; not for an account that is gone', () => {
  const stage = setStage()
  stage.app.setNote({ accountId: 1, jid: NURSE, note: 'knows everything' })
  expect(stage.app.readContactFile({ accountId: 1, jid: NURSE })).toEqual({ note: 'knows everything' })
  expect(() => stage.app.setNote({ accountId: 9, jid: NURSE, note: 'x' })).toThrow('not-found')
})

describe('groups', () => {
  const ITEMS =
    item(JULIET, ['Verona', 'Friends']) + item(NURSE, ['Verona']) + item('paris@capulet.example', ['Suitors'])

  test('renaming writes every member once, in its place, and keeps the group folded', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, ITEMS)
    stage.app.setFolded({ group: 'Verona', folded: true })
    const renaming = stage.app.renameGroup({ accountId: 1, from: 'Verona', to: 'Friends' })
    const sent = await serve(stream)
    expect(sets(sent)).toEqual([
      { jid: JULIET, groups: ['Friends'] },
      { jid: NURSE, groups: ['Friends'] },
    ])
    expect(await renaming).toEqual({ total: 2, done: 2, failed: [] })
    expect(stage.app.state().foldedGroups).toEqual(['Verona', 'Friends'])
    expect(stage.events('roster.progressed').at(-1)).toEqual({ done: 2, total: 2 })
  })

  test('who could not be renamed is named', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, ITEMS)
    const renaming = stage.app.renameGroup({ accountId: 1, from: 'Verona', to: 'Padua' })
    await serve(stream, { [NURSE]: 'not-allowed' })
    expect(await renaming).toEqual({ total: 2, done: 1, failed: [{ jid: NURSE, detail: 'not-allowed' }] })
  })

  test('a group that nobody is in can’t be renamed; offline nothing can', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, ITEMS)
    const nobody = stage.app.renameGroup({ accountId: 1, from: 'Padua', to: 'x' })
    await expect(nobody).rejects.toMatchObject({ data: { code: 'not-found' } })
    stream.drop()
    const offline = stage.app.renameGroup({ accountId: 1, from: 'Verona', to: 'x' })
    await expect(offline).rejects.toMatchObject({ data: { code: 'offline' } })
  })

  test.each([
    ['from one to another', { from: 'Verona', to: 'Padua' }, ['Padua', 'Friends']],
    ['into one it is in already', { from: 'Verona', to: 'Friends' }, ['Friends']],
    ['into one more', { to: 'Padua' }, ['Verona', 'Friends', 'Padua']],
    ['out of all', { from: 'Verona' }, []],
  ])('a contact moves %s', async (_how, change, groups) => {
    const stage = setStage()
    const stream = await startOnline(stage, ITEMS)
    const moving = stage.app.moveContact({ accountId: 1, jid: JULIET, ...change })
    expect(sets(await serve(stream))).toEqual([{ jid: JULIET, groups }])
    await moving
  })

  test('a move that changes nothing asks nothing', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, ITEMS)
    await stage.app.moveContact({ accountId: 1, jid: JULIET, from: 'Verona', to: 'Verona' })
    expect(stream.sent()).toEqual([])
  })

  test('folding is kept over a restart and told to windows', () => {
    const before = setStage()
    before.app.setFolded({ group: '', folded: true })
    before.app.setFolded({ group: 'Verona', folded: true })
    before.app.setFolded({ group: '', folded: false })
    expect(before.events('group.foldedChanged').at(-1)).toEqual({ folded: ['Verona'] })
    expect(setStage({ storage: before.storage }).app.state().foldedGroups).toEqual(['Verona'])
  })
})

describe('import', () => {
  const FILE = JSON.stringify({
    format: 'linnet-roster',
    version: 1,
    items: [
      { jid: JULIET, name: 'Sun', groups: ['East'] },
      { jid: NURSE, name: '', groups: ['Verona'] },
      { jid: ROMEO, name: 'me' },
      { jid: 'paris@capulet.example', name: 'Paris', groups: ['Suitors'] },
      { jid: 'no address' },
    ],
  })
  const PARIS = jid('paris@capulet.example')

  async function previewed(): Promise<{ stage: Stage; stream: FakeStream; importId: number }> {
    const stage = setStage()
    const stream = await startOnline(
      stage,
      item(JULIET, ['Verona'], 'both', 'J') + item(NURSE, ['Verona'], 'both', 'N'),
    )
    const choice = await stage.app.previewImport(1, FILE)
    if (choice.kind !== 'preview') throw new Error(choice.kind)
    expect(choice.preview).toMatchObject({
      added: [{ jid: PARIS, name: 'Paris', groups: ['Suitors'] }],
      changed: [{ jid: JULIET, name: 'Sun', groups: ['Verona', 'East'] }],
      unchangedCount: 2,
      unreadable: [{ position: 5, text: 'no address' }],
    })
    return { stage, stream, importId: choice.preview.importId }
  }

  test('adds and renames what the preview says, takes nothing away and asks nobody unless told to', async () => {
    const { stage, stream, importId } = await previewed()
    const importing = stage.app.importRoster({ importId, ask: false })
    const sent = await serve(stream)
    expect(sets(sent)).toEqual([
      { jid: PARIS, groups: ['Suitors'] },
      { jid: JULIET, groups: ['Verona', 'East'] },
    ])
    expect(sent.filter((each) => each.is('presence'))).toEqual([])
    expect(await importing).toEqual({ total: 2, done: 2, failed: [] })
  })

  test('asks only who is new', async () => {
    const { stage, stream, importId } = await previewed()
    const importing = stage.app.importRoster({ importId, ask: true })
    const sent = await serve(stream, { [JULIET]: 'internal-server-error' })
    expect(sent.filter((each) => each.is('presence')).map(({ attrs }) => attrs)).toMatchObject([
      { type: 'subscribe', to: PARIS },
    ])
    expect(await importing).toEqual({
      total: 2,
      done: 1,
      failed: [{ jid: JULIET, detail: 'internal-server-error' }],
    })
  })

  test('a preview is used once, and only the latest', async () => {
    const { stage, stream, importId } = await previewed()
    await stage.app.previewImport(1, FILE)
    const stale = stage.app.importRoster({ importId, ask: false })
    await expect(stale).rejects.toMatchObject({ data: { code: 'not-found' } })
    const latest = stage.app.importRoster({ importId: importId + 1, ask: false })
    await serve(stream)
    await latest
    const again = stage.app.importRoster({ importId: importId + 1, ask: false })
    await expect(again).rejects.toMatchObject({ data: { code: 'not-found' } })
  })

  test('stops at any time: what is done stays done, the rest is neither done nor failed', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    const items = Array.from({ length: 50 }, (_, n) => ({ jid: `c${n}@x.example` }))
    const choice = await stage.app.previewImport(
      1,
      JSON.stringify({ format: 'linnet-roster', version: 1, items }),
    )
    const importId = choice.kind === 'preview' ? choice.preview.importId : 0
    const importing = stage.app.importRoster({ importId, ask: false })
    const first = stream.sent()
    expect(first).toHaveLength(4)
    stage.app.stopRosterChange()
    for (const iq of first) stream.receive(result(iq))
    await settle()
    expect(stream.sent()).toEqual([])
    expect(await importing).toEqual({ total: 50, done: 4, failed: [] })
  })

  test('a connection that breaks ends it', async () => {
    const { stage, stream, importId } = await previewed()
    const importing = stage.app.importRoster({ importId, ask: false })
    stream.drop()
    const outcome = await importing
    expect(outcome).toMatchObject({ total: 2, done: 0 })
    expect(outcome.failed.map((each) => each.jid)).toEqual([PARIS, JULIET])
  })

  test('what is exported is imported without a change', async () => {
    const { stage } = await previewed()
    const again = await stage.app.previewImport(1, stage.app.exportRoster(1))
    expect(again).toMatchObject({ kind: 'preview', preview: { added: [], changed: [], unchangedCount: 2 } })
  })

  test('for an account that is gone is refused', async () => {
    const { stage } = await previewed()
    await expect(stage.app.previewImport(7, FILE)).rejects.toMatchObject({ data: { code: 'not-found' } })
  })
})
