/** S16: who looks like a contact is a stranger, and a contact spelled otherwise is the same contact. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { escape } from '../../helpers/stanza.ts'
import { JULIET, jid, NOW, setStage, settle, startOnline } from '../stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const ITEM = `<item jid='${JULIET}' name='Juliet' subscription='both'/>`
const message = (from: string, body: string): string =>
  `<message from='${escape(from)}' type='chat'><body>${body}</body></message>`

const LOOKALIKES = [
  'ju1iet@capulet.example',
  'juliеt@capulet.example',
  'julıet@capulet.example',
  'juliet.@capulet.example',
  'juliet@capuIet.example',
  'juliet@cаpulet.example',
  'juliet@xn--cpulet-2fg.example',
  'juliet@capulet.example.evil.example',
  'capulet.example/juliet@capulet.example',
]

/** What no server may deliver: not an address, though it looks like Juliet's. */
const NO_ADDRESSES = [
  'juliet\u200b@capulet.example',
  '\u202ejuliet@capulet.example',
  'juliet @capulet.example',
  'ｊuliet＠capulet.example',
  'juliet@capulet.example?',
  'juliet@capulet.example#',
  'juliet@capu\u00adlet.example',
]

const SAME = [
  'JULIET@capulet.example',
  'juliet@CAPULET.EXAMPLE.',
  'ｊｕｌｉｅｔ@capulet.example',
  'juliet@capulet。example/x',
]

describe('a message', () => {
  test.each(LOOKALIKES)('of %s is another conversation', async (from) => {
    const stage = setStage()
    const stream = await startOnline(stage, ITEM)
    stream.receive(message(JULIET, 'I am Juliet'))
    stream.receive(message(from, 'I am Juliet too'))
    const { conversations } = stage.app.state()
    expect(conversations).toHaveLength(2)
    const hers = conversations.find(({ counterpart }) => counterpart === JULIET)
    expect(hers?.last?.body).toBe('I am Juliet')
  })

  test.each(NO_ADDRESSES)('of %j is dropped', async (from) => {
    const stage = setStage()
    const stream = await startOnline(stage, ITEM)
    stream.receive(message(from, 'I am Juliet'))
    expect(stage.app.state().conversations).toEqual([])
  })

  test.each(SAME)('of %s is hers', async (from) => {
    const stage = setStage()
    const stream = await startOnline(stage, ITEM)
    stream.receive(message(JULIET, 'one'))
    stream.receive(message(from, 'two'))
    expect(stage.app.state().conversations).toMatchObject([{ counterpart: JULIET, last: { body: 'two' } }])
  })
})

describe('a presence', () => {
  test.each([...LOOKALIKES, ...NO_ADDRESSES])('of %j does not change hers', async (from) => {
    const stage = setStage()
    const stream = await startOnline(stage, ITEM)
    stream.receive(`<presence from='${JULIET}/balcony'><show>dnd</show></presence>`)
    stream.receive(`<presence from='${escape(from)}' type='unavailable'/>`)
    stream.receive(`<presence from='${escape(from)}'><show>chat</show></presence>`)
    await settle(100)
    expect(stage.app.state().presences).toMatchObject([
      { jid: JULIET, resources: [{ resource: 'balcony', show: 'dnd' }] },
    ])
  })

  test('of a resource of other case is another device', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, ITEM)
    stream.receive(`<presence from='${JULIET}/balcony'><priority>1</priority></presence>`)
    stream.receive(`<presence from='${JULIET}/Balcony' type='unavailable'/>`)
    stream.receive(`<presence from='${JULIET}/balcony\u200b'/>`)
    await settle(100)
    const resources = stage.app.state().presences[0]?.resources.map(({ resource }) => resource)
    expect(resources).toEqual(['balcony', 'balcony\u200b'])
  })
})

describe('a request', () => {
  test('by one who calls itself Juliet has its own address and takes no contact’s place', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, ITEM)
    stream.receive(`<presence type='subscribe' from='juliеt@capulet.example'>
      <nick xmlns='http://jabber.org/protocol/nick'>Juliet</nick></presence>`)
    expect(stage.app.state().requests).toMatchObject([{ jid: jid('juliеt@capulet.example'), nick: 'Juliet' }])
    expect(stage.app.state().contacts).toMatchObject([{ jid: JULIET, name: 'Juliet' }])
    expect(stream.sent()).toEqual([])
  })

  test.each(NO_ADDRESSES)('of %j is dropped', async (from) => {
    const stage = setStage()
    const stream = await startOnline(stage, ITEM)
    stream.receive(`<presence type='subscribe' from='${escape(from)}'/>`)
    expect(stage.app.state().requests).toEqual([])
    expect(stream.sent()).toEqual([])
  })
})
