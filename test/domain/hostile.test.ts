/** Stanzas made to hurt: nothing gets out of the listener, nothing is believed, and the stream lives on. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createMemoryStorage } from '../helpers/memory-storage.ts'
import { escape } from '../helpers/stanza.ts'
import { attributes, JULIET, NOW, phase, setStage, settle, startOnline } from './stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const HELLO = `<message from='${JULIET}' type='chat'><body>still here</body></message>`

test.each([
  ['no attributes at all', `<message/>`],
  ['an iq without anything', `<iq/>`],
  ['an iq result for nobody', `<iq type='result' id='x' from='evil.example'/>`],
  ['an iq of unknown type', `<iq type='destroy' id='x'><query xmlns='x'/></iq>`],
  ['presence from nowhere', `<presence from='/'/>`],
  ['a name of Object', `<__proto__/>`],
  [
    'attributes of Object',
    `<message from='${JULIET}' constructor='x' hasOwnProperty='y'><body>b</body></message>`,
  ],
  ['a carbon by a stranger', carbon('mallory@evil.example')],
  ['a carbon by our server', carbon('montague.example')],
  ['an archived message by a stranger', archived('mallory@evil.example')],
  ['a nonza', `<enabled xmlns='urn:xmpp:sm:3'/>`],
])('%s', async (_what, stanza) => {
  const stage = setStage()
  const stream = await startOnline(stage)
  expect(() => stream.receive(stanza)).not.toThrow()
  expect(JSON.stringify(stage.app.state())).not.toContain('forged')
  stream.receive(HELLO)
  expect(stage.app.state().conversations).toMatchObject([{ last: { body: 'still here' } }])
  expect(phase(stage)).toBe('online')
})

/** XEP-0280; each way to forge one: attacks/carbons.test.ts. */
function carbon(from: string): string {
  return `<message from='${from}'><received xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>
    <message xmlns='jabber:client' from='${JULIET}' type='chat'><body>forged</body></message></forwarded></received></message>`
}

function archived(from: string): string {
  return `<message from='${from}'><result xmlns='urn:xmpp:mam:2' queryid='q' id='1'><forwarded xmlns='urn:xmpp:forward:0'>
    <message xmlns='jabber:client' from='${JULIET}' type='chat'><body>forged</body></message></forwarded></result></message>`
}

describe('text is kept as it is: text', () => {
  test.each([
    `<img src=x onerror=alert(1)>`,
    `javascript:alert(1)`,
    `'; DROP TABLE message; --`,
    `\u202Eevil\u202C \u200b`,
    `👩‍👩‍👧 漢字`,
  ])('%s', async (body) => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(`<message from='${JULIET}' type='chat'><body>${escape(body)}</body></message>`)
    expect(stage.app.state().conversations).toMatchObject([{ last: { body } }])
  })
})

test('a thousand messages of a stranger make one conversation', async () => {
  const stage = setStage()
  const stream = await startOnline(stage)
  for (let i = 0; i < 1000; i++) {
    stream.receive(`<message from='bot@evil.example/r${i}' type='chat' id='${i}'><body>spam</body></message>`)
  }
  expect(stage.app.state().conversations).toMatchObject([{ unreadCount: 1000 }])
})

test('a fault of ours is logged, and the stream goes on', async () => {
  const real = createMemoryStorage()
  let broken = true
  const stage = setStage({
    storage: {
      ...real,
      findConversationWith(accountId, counterpart) {
        if (broken) throw new TypeError('a fault of ours')
        return real.findConversationWith(accountId, counterpart)
      },
    },
  })
  const stream = await startOnline(stage)
  expect(() => stream.receive(HELLO)).not.toThrow()
  expect(stage.logs.filter(({ level }) => level === 'error')).toHaveLength(1)
  broken = false
  stream.receive(HELLO)
  expect(stage.app.state().conversations).toHaveLength(1)
})

test('a listener of the events that throws breaks neither the message nor its acknowledgement', async () => {
  const stage = setStage()
  const stream = await startOnline(stage)
  stage.app.events.on('message.added', () => {
    throw new Error('a fault in the shell')
  })
  const seen: string[] = []
  stage.app.events.on('message.added', ({ message }) => void seen.push(message.body))
  expect(() => stream.receive(HELLO)).not.toThrow()
  expect(seen).toEqual(['still here'])
})

test('requests are answered: what we know, and service-unavailable for all else', async () => {
  const stage = setStage()
  const stream = await startOnline(stage, `<item jid='${JULIET}' subscription='from'/>`)
  stream.receive(`<iq type='get' id='1' from='montague.example'><ping xmlns='urn:xmpp:ping'/></iq>`)
  stream.receive(
    `<iq type='get' id='2' from='${JULIET}/x'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>`,
  )
  stream.receive(`<iq type='set' id='3' from='${JULIET}/x'><evil xmlns='evil'/></iq>`)
  await settle()
  const answers = stream.sent()
  expect(attributes(answers, 'id')).toEqual(['1', '2', '3'])
  expect(attributes(answers, 'type')).toEqual(['result', 'result', 'error'])
})

test('nothing of a stanza gets into a log message', async () => {
  const stage = setStage()
  const stream = await startOnline(stage, `<item jid='forged@evil.example' subscription='both'/>`)
  stream.receive(`<message from='${JULIET}' type='groupchat'><body>forged</body></message>`)
  stream.receive(`<presence from='${JULIET}' type='forged'/>`)
  stream.receive(
    `<iq type='set' id='x' from='forged@evil.example'><query xmlns='jabber:iq:roster'><item jid='a@b'/></query></iq>`,
  )
  expect(stage.logs.length).toBeGreaterThanOrEqual(3)
  expect(JSON.stringify(stage.logs)).not.toContain('forged')
})
