/** Services as the domain lives them: asked where the user says, believed from there alone, and never the own account's end. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { FieldAnswer } from '../../src-main/model/form.ts'
import { parseJid, type Jid } from '../../src-main/model/jid.ts'
import type { Element } from '../../src-main/protocol/xml.ts'
import type { FakeStream } from '../helpers/fake-stream.ts'
import { NOW, ROMEO, setStage, settle, startOnline, type Stage } from './stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const IRC = 'irc.montague.test' as Jid
const REGISTER = 'jabber:iq:register'
const COMMANDS = 'http://jabber.org/protocol/commands'
const ITEMS = 'http://jabber.org/protocol/disco#items'
const at = { accountId: 1, jid: IRC }
let stage: Stage
let stream: FakeStream

beforeEach(async () => {
  stage = setStage()
  stream = await startOnline(stage)
  stream.sent()
})

/** What was sent since the last call: exactly one stanza. */
async function sentOne(): Promise<Element> {
  await settle()
  const [element, ...more] = stream.sent()
  if (element === undefined || more.length > 0) throw new Error(`not one stanza: ${String(more)}`)
  return element
}

function answer(request: Element, payload = '', from: string = IRC): void {
  const id = String(request.attrs['id'])
  stream.receive(`<iq type='result' id='${id}' from='${from}'>${payload}</iq>`)
}

describe('discovery', () => {
  test('what an address lists comes from that address alone', async () => {
    const items = stage.app.fetchServiceItems(at)
    const request = await sentOne()
    expect([request.attrs['to'], request.attrs['type']]).toEqual([IRC, 'get'])
    answer(request, `<query xmlns='${ITEMS}'><item jid='evil.example'/></query>`, 'evil.example')
    answer(request, `<query xmlns='${ITEMS}'><item jid='evil.example'/></query>`, `${IRC}/other`)
    answer(request, `<query xmlns='${ITEMS}'><item jid='#verona@${IRC}' name='Verona'/></query>`)
    expect(await items).toEqual({ items: [{ jid: `#verona@${IRC}`, name: 'Verona' }] })
  })

  test('a refusal says which one it was', async () => {
    const info = stage.app.fetchServiceInfo({ ...at, node: 'x' })
    const id = String((await sentOne()).attrs['id'])
    stream.receive(`<iq type='error' id='${id}' from='${IRC}'><error type='cancel'>
      <item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>`)
    await expect(info).rejects.toMatchObject({
      data: { code: 'refused-by-server', condition: 'item-not-found' },
    })
  })

  test('silence ends in time; offline nothing is asked', async () => {
    const info = stage.app.fetchServiceInfo(at)
    const waited = expect(info).rejects.toMatchObject({ data: { code: 'request-timeout' } })
    await settle(30_000)
    await waited
    stream.sent()
    stream.drop()
    await expect(stage.app.fetchServiceInfo(at)).rejects.toMatchObject({ data: { code: 'offline' } })
    expect(stream.sent()).toEqual([])
  })
})

describe('registration', () => {
  const answers: readonly FieldAnswer[] = [
    { name: 'username', type: 'text-single', values: ['bill'] },
    { name: 'password', type: 'text-private', values: ['Calliope'] },
  ]

  test('asks, answers, and takes back', async () => {
    const registration = stage.app.fetchRegistration(at)
    answer(await sentOne(), `<query xmlns='${REGISTER}'><registered/><username>bill</username></query>`)
    expect(await registration).toMatchObject({ registered: true, kind: 'legacy' })
    const registered = stage.app.register({ ...at, kind: 'legacy', answers: [...answers] as never })
    const request = await sentOne()
    expect(request.getChild('query', REGISTER)?.toString()).toBe(
      `<query xmlns="${REGISTER}"><username>bill</username><password>Calliope</password></query>`,
    )
    answer(request)
    await registered
    const ended = stage.app.unregister(at)
    const removal = await sentOne()
    expect(removal.getChild('query', REGISTER)?.toString()).toBe(
      `<query xmlns="${REGISTER}"><remove/></query>`,
    )
    expect(removal.attrs['to']).toBe(IRC)
    answer(removal)
    await ended
  })

  test.each([
    'montague.example',
    'montague.example/service',
    'MONTAGUE.example.',
    'romeo@montague.example',
    'romeo@montague.example/orchard',
    'juliet@montague.example',
  ])('nothing about registration ever reaches the own server: %s', async (address) => {
    const own = { accountId: 1, jid: parseJid(address) as Jid }
    const refused = { data: { code: 'own-server' } }
    await expect(stage.app.unregister(own)).rejects.toMatchObject(refused)
    await expect(stage.app.register({ ...own, kind: 'form', answers: [] })).rejects.toMatchObject(refused)
    await expect(stage.app.fetchRegistration(own)).rejects.toMatchObject(refused)
    expect(stream.sent()).toEqual([])
  })
})

