/** XEP-0410: what the answer to a ping of ourselves means. */
import { beforeEach, expect, test } from 'vitest'
import type { FullJid } from '../../src-main/model/jid.ts'
import { createIq, type Iq } from '../../src-main/protocol/iq.ts'
import { pingOurselves } from '../../src-main/protocol/xep-0410-muc-self-ping.ts'
import { createFakeStream, type FakeStream } from '../helpers/fake-stream.ts'

const OCCUPANT = 'characters@chat.shakespeare.example/JuliC' as FullJid
let stream: FakeStream
let iq: Iq
let expire: () => void

beforeEach(() => {
  stream = createFakeStream()
  iq = createIq({
    stream,
    setTimer(callback) {
      expire = callback
      return () => undefined
    },
  })
  stream.onStanza((stanza) => void iq.receive(stanza))
})

function answer(type: 'result' | 'error', content: string): string {
  const [request] = stream.sent()
  const id = String(request?.attrs['id'])
  stream.receive(`<iq type='${type}' id='${id}' from='${OCCUPANT}'>${content}</iq>`)
  return String(request?.attrs['to'])
}

test('an answer is from somebody who is in', async () => {
  const state = pingOurselves(iq, OCCUPANT)
  expect(answer('result', '')).toBe(OCCUPANT)
  expect(await state).toBe('in')
})

test.each([
  ['not-acceptable', 'out'],
  ['not-allowed', 'out'],
  ['bad-request', 'out'],
  ['service-unavailable', 'in'],
  ['feature-not-implemented', 'in'],
  ['item-not-found', 'in'],
  ['remote-server-not-found', 'unknown'],
  ['remote-server-timeout', 'unknown'],
])('%s: %s', async (condition, expected) => {
  const state = pingOurselves(iq, OCCUPANT)
  answer('error', `<error type='cancel'><${condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>`)
  expect(await state).toBe(expected)
})

test('silence says nothing', async () => {
  const state = pingOurselves(iq, OCCUPANT)
  expire()
  expect(await state).toBe('unknown')
})
