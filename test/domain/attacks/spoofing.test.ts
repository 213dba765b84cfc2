/**
 * S3 and S4 where timing or spelling helps the attacker: who is not our server must not write the roster, complete a
 * request or bring one to an end. The plain cases are in ../roster.test.ts.
 */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Element } from '../../../src-main/protocol/xml.ts'
import type { FakeStream } from '../../helpers/fake-stream.ts'
import { escape } from '../../helpers/stanza.ts'
import { JULIET, NOW, only, result, ROMEO, setStage, settle, startOnline, type Stage } from '../stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const item = (jid: string, rest = `subscription='both'`): string =>
  `<item jid='${jid}' name='Juliet' ${rest}/>`
const HONEST = item(JULIET)
const FORGED = item('mallory@evil.example')

const names = (stage: Stage): readonly string[] => stage.app.state().contacts.map(({ jid }) => jid)

function push(from: string, content: string): string {
  const query = `<query xmlns='jabber:iq:roster' ver='forged'>${content}</query>`
  return `<iq type='set' id='push' from='${escape(from)}'>${query}</iq>`
}

/** An answer to this request, from whom the attacker likes. */
function answer(request: Element, from: string, type: 'result' | 'error', content = ''): string {
  const id = escape(String(request.attrs['id']))
  return `<iq type='${type}' id='${id}' from='${escape(from)}'>${content}</iq>`
}

const roster = (content: string): string => `<query xmlns='jabber:iq:roster' ver='forged'>${content}</query>`
const ERROR = `<error type='cancel'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>`

/** Addresses that look like our own account, or that a careless reader takes for it. */
const ALMOST_US = [
  'romeo@montague.example.evil.example',
  'romeo@montague.example@evil.example',
  'romeo@montague.example?x',
  'romeo@montague.example#x',
  'romeo@montague.example\\x',
  'romeo@montague%2eexample',
  'romeo@montague.example:5222',
  'romeo@montаgue.example',
  'rоmeo@montague.example',
  'romeo\u200b@montague.example',
  'romeo@montague.example/',
  `${ROMEO}/Linnet.test`,
  `${ROMEO}/phone`,
  'montague.example/romeo@montague.example',
  'evil.example/romeo@montague.example',
  'montague.example',
  '',
  ' ',
]

describe('S3: a roster push by someone almost like us', () => {
  test.each(ALMOST_US)('"%s" changes nothing', async (from) => {
    const stage = setStage()
    const stream = await startOnline(stage, HONEST)
    stage.eventNames()
    stream.receive(push(from, FORGED))
    stream.receive(push(from, item(JULIET, `subscription='remove'`)))
    await settle(100)
    expect(names(stage)).toEqual([JULIET])
    expect(stage.eventNames()).toEqual([])
    expect(stage.storage.getRosterVersion(1)).toBe('v1')
  })

  test('while the contacts load it is not kept for later either', async () => {
    const stage = setStage()
    stage.app.start()
    await settle()
    const stream = stage.stream()
    const request = only(stream.sent(), 'iq')
    stream.receive(push('mallory@evil.example', FORGED))
    stream.receive(result(request, roster(HONEST)))
    await settle(100)
    expect(names(stage)).toEqual([JULIET])
  })

  test('two items in one push of our own account are none', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, HONEST)
    stream.receive(push(ROMEO, FORGED + item('other@evil.example')))
    expect(names(stage)).toEqual([JULIET])
  })
})

describe('S4: with the right id', () => {
  async function loading(): Promise<{ stage: Stage; stream: FakeStream; request: Element }> {
    const stage = setStage()
    stage.app.start()
    await settle()
    const stream = stage.stream()
    return { stage, stream, request: only(stream.sent(), 'iq') }
  }

  // Our own full JID and our server's are the server's to write, in any case.
  const strangers = ALMOST_US.filter((from) => from !== `${ROMEO}/Linnet.test` && from !== 'montague.example')

  test.each(['mallory@evil.example', JULIET, ...strangers])('a roster by "%s" is not ours', async (from) => {
    const { stage, stream, request } = await loading()
    stream.receive(answer(request, from, 'result', roster(FORGED)))
    stream.receive(answer(request, from, 'error', ERROR))
    await settle(100)
    expect(names(stage)).toEqual([])
    stream.receive(result(request, roster(HONEST)))
    await settle(100)
    expect(names(stage)).toEqual([JULIET])
  })

  test('a second roster after the first is nobody’s answer', async () => {
    const { stage, stream, request } = await loading()
    stream.receive(result(request, roster(HONEST)))
    await settle(100)
    stream.receive(result(request, roster(FORGED)))
    await settle(100)
    expect(names(stage)).toEqual([JULIET])
  })

  test.each(['result', 'error'] as const)(
    'a stranger’s %s does not end the removal of a contact',
    async (type) => {
      const stage = setStage()
      const stream = await startOnline(stage, HONEST)
      let ended = false
      const removal = stage.app.removeContact({ accountId: 1, jid: JULIET }).finally(() => (ended = true))
      await settle()
      const request = only(stream.sent(), 'iq')
      stream.receive(answer(request, 'mallory@evil.example', type, type === 'error' ? ERROR : ''))
      stream.receive(answer(request, JULIET, type, type === 'error' ? ERROR : ''))
      await settle(100)
      expect(ended).toBe(false)
      stream.receive(result(request))
      await removal
      expect(ended).toBe(true)
    },
  )
})
