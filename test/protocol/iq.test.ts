import { beforeEach, describe, expect, test } from 'vitest'
import { RequestTimeout, StanzaError } from '../../src-main/protocol/errors.ts'
import { createIq, type Iq } from '../../src-main/protocol/iq.ts'
import { parseJid, type Jid } from '../../src-main/model/jid.ts'
import type { Element } from '../../src-main/protocol/xml.ts'
import { canonical } from '../helpers/canonical.ts'
import { createFakeStream, type FakeStream } from '../helpers/fake-stream.ts'
import { parseStanza, xml } from '../helpers/stanza.ts'

const ROMEO = 'romeo@montague.example'
const ORCHARD = 'romeo@montague.example/orchard'
const JULIET = parseJid('juliet@capulet.example/balcony') as Jid

interface Timer {
  readonly ms: number
  fire(): void
  cancelled: boolean
}

let stream: FakeStream
let iq: Iq
let timers: Timer[]
let faults: unknown[]

function setTimer(callback: () => void, ms: number): () => void {
  const timer: Timer = { ms, fire: callback, cancelled: false }
  timers.push(timer)
  return () => void (timer.cancelled = true)
}

beforeEach(() => {
  timers = []
  faults = []
  stream = createFakeStream({ jid: ORCHARD })
  iq = createIq({ stream, setTimer, onFault: (fault) => faults.push(fault) })
  stream.onStanza((stanza) => void iq.receive(stanza))
})

const payload = (): Element => xml`<query xmlns='urn:example:ask'/>`

/** A request on its way, and what became of it so far. */
function ask(to?: Jid) {
  const outcome: { value?: string; error?: unknown } = {}
  const promise = iq.request({ type: 'get', to, payload: payload() }).then(
    (result) => void (outcome.value = result.getChild('answer')?.getText() ?? ''),
    (error: unknown) => void (outcome.error = error),
  )
  const id = String(stream.sent()[0]?.attrs['id'])
  async function answeredBy(from: string | undefined, type = 'result', usedId = id) {
    const element = xml`<iq type='${type}' id='${usedId}'><answer xmlns='urn:example:ask'>42</answer></iq>`
    if (from !== undefined) element.attrs['from'] = from
    stream.receive(element)
    await Promise.resolve()
    await Promise.resolve()
    return outcome.value === '42'
  }
  return { id, promise, outcome, answeredBy }
}

describe('requests', () => {
  test('go out with type, address and payload', () => {
    void iq.request({ type: 'set', to: JULIET, payload: payload() })
    const [sent] = stream.sent()
    expect(sent?.attrs).toMatchObject({ type: 'set', to: JULIET })
    expect(sent?.getChild('query', 'urn:example:ask')).toBeDefined()
  })

  test('resolve with the result', async () => {
    const { promise, outcome, answeredBy } = ask(JULIET)
    expect(await answeredBy(JULIET)).toBe(true)
    await promise
    expect(outcome.value).toBe('42')
    expect(timers[0]?.cancelled).toBe(true)
  })

  test('reject with the error that came', async () => {
    const { id, promise, outcome } = ask(JULIET)
    stream.receive(xml`<iq type='error' id='${id}' from='${JULIET}'><error type='auth' by='capulet.example'>
      <forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>
      <text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>Not you</text></error></iq>`)
    await promise
    expect(outcome.error).toBeInstanceOf(StanzaError)
    expect(outcome.error).toMatchObject({
      type: 'auth',
      condition: 'forbidden',
      text: 'Not you',
      by: 'capulet.example',
    })
  })

  test('reject when no answer comes in time, and a late one does nothing', async () => {
    const { promise, outcome, answeredBy } = ask(JULIET)
    expect(timers[0]?.ms).toBe(30_000)
    timers[0]?.fire()
    await promise
    expect(outcome.error).toBeInstanceOf(RequestTimeout)
    expect(await answeredBy(JULIET)).toBe(false)
  })

  test('have a time limit of their own where they ask for one', () => {
    void iq.request({ type: 'get', payload: payload(), timeoutMs: 5 })
    expect(timers[0]?.ms).toBe(5)
  })

  test('reject at once when the stream can take nothing', async () => {
    stream.interrupt()
    await expect(iq.request({ type: 'get', payload: payload() })).rejects.toBeInstanceOf(RequestTimeout)
    expect(timers[0]?.cancelled).toBe(true)
  })

  test('reject when the stream is closed, those that wait and those that come later', async () => {
    const { promise, outcome } = ask(JULIET)
    iq.close()
    await promise
    expect(outcome.error).toBeInstanceOf(RequestTimeout)
    await expect(iq.request({ type: 'get', payload: payload() })).rejects.toBeInstanceOf(RequestTimeout)
    expect(stream.sent()).toEqual([])
  })

  test('do not mix up their answers', async () => {
    const first = ask(JULIET)
    const second = ask(JULIET)
    expect(await second.answeredBy(JULIET)).toBe(true)
    expect(first.outcome).toEqual({})
    expect(await first.answeredBy(JULIET)).toBe(true)
  })
})