describe('gateways', () => {
  test('logging in and out is presence to the gateway alone', async () => {
    stage.app.setPresence({ show: 'away', status: 'in Mantua' })
    stream.sent()
    await stage.app.logInToGateway(at)
    const login = await sentOne()
    expect([login.getName(), login.attrs['to'], login.getChildText('show')]).toEqual([
      'presence',
      IRC,
      'away',
    ])
    await stage.app.logOutOfGateway(at)
    const logout = await sentOne()
    expect([logout.attrs['type'], logout.attrs['to']]).toEqual(['unavailable', IRC])
  })

  test('logged in, it may ask what we can do; logged out, it may not', async () => {
    const ask = async (): Promise<unknown> => {
      stream.receive(
        `<iq type='get' id='q' from='${IRC}'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>`,
      )
      return (await sentOne()).attrs['type']
    }
    await stage.app.logInToGateway(at)
    await sentOne()
    expect(await ask()).toBe('result')
    await stage.app.logOutOfGateway(at)
    await sentOne()
    expect(await ask()).toBe('error')
  })

  test('its requests after a registration are requests like any other', async () => {
    stream.receive(`<presence type='subscribe' from='${IRC}'/>`)
    await settle()
    expect(stage.app.state().requests.map(({ jid }) => jid)).toEqual([IRC])
    expect(stream.sent()).toEqual([])
  })

  test('an address of its network becomes one of its own', async () => {
    const translated = stage.app.translateAddress({ ...at, address: 'will' })
    answer(await sentOne(), `<query xmlns='jabber:iq:gateway'><jid>will@${IRC}</jid></query>`)
    expect(await translated).toEqual({ jid: `will@${IRC}` })
    const stolen = stage.app.translateAddress({ ...at, address: 'will' })
    answer(await sentOne(), `<query xmlns='jabber:iq:gateway'><jid>${ROMEO}</jid></query>`)
    await expect(stolen).rejects.toMatchObject({ data: { code: 'invalid-address' } })
  })
})

describe('commands', () => {
  const config = { ...at, node: 'config', language: 'en' as const }

  test('two steps, back, and cancelled: one session throughout', async () => {
    const first = stage.app.runCommand({ ...config, action: 'execute' })
    const begun = (await sentOne()).attrs['id']
    stream.receive(`<iq type='result' id='${String(begun)}' from='${IRC}'><command xmlns='${COMMANDS}' node='config'
      sessionid='s1' status='executing'><actions execute='next'><next/></actions>
      <x xmlns='jabber:x:data' type='form'><field var='who' type='text-single'/></x></command></iq>`)
    expect(await first).toMatchObject({ sessionId: 's1', moves: ['next'], defaultMove: 'next' })
    const answers = [{ name: 'who', type: 'text-single' as const, values: ['me'] }]
    void stage.app.runCommand({ ...config, action: 'next', sessionId: 's1', answers })
    const next = (await sentOne()).getChild('command', COMMANDS)
    expect([next?.attrs['sessionid'], next?.attrs['action'], next?.getChild('x')?.toString()]).toEqual([
      's1',
      'next',
      '<x xmlns="jabber:x:data" type="submit"><field var="who" type="text-single"><value>me</value></field></x>',
    ])
    void stage.app.runCommand({ ...config, action: 'cancel', sessionId: 's1' })
    const cancel = (await sentOne()).getChild('command', COMMANDS)
    expect([cancel?.attrs['sessionid'], cancel?.attrs['action'], cancel?.children]).toEqual([
      's1',
      'cancel',
      [],
    ])
  })

  test('an answer without a command is none', async () => {
    const step = stage.app.runCommand({ ...config, action: 'execute' })
    answer(await sentOne())
    await expect(step).rejects.toMatchObject({ data: { code: 'unreadable-answer' } })
  })

  test('a device that offers commands says so in its capabilities', async () => {
    const info = 'http://jabber.org/protocol/disco#info'
    stream.receive(`<presence from='${ROMEO}/phone'>
      <c xmlns='http://jabber.org/protocol/caps' hash='sha-1' node='n' ver='iv2aP1JRecMtCToQG4i8NP2RWvA='/></presence>`)
    const question = await sentOne()
    answer(
      question,
      `<query xmlns='${info}'><identity category='client' type='phone' name='Pocket'/><feature var='${COMMANDS}'/></query>`,
      `${ROMEO}/phone`,
    )
    await settle(20)
    const [own] = stage.app.state().presences
    expect(own?.resources).toMatchObject([
      { client: { name: 'Pocket', type: 'phone' }, offersCommands: true },
    ])
  })
})
