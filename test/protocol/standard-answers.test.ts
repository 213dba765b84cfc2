/** XEP-0012, XEP-0030, XEP-0092, XEP-0115, XEP-0199 and XEP-0202 as others see them: requests in, answers out; and the other way round. */
import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Jid } from '../../src-main/model/jid.ts'
import { createIq, type Iq } from '../../src-main/protocol/iq.ts'
import {
  ownCaps,
  ownInfo,
  registerStandardAnswers,
  type StandardAnswers,
} from '../../src-main/protocol/own-features.ts'
import { answerLastActivity, fetchLastActivity } from '../../src-main/protocol/xep-0012-last-activity.ts'
import { fetchDiscoInfo } from '../../src-main/protocol/xep-0030-service-discovery.ts'
import { answerVersion, fetchVersion } from '../../src-main/protocol/xep-0092-version.ts'
import { buildPing } from '../../src-main/protocol/xep-0199-ping.ts'
import { answerEntityTime, fetchEntityTime } from '../../src-main/protocol/xep-0202-entity-time.ts'
import type { Element } from '../../src-main/protocol/xml.ts'
import { canonical } from '../helpers/canonical.ts'
import { createFakeStream, type FakeStream } from '../helpers/fake-stream.ts'
import { parseStanza } from '../helpers/stanza.ts'

const ROMEO = 'romeo@montague.example/orchard' as Jid
const DISCO = 'http://jabber.org/protocol/disco#info'
const TOLD = { version: true, time: true, idle: true, delivered: true, displayed: true, typing: true }
const ALL: StandardAnswers = {
  told: () => TOLD,
  version: () => ({ version: '0.1.0' }),
  time: () => ({ utcMs: Date.UTC(2006, 11, 19, 17, 58, 35), offsetMinutes: -360 }),
  lastActivity: () => ({ secondsAgo: 123, status: '' }),
}
let stream: FakeStream
let iq: Iq

beforeEach(() => {
  stream = createFakeStream({ jid: 'juliet@capulet.example/balcony' })
  iq = createIq({ stream })
  stream.onStanza((stanza) => void iq.receive(stanza))
  registerStandardAnswers(iq, ALL)
})

function answerTo(payload: string, type = 'get'): Element {
  stream.receive(`<iq type='${type}' id='q1' from='${ROMEO}'>${payload}</iq>`)
  const [answer, ...more] = stream.sent()
  expect(more).toEqual([])
  return answer as Element
}

function expectSame(element: Element, text: string): void {
  expect(canonical(element)).toBe(canonical(parseStanza(text)))
}

const SAID = {
  version: `<query xmlns='jabber:iq:version'><name>Exodus</name><version>0.7</version></query>`,
  time: `<time xmlns='urn:xmpp:time'><tzo>-06:00</tzo><utc>2006-12-19T17:58:35.000Z</utc></time>`,
  idle: `<query xmlns='jabber:iq:last' seconds='123'/>`,
}
const facts = {
  version: { name: 'Exodus', version: '0.7' },
  time: { utcMs: Date.UTC(2006, 11, 19, 17, 58, 35), offsetMinutes: -360 },
  idle: { secondsAgo: 123, status: '' },
}
const askers = { version: fetchVersion, time: fetchEntityTime, idle: fetchLastActivity }