describe('S4: an answer counts only from whom was asked', () => {
  const cases: readonly [
    asked: string | undefined,
    from: string | undefined,
    counts: boolean,
    why: string,
  ][] = [
    [JULIET, JULIET, true, 'the one asked'],
    [JULIET, 'JULIET@Capulet.example/balcony', true, 'the one asked, in other letters'],
    [JULIET, 'mallory@evil.example', false, 'a stranger with the right id'],
    [JULIET, 'juliet@capulet.example', false, 'the account, where its resource was asked'],
    [JULIET, 'juliet@capulet.example/chamber', false, 'another resource than asked'],
    [JULIET, 'juliet@capulet.example/Balcony', false, 'a resource of other case'],
    [JULIET, 'capulet.example', false, 'the server of the one asked'],
    [JULIET, 'montague.example', false, 'our own server, for somebody else'],
    [JULIET, undefined, false, 'nobody, which is our own account'],
    ['juliet@capulet.example', JULIET, false, 'a resource, where the account was asked'],
    ['capulet.example', 'capulet.example', true, 'a server'],
    ['capulet.example', undefined, false, 'our own account for a foreign server'],
    ['montague.example', 'montague.example', true, 'our own server'],
    ['montague.example', undefined, true, 'our own server without from'],
    ['montague.example', ROMEO, false, 'our account for our server'],
    [ROMEO, ROMEO, true, 'our own account'],
    [ROMEO, undefined, true, 'our own account without from'],
    [ROMEO, `${ROMEO}/phone`, false, 'another device of ours for the account'],
    [undefined, undefined, true, 'the server for our account, without from'],
    [undefined, ROMEO, true, 'the server for our account'],
    [undefined, ORCHARD, true, 'an old server, as our full JID'],
    [undefined, 'montague.example', true, 'an old server, as itself'],
    [undefined, `${ROMEO}/phone`, false, 'another device of ours'],
    [undefined, 'mallory@evil.example', false, 'a stranger, for our account'],
    [undefined, 'mallory@montague.example', false, 'a stranger on our own server'],
    [undefined, 'not@@an/address', false, 'no address at all'],
    [undefined, '', false, 'an empty address'],
  ]
  test.each(cases)('asked %s, answered by %s: %s (%s)', async (asked, from, counts) => {
    const { answeredBy } = ask(asked === undefined ? undefined : parseJid(asked))
    expect(await answeredBy(from)).toBe(counts)
  })

  test('an error from a stranger does not end the request either', async () => {
    const { outcome, answeredBy } = ask(JULIET)
    await answeredBy('mallory@evil.example', 'error')
    expect(outcome).toEqual({})
    expect(await answeredBy(JULIET)).toBe(true)
  })

  test('the first right answer counts, the second is dropped', async () => {
    const { answeredBy, promise, outcome } = ask(JULIET)
    await answeredBy(JULIET)
    await answeredBy(JULIET, 'error')
    await promise
    expect(outcome.error).toBeUndefined()
  })

  test('a guessed or missing id completes nothing and is not answered', async () => {
    const { answeredBy } = ask(JULIET)
    expect(await answeredBy(JULIET, 'result', '1')).toBe(false)
    expect(await answeredBy(JULIET, 'result', '')).toBe(false)
    expect(await answeredBy(JULIET, 'result', '__proto__')).toBe(false)
    expect(stream.sent()).toEqual([])
  })

  test('ids are random UUIDs, each its own', () => {
    const ids = Array.from({ length: 100 }, () => ask(JULIET).id)
    expect(new Set(ids).size).toBe(100)
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})

describe('requests of others', () => {
  const PING = `<ping xmlns='urn:example:ping'/>`
  const answers = (): string[] => stream.sent().map(String)

  test('are answered with what their handler returns', () => {
    iq.answer('get', 'urn:example:ping', 'ping', ({ from }) =>
      parseStanza(`<pong xmlns='urn:x'>${from}</pong>`),
    )
    stream.receive(`<iq type='get' id='p1' from='${JULIET}'>${PING}</iq>`)
    expect(answers()).toEqual([
      `<iq type="result" to="${JULIET}" id="p1"><pong xmlns="urn:x">${JULIET}</pong></iq>`,
    ])
  })

  test('without from are our own account’s', () => {
    iq.answer('set', 'urn:example:ping', 'ping', ({ from }) => (from === ROMEO ? undefined : 'forbidden'))
    stream.receive(`<iq type='set' id='p1'>${PING}</iq>`)
    expect(answers()).toEqual(['<iq type="result" id="p1"/>'])
  })

  test('are answered after a while where the handler takes one', async () => {
    iq.answer('get', 'urn:example:ping', 'ping', async () => Promise.resolve('not-allowed' as const))
    stream.receive(`<iq type='get' id='p1' from='${JULIET}'>${PING}</iq>`)
    expect(answers()).toEqual([])
    await new Promise((resolve) => setImmediate(resolve))
    expect(answers()[0]).toContain('<not-allowed xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/>')
  })

  test.each([
    [
      'throws',
      () => {
        throw new Error('disk')
      },
    ],
    ['rejects', () => Promise.reject(new Error('disk'))],
  ])('are internal-server-error when the handler %s, and the fault is told', async (_how, handler) => {
    iq.answer('get', 'urn:example:ping', 'ping', handler)
    stream.receive(`<iq type='get' id='p1' from='${JULIET}'>${PING}</iq>`)
    await new Promise((resolve) => setImmediate(resolve))
    expect(answers()).toEqual([
      `<iq type="error" to="${JULIET}" id="p1"><error type="cancel">` +
        '<internal-server-error xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/></error></iq>',
    ])
    expect(faults).toEqual([new Error('disk')])
  })

  test.each([
    ['an unknown payload', `type='get' id='p1'`, '<foo xmlns="urn:example:unknown"/>', 'service-unavailable'],
    [
      'a known name in another namespace',
      `type='get' id='p1'`,
      '<ping xmlns="urn:other"/>',
      'service-unavailable',
    ],
    ['a set where only get is known', `type='set' id='p1'`, PING, 'service-unavailable'],
    ['no payload', `type='get' id='p1'`, '', 'bad-request'],
    ['text for a payload', `type='get' id='p1'`, 'ping', 'bad-request'],
    ['two payloads', `type='get' id='p1'`, PING + PING, 'bad-request'],
    ['an unknown type', `type='put' id='p1'`, PING, 'bad-request'],
    ['no type', `id='p1'`, PING, 'bad-request'],
  ])('RFC 6120 §8.2.3: %s gets its error', (_what, attributes, body, condition) => {
    iq.answer('get', 'urn:example:ping', 'ping', () => undefined)
    stream.receive(`<iq ${attributes} from='${JULIET}'>${body}</iq>`)
    const [answer, ...more] = answers()
    expect(answer).toContain(`type="error" to="${JULIET}" id="p1"`)
    expect(answer).toContain(`<${condition} xmlns`)
    expect(more).toEqual([])
  })

  test.each([
    ['no id', `<iq type='get' from='${JULIET}'>${PING}</iq>`],
    ['an empty id', `<iq type='get' id='' from='${JULIET}'>${PING}</iq>`],
    ['no address for from', `<iq type='get' id='p1' from='@@'>${PING}</iq>`],
    ['a result nobody asked for', `<iq type='result' id='p1' from='${JULIET}'>${PING}</iq>`],
    ['an error nobody waits for', `<iq type='error' id='p1' from='${JULIET}'/>`],
  ])('%s is not answered', (_what, stanza) => {
    iq.answer('get', 'urn:example:ping', 'ping', () => undefined)
    stream.receive(stanza)
    expect(answers()).toEqual([])
  })

  test('are left alone once the stream is closed', () => {
    iq.close()
    stream.receive(`<iq type='get' id='p1' from='${JULIET}'>${PING}</iq>`)
    expect(answers()).toEqual([])
  })

  test('messages and foreign elements are left to others', () => {
    expect(iq.receive(xml`<message/>`)).toBe(false)
    expect(iq.receive(xml`<iq xmlns='urn:example:other' type='get' id='1'><a/></iq>`)).toBe(false)
    expect(iq.receive(xml`<iq type='result' id='1'/>`)).toBe(true)
  })
})

describe('S19: whoever may not know that we are here', () => {
  const MALLORY = 'mallory@evil.example/x'

  beforeEach(() => {
    iq = createIq({ stream, setTimer, admits: (from) => from !== MALLORY })
    iq.answer('get', 'urn:example:ask', 'query', () => undefined)
  })

  test.each([
    ['what we know', `<iq type='get' id='q' from='${MALLORY}'><query xmlns='urn:example:ask'/></iq>`],
    ['what we do not know', `<iq type='set' id='q' from='${MALLORY}'><query xmlns='urn:other'/></iq>`],
    ['nothing', `<iq type='get' id='q' from='${MALLORY}'/>`],
    ['two things', `<iq type='get' id='q' from='${MALLORY}'><a xmlns='u'/><b xmlns='u'/></iq>`],
    ['in an unknown way', `<iq type='push' id='q' from='${MALLORY}'><query xmlns='urn:example:ask'/></iq>`],
  ])('asks %s and is told what a server tells of a resource that is not there', (_what, text) => {
    iq.receive(parseStanza(text))
    const [answer, ...more] = stream.sent()
    expect(more).toEqual([])
    expect(canonical(answer as Element)).toBe(
      canonical(
        xml`<iq type='error' id='q' to='${MALLORY}'><error type='cancel'>
          <service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>`,
      ),
    )
  })

  test('others are answered', () => {
    iq.receive(parseStanza(`<iq type='get' id='q' from='${JULIET}'><query xmlns='urn:example:ask'/></iq>`))
    expect(stream.sent()[0]?.attrs['type']).toBe('result')
  })
})
