/** S19: who learns what by asking us; the rule as a table, and the whole of it on a stream. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { askerOf, mayLearn, type Asker, type Question } from '../../src-main/domain/answers.ts'
import type { Jid } from '../../src-main/model/jid.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../src-main/model/settings.ts'
import { createTraffic } from '../../src-main/domain/console/traffic.ts'
import { createLink } from '../../src-main/domain/link.ts'
import type { Element } from '../../src-main/protocol/xml.ts'
import { createFakeStream } from '../helpers/fake-stream.ts'
import { createMemoryStorage } from '../helpers/memory-storage.ts'
import { jid, JULIET, NOW, only, ROMEO, setStage, settle, startOnline, type Stage } from './stage.ts'

const ALL = { ...DEFAULT_SETTINGS, tellVersion: true, tellSystem: true, tellTime: true, tellIdle: true }
const QUESTIONS: readonly Question[] = [
  ...(['presence', 'version', 'system', 'time', 'idle'] as const),
  ...(['delivered', 'displayed', 'typing'] as const),
]

describe('the rule', () => {
  test.each<[Asker, readonly Question[]]>([
    ['self', QUESTIONS],
    ['contact', QUESTIONS],
    ['server', ['presence']],
    ['addressed', ['presence']],
    ['stranger', []],
  ])('%s learns %j at most', (asker, learns) => {
    expect(QUESTIONS.filter((question) => mayLearn(asker, question, ALL))).toEqual(learns)
  })

  test.each<[Question, keyof Settings]>([
    ['version', 'tellVersion'],
    ['system', 'tellSystem'],
    ['time', 'tellTime'],
    ['idle', 'tellIdle'],
    ['delivered', 'tellDelivered'],
    ['displayed', 'tellDisplayed'],
    ['typing', 'tellTyping'],
  ])('nobody learns the %s once the user says no', (question, setting) => {
    for (const asker of ['self', 'contact'] as const) {
      expect(mayLearn(asker, question, { ...ALL, [setting]: false })).toBe(false)
      const others = QUESTIONS.filter((each) => each !== question)
      expect(others.every((each) => mayLearn(asker, each, { ...ALL, [setting]: false }))).toBe(true)
    }
  })

  test('from the start contacts learn all but the operating system', () => {
    const learnt = QUESTIONS.filter((question) => mayLearn('contact', question, DEFAULT_SETTINGS))
    expect(learnt).toEqual(QUESTIONS.filter((question) => question !== 'system'))
  })
})

describe('who asks', () => {
  const addressed = new Set(['nurse@capulet.example/garden', 'friar@cell.example'] as Jid[])
  test.each<[string, 'none' | 'to' | 'from' | 'both' | undefined, Asker]>([
    ['romeo@montague.example', undefined, 'self'],
    ['romeo@montague.example/phone', undefined, 'self'],
    ['juliet@capulet.example/balcony', 'both', 'contact'],
    ['juliet@capulet.example', 'from', 'contact'],
    ['juliet@capulet.example/balcony', 'to', 'stranger'],
    ['juliet@capulet.example/balcony', 'none', 'stranger'],
    ['juliet@capulet.example/balcony', undefined, 'stranger'],
    ['montague.example', undefined, 'server'],
    ['montague.example/admin', undefined, 'server'],
    ['montague.example', 'both', 'contact'],
    ['muc.montague.example', undefined, 'stranger'],
    ['montague.example.evil.example', undefined, 'stranger'],
    ['romeo@montague.example.evil.example', undefined, 'stranger'],
    ['mercutio@montague.example', undefined, 'stranger'],
    ['nurse@capulet.example/garden', undefined, 'addressed'],
    ['nurse@capulet.example/kitchen', undefined, 'stranger'],
    ['nurse@capulet.example', undefined, 'stranger'],
    ['friar@cell.example/any', undefined, 'addressed'],
    ['nurse@capulet.example/garden', 'both', 'contact'],
  ])('%s, subscription %s, is %s', (from, subscription, asker) => {
    const contact = subscription === undefined ? undefined : { subscription }
    expect(askerOf(from as Jid, { ownBareJid: ROMEO, contact, addressed })).toBe(asker)
  })
})

describe('on a stream', () => {
  beforeEach(() => void vi.useFakeTimers({ now: NOW }))
  afterEach(() => void vi.useRealTimers())

  const ASK = {
    version: `<query xmlns='jabber:iq:version'/>`,
    time: `<time xmlns='urn:xmpp:time'/>`,
    idle: `<query xmlns='jabber:iq:last'/>`,
    ping: `<ping xmlns='urn:xmpp:ping'/>`,
    features: `<query xmlns='http://jabber.org/protocol/disco#info'/>`,
    unknown: `<query xmlns='urn:example:unknown'/>`,
    nothing: '',
  }
  const ROSTER = `<item jid='${JULIET}' subscription='both'/><item jid='paris@verona.example' subscription='to'/>`

  async function online(): Promise<Stage> {
    const stage = setStage({ idleSeconds: () => 77 })
    await startOnline(stage, ROSTER)
    stage.stream().sent()
    return stage
  }

  function ask(stage: Stage, from: string | undefined, what: keyof typeof ASK): Element {
    const address = from === undefined ? '' : `from='${from}'`
    stage.stream().receive(`<iq type='get' id='q' ${address}>${ASK[what]}</iq>`)
    return only(stage.stream().sent(), 'iq')
  }

  const NOT_THERE =
    /^<iq type="error" to="[^"]+" id="q"><error type="cancel"><service-unavailable xmlns="[^"]+"\/><\/error><\/iq>$/

  test('a contact learns version, time and idle time', async () => {
    const stage = await online()
    const from = `${JULIET}/balcony`
    const version = ask(stage, from, 'version').getChild('query')
    expect(version?.getChildText('name')).toBe('Linnet')
    expect(version?.getChildText('version')).toBe('0.1.0')
    expect(version?.getChild('os')).toBeUndefined()
    expect(ask(stage, from, 'idle').getChild('query')?.attrs['seconds']).toBe('77')
    const time = ask(stage, from, 'time').getChild('time')
    expect(time?.getChildText('utc')).toBe('2026-11-21T12:00:00.000Z')
    expect(time?.getChildText('tzo')).toMatch(/^[+-]\d\d:\d\d$/)
  })

  test.each(['mallory@evil.example/x', 'paris@verona.example/horse', 'mercutio@montague.example/x'])(
    '%s cannot tell us from a resource that is not there',
    async (from) => {
      const stage = await online()
      const answers = Object.keys(ASK).map((what) => String(ask(stage, from, what as keyof typeof ASK)))
      expect(answers.length).toBe(7)
      expect(new Set(answers).size).toBe(1)
      expect(answers[0]).toMatch(NOT_THERE)
    },
  )

  test('our server and whom we addressed learn that we are here, and no more', async () => {
    const stage = await online()
    const stream = createFakeStream({ jid: `${ROMEO}/x` })
    const storage = createMemoryStorage()
    const link = createLink({ ...linkTools(stage), storage }, stream)
    link.attach({
      receive: (element) => void link.iq.receive(element),
      acknowledged: () => undefined,
      acknowledging: () => undefined,
      interrupted: () => undefined,
      resumed: () => undefined,
      closed: () => undefined,
    })
    link.addressed.add('nurse@capulet.example/garden' as Jid)
    for (const from of ['montague.example', 'nurse@capulet.example/garden']) {
      const types = Object.entries(ASK).map(([what, payload]) => {
        stream.receive(`<iq type='get' id='q' from='${from}'>${payload}</iq>`)
        return [what, only(stream.sent(), 'iq').attrs['type'] as unknown]
      })
      const results = types.filter(([, type]) => type === 'result').map(([what]) => what)
      expect(results).toEqual(['ping', 'features'])
    }
  })

  test('whom the user shows the presence to may ask, until it is taken back', async () => {
    const stage = await online()
    const nurse = { accountId: 1, jid: jid('nurse@capulet.example') }
    const ping = (): string => String(ask(stage, 'nurse@capulet.example/garden', 'ping'))
    expect(ping()).toMatch(NOT_THERE)
    stage.app.showPresenceTo(nurse)
    stage.stream().sent()
    expect(ping()).toContain('type="result"')
    stage.app.hidePresenceFrom(nurse)
    stage.stream().sent()
    expect(ping()).toMatch(NOT_THERE)
  })

  function linkTools(stage: Stage) {
    const { storage } = stage
    return {
      storage,
      newId: () => 'id',
      log: () => undefined,
      now: Date.now,
      idleSeconds: () => 0,
      version: '0.1.0',
      system: 'Linux',
      traffic: createTraffic(Date.now),
    }
  }

  test('a contact who may no longer see us learns nothing any more', async () => {
    const stage = await online()
    const from = `${JULIET}/balcony`
    expect(ask(stage, from, 'ping').attrs['type']).toBe('result')
    const item = `<item jid='${JULIET}' subscription='to'/>`
    stage.stream().receive(`<iq type='set' id='p'><query xmlns='jabber:iq:roster'>${item}</query></iq>`)
    stage.stream().sent()
    expect(String(ask(stage, from, 'ping'))).toMatch(NOT_THERE)
    expect(String(ask(stage, from, 'version'))).toMatch(NOT_THERE)
  })

  test('nor does one who was shown our presence directly before there was a subscription', async () => {
    const stage = await online()
    const from = 'nurse@capulet.example/garden'
    const push = (subscription: string): void => {
      const item = `<item jid='nurse@capulet.example' subscription='${subscription}'/>`
      stage.stream().receive(`<iq type='set' id='p'><query xmlns='jabber:iq:roster'>${item}</query></iq>`)
      stage.stream().sent()
    }
    stage.app.sendStanza({ accountId: 1, xml: `<presence to='${from}'/>`, confirmed: [] })
    stage.stream().sent()
    expect(ask(stage, from, 'ping').attrs['type']).toBe('result')
    push('both')
    expect(ask(stage, from, 'version').attrs['type']).toBe('result')
    push('none')
    expect(String(ask(stage, from, 'ping'))).toMatch(NOT_THERE)
  })

  test('what the user does not tell is refused and no feature, and contacts get new caps', async () => {
    const stage = await online()
    const from = `${JULIET}/balcony`
    const features = (): readonly unknown[] =>
      ask(stage, from, 'features')
        .getChild('query')
        ?.getChildren('feature')
        .map(({ attrs }) => attrs['var']) ?? []
    expect(features()).toContain('urn:xmpp:time')
    stage.app.setSettings({ tellTime: false, tellSystem: true })
    await settle()
    const presence = only(stage.stream().sent(), 'presence')
    expect(String(ask(stage, from, 'time'))).toMatch(NOT_THERE)
    expect(features()).not.toContain('urn:xmpp:time')
    expect(ask(stage, from, 'version').getChild('query')?.getChildText('os')).toBe('Linux')
    stage.app.setSettings({ tellTime: true })
    const again = only(stage.stream().sent(), 'presence')
    expect(again.getChild('c')?.attrs['ver']).not.toBe(presence.getChild('c')?.attrs['ver'])
  })

  test('a setting that is no feature is nobody’s business', async () => {
    const stage = await online()
    stage.app.setSettings({ theme: 'dark', tellSystem: true })
    expect(stage.stream().sent()).toEqual([])
  })

  test('without `from` it is our own account', async () => {
    const stage = await online()
    expect(ask(stage, undefined, 'version').attrs['type']).toBe('result')
  })

  test('a contact of one account is a stranger to the other', async () => {
    const other = jid('tybalt@capulet.example')
    const stage = setStage({ accounts: [ROMEO, other] })
    stage.app.start()
    await settle()
    const [first, second] = stage.connect.streams
    for (const [stream, items] of [
      [first, ROSTER],
      [second, ''],
    ] as const) {
      const request = stream?.sent().find((element) => element.getChild('query', 'jabber:iq:roster'))
      const id = String(request?.attrs['id'])
      stream?.receive(`<iq type='result' id='${id}'><query xmlns='jabber:iq:roster'>${items}</query></iq>`)
      await settle()
      stream?.sent()
      stream?.receive(`<iq type='get' id='q' from='${JULIET}/balcony'>${ASK.ping}</iq>`)
    }
    expect(only(first?.sent() ?? [], 'iq').attrs['type']).toBe('result')
    expect(String(only(second?.sent() ?? [], 'iq'))).toMatch(NOT_THERE)
  })
})