describe.each(['version', 'time', 'idle'] as const)('XEP-0012, XEP-0092, XEP-0202: %s', (fact) => {
  const question = SAID[fact].replace(/^<(\w+) (xmlns='[^']+').*$/, '<$1 $2/>')

  function reply(asked: Element | undefined, payload: string): void {
    stream.receive(`<iq type='result' id='${String(asked?.attrs['id'])}' from='${ROMEO}'>${payload}</iq>`)
  }

  test('is asked of whom we want', async () => {
    const answer = askers[fact](iq, ROMEO)
    const [sent] = stream.sent()
    expectSame(
      sent as Element,
      `<iq type='get' id='${String(sent?.attrs['id'])}' to='${ROMEO}'>${question}</iq>`,
    )
    reply(sent, SAID[fact])
    expect(await answer).toEqual(facts[fact])
  })

  test.each(['', `<query xmlns='urn:other'/>`, question])('is unknown after "%s"', async (payload) => {
    const answer = askers[fact](iq, ROMEO)
    reply(stream.sent()[0], payload)
    expect(await answer).toBeUndefined()
  })

  test('is refused with the error of the other side', async () => {
    const answer = askers[fact](iq, ROMEO)
    const id = String(stream.sent()[0]?.attrs['id'])
    stream.receive(`<iq type='error' id='${id}' from='${ROMEO}'><error type='auth'>
      <forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>`)
    await expect(answer).rejects.toMatchObject({ name: 'StanzaError', condition: 'forbidden' })
  })

  test('is told to whom it may be, and to nobody else', () => {
    const may = (from: Jid): boolean => from === ROMEO
    answerVersion(iq, (from) => (may(from) ? facts.version : undefined))
    answerEntityTime(iq, (from) => (may(from) ? facts.time : undefined))
    answerLastActivity(iq, (from) => (may(from) ? facts.idle : undefined))
    expectSame(answerTo(question), `<iq type='result' id='q1' to='${ROMEO}'>${SAID[fact]}</iq>`)
    stream.receive(`<iq type='get' id='q2' from='mallory@evil.example/x'>${question}</iq>`)
    expectSame(
      stream.sent()[0] as Element,
      `<iq type='error' id='q2' to='mallory@evil.example/x'><error type='cancel'>
        <service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>`,
    )
  })
})

describe('XEP-0199', () => {
  test('a ping is answered with an empty result', () => {
    expectSame(answerTo(`<ping xmlns='urn:xmpp:ping'/>`), `<iq type='result' id='q1' to='${ROMEO}'/>`)
  })

  test('our own is answered by whoever knows it', () => {
    expectSame(buildPing(), `<ping xmlns='urn:xmpp:ping'/>`)
    expectSame(answerTo(String(buildPing())), `<iq type='result' id='q1' to='${ROMEO}'/>`)
  })
})

describe('XEP-0092', () => {
  test('name and version are told, the system is not', () => {
    expectSame(
      answerTo(`<query xmlns='jabber:iq:version'/>`),
      `<iq type='result' id='q1' to='${ROMEO}'><query xmlns='jabber:iq:version'>
        <name>Linnet</name><version>0.1.0</version></query></iq>`,
    )
  })

  test('the system is told where the user agreed', () => {
    registerStandardAnswers(iq, { ...ALL, version: () => ({ version: '0.1.0', os: 'Linux' }) })
    const answer = answerTo(`<query xmlns='jabber:iq:version'/>`)
    expect(answer.getChild('query')?.getChildText('os')).toBe('Linux')
  })

  test('nobody sets our version', () => {
    expect(String(answerTo(`<query xmlns='jabber:iq:version'/>`, 'set'))).toContain('<service-unavailable')
  })
})

describe('XEP-0030', () => {
  const INFO = `<identity category='client' type='pc' name='Linnet'/>
    <feature var='http://jabber.org/protocol/caps'/><feature var='http://jabber.org/protocol/chatstates'/>
    <feature var='http://jabber.org/protocol/disco#info'/>
    <feature var='http://jabber.org/protocol/disco#items'/><feature var='http://jabber.org/protocol/muc'/><feature var='http://jabber.org/protocol/nick+notify'/>
    <feature var='jabber:iq:last'/><feature var='jabber:iq:version'/>
    <feature var='jabber:x:conference'/><feature var='urn:xmpp:avatar:metadata+notify'/><feature var='urn:xmpp:bookmarks:1+notify'/>
    <feature var='urn:xmpp:chat-markers:0'/><feature var='urn:xmpp:fallback:0'/>
    <feature var='urn:xmpp:mds:displayed:0+notify'/><feature var='urn:xmpp:mentions:0'/>
    <feature var='urn:xmpp:message-correct:0'/><feature var='urn:xmpp:message-retract:1'/>
    <feature var='urn:xmpp:ping'/><feature var='urn:xmpp:reactions:0'/>
    <feature var='urn:xmpp:receipts'/>
    <feature var='urn:xmpp:reply:0'/><feature var='urn:xmpp:spoiler:0'/><feature var='urn:xmpp:styling:0'/><feature var='urn:xmpp:time'/>`

  test('we say what we are and can do', () => {
    expectSame(
      answerTo(`<query xmlns='${DISCO}'/>`),
      `<iq type='result' id='q1' to='${ROMEO}'><query xmlns='${DISCO}'>${INFO}</query></iq>`,
    )
  })

  test('XEP-0115 §6.2: the node of our caps means the same', () => {
    const { node: software, ver } = ownCaps(TOLD)
    const node = `${software}#${ver}`
    expectSame(
      answerTo(`<query xmlns='${DISCO}' node='${node}'/>`),
      `<iq type='result' id='q1' to='${ROMEO}'><query xmlns='${DISCO}' node='${node}'>${INFO}</query></iq>`,
    )
  })

  test.each(['https://linnet.im', 'http://jabber.org/protocol/commands', ''])(
    'node "%s" is not found',
    (node) => {
      expect(String(answerTo(`<query xmlns='${DISCO}' node='${node}'/>`))).toContain('<item-not-found')
    },
  )

  test('we list nothing; nodes of ours are not found', () => {
    const ITEMS = 'http://jabber.org/protocol/disco#items'
    expectSame(
      answerTo(`<query xmlns='${ITEMS}'/>`),
      `<iq type='result' id='q1' to='${ROMEO}'><query xmlns='${ITEMS}'/></iq>`,
    )
    expect(
      String(answerTo(`<query xmlns='${ITEMS}' node='http://jabber.org/protocol/commands'/>`)),
    ).toContain('<item-not-found')
  })

  test('we read what others are and can do', async () => {
    const info = fetchDiscoInfo(iq, ROMEO, 'urn:example:node')
    const [sent] = stream.sent()
    expect(sent?.attrs['to']).toBe(ROMEO)
    expect(sent?.getChild('query', DISCO)?.attrs['node']).toBe('urn:example:node')
    stream.receive(`<iq type='result' id='${String(sent?.attrs['id'])}' from='${ROMEO}'><query xmlns='${DISCO}'>
      <identity category='client' type='phone'/><feature var='urn:xmpp:ping'/></query></iq>`)
    expect(await info).toEqual({
      identities: [{ category: 'client', type: 'phone' }],
      features: ['urn:xmpp:ping'],
    })
  })

  test('a result without its payload says nothing', async () => {
    const info = fetchDiscoInfo(iq, ROMEO)
    const id = String(stream.sent()[0]?.attrs['id'])
    stream.receive(`<iq type='result' id='${id}' from='${ROMEO}'/>`)
    expect(await info).toEqual({ identities: [], features: [] })
  })
})

describe('XEP-0115', () => {
  test('our own caps are the hash of what we answer', () => {
    const answer = answerTo(`<query xmlns='${DISCO}'/>`).getChild('query') as Element
    const names = answer.getChildren('feature').map((feature) => String(feature.attrs['var']))
    const text = ['client/pc//Linnet', ...names].map((part) => `${part}<`).join('')
    expect(ownCaps(TOLD)).toEqual({
      hash: 'sha-1',
      node: 'https://linnet.im',
      ver: createHash('sha1').update(text).digest('base64'),
    })
    expect(names).toEqual(ownInfo(TOLD).features)
  })

  test.each([
    ['version', 'jabber:iq:version'],
    ['time', 'urn:xmpp:time'],
    ['idle', 'jabber:iq:last'],
    ['delivered', 'urn:xmpp:receipts'],
    ['displayed', 'urn:xmpp:chat-markers:0'],
    ['typing', 'http://jabber.org/protocol/chatstates'],
  ])('what is not told is no feature: %s', (fact, feature) => {
    const told = { ...TOLD, [fact]: false }
    registerStandardAnswers(iq, { ...ALL, told: () => told })
    const query = answerTo(`<query xmlns='${DISCO}'/>`).getChild('query') as Element
    const names = query.getChildren('feature').map(({ attrs }) => String(attrs['var']))
    expect(names).toEqual(ownInfo(TOLD).features.filter((name) => name !== feature))
    expect(ownCaps(told).ver).not.toBe(ownCaps(TOLD).ver)
  })

  test('the node of caps that we had before is not found', () => {
    const { node, ver } = ownCaps(TOLD)
    registerStandardAnswers(iq, { ...ALL, told: () => ({ ...TOLD, time: false }) })
    expect(String(answerTo(`<query xmlns='${DISCO}' node='${node}#${ver}'/>`))).toContain('<item-not-found')
  })
})
