/** XEP-0280: what our other devices say and hear is in the histories here. Who may forge it: attacks/carbons.test.ts. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { FakeStream } from '../helpers/fake-stream.ts'
import { JULIET, NOW, ROMEO, setStage, settle, startOnline, type Stage } from './stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const ITEM = `<item jid='${JULIET}' subscription='both'/>`
const PHONE = `${ROMEO}/phone`
const STANZAS = 'urn:ietf:params:xml:ns:xmpp-stanzas'

function carbon(kind: 'sent' | 'received', content: string, stamp = '', around = ''): string {
  const delay = stamp === '' ? '' : `<delay xmlns='urn:xmpp:delay' from='montague.example' stamp='${stamp}'/>`
  return `<message from='${ROMEO}' to='${ROMEO}/Linnet.test'><${kind} xmlns='urn:xmpp:carbons:2'>
    <forwarded xmlns='urn:xmpp:forward:0'>${delay}<message xmlns='jabber:client' ${content}</message></forwarded>
  </${kind}>${around}</message>`
}
const sent = (id: string, body: string): string =>
  carbon('sent', `from='${PHONE}' to='${JULIET}' type='chat' id='${id}'><body>${body}</body>`)
const received = (id: string, body: string, from = `${JULIET}/balcony`): string =>
  carbon('received', `from='${from}' to='${PHONE}' type='chat' id='${id}'><body>${body}</body>`)

function history(stage: Stage): readonly string[] {
  const conversationId = stage.app.openConversation({ accountId: 1, jid: JULIET }).id
  const { messages } = stage.app.pageMessages({ conversationId, limit: 50 })
  return messages.map(({ direction, body, state }) => `${direction} ${body} ${state}`)
}

/** Without Bind 2 the server has to be asked. */
async function startAsking(stage: Stage): Promise<FakeStream> {
  stage.connect.outcomes.push({ features: { carbons: false } })
  stage.app.start()
  await settle()
  return stage.stream()
}

describe('carbons', () => {
  test('are enabled first of all on each fresh stream', async () => {
    const stage = setStage()
    const stream = await startAsking(stage)
    const sentNow = stream.sent()
    expect(String(sentNow[0])).toContain(`<enable xmlns="urn:xmpp:carbons:2"/>`)
    expect(sentNow.some((element) => element.is('presence'))).toBe(false)
    stage.connect.outcomes.push({ features: { carbons: false } })
    stream.drop()
    await settle(1000)
    expect(String(stage.stream().sent()[0])).toContain('urn:xmpp:carbons:2')
  })

  test('are not asked for when Bind 2 has enabled them, and not again on a resumed stream', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.interrupt()
    stream.resume()
    await settle(1000)
    expect(stream.sent().map(String).join()).not.toContain('urn:xmpp:carbons:2')
  })

  test('that the server refuses keep nobody from being online', async () => {
    const stage = setStage()
    const stream = await startAsking(stage)
    const [enable, roster] = stream.sent()
    const error = `<error type='auth'><forbidden xmlns='${STANZAS}'/></error>`
    stream.receive(`<iq type='error' id='${String(enable?.attrs['id'])}'>${error}</iq>`)
    stream.receive(
      `<iq type='result' id='${String(roster?.attrs['id'])}'><query xmlns='jabber:iq:roster'/></iq>`,
    )
    await settle()
    expect(stage.app.state().connections[0]?.state.phase).toBe('online')
  })

  test('put both sides of a conversation elsewhere into the history here, once each', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, ITEM)
    for (const stanza of [sent('a', 'one'), received('b', 'two'), sent('c', 'three'), sent('c', 'three')]) {
      stream.receive(stanza)
    }
    stream.receive(`<message from='${JULIET}/balcony' type='chat' id='b'><body>two</body></message>`)
    expect(history(stage)).toEqual(['out one sent', 'in two received', 'out three sent'])
  })

  test('that waited for us have the time of when they were said', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, ITEM)
    const words = `from='${PHONE}' to='${JULIET}' type='chat'><body>`
    stream.receive(carbon('sent', `${words}by the server</body>`, '2026-11-21T08:00:00Z'))
    const around = `<delay xmlns='urn:xmpp:delay' from='montague.example' stamp='2026-11-21T09:00:00Z'/>`
    stream.receive(carbon('sent', `${words}kept for the stream</body>`, '', around))
    stream.receive(carbon('sent', `${words}in the future</body>`, '2027-11-21T10:00:00Z'))
    const conversationId = stage.app.openConversation({ accountId: 1, jid: JULIET }).id
    const { messages } = stage.app.pageMessages({ conversationId, limit: 50 })
    expect(messages.map(({ sentAt }) => new Date(sentAt).toISOString().slice(0, 13))).toEqual([
      '2026-11-21T08',
      '2026-11-21T09',
      '2026-11-21T12',
    ])
  })

  test('of an error fail the message that it answers, and are no notice when they answer none', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, ITEM)
    stream.receive(sent('a', 'one'))
    const error = (id: string): string =>
      carbon(
        'received',
        `from='${JULIET}' to='${PHONE}' type='error' id='${id}'>
        <error type='cancel'><service-unavailable xmlns='${STANZAS}'/></error>`,
      )
    stream.receive(error('a'))
    stream.receive(error('unknown'))
    stream.receive(
      carbon('sent', `from='${PHONE}' to='${JULIET}' type='error' id='x'><error type='cancel'/>`),
    )
    expect(history(stage)).toEqual(['out one failed'])
    expect(stage.app.state().feed).toEqual([])
  })

  test('of single messages are in the Inbox, ours as sent', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, ITEM)
    const letter = `<subject>s</subject><body>a letter</body>`
    stream.receive(carbon('sent', `from='${PHONE}' to='${JULIET}' type='normal' id='n1'>${letter}`))
    stream.receive(carbon('received', `from='${JULIET}' to='${PHONE}' type='normal' id='n2'>${letter}`))
    expect(stage.app.state().inbox.unreadCount).toBe(1)
    expect(stage.app.state().conversations).toEqual([])
  })

  test('an own message from another device unlocks: the answer may come from anywhere', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, ITEM)
    stream.receive(`<presence from='${JULIET}/balcony'/>`)
    stream.receive(`<message from='${JULIET}/balcony' type='chat'><body>hi</body></message>`)
    const conversationId = stage.app.openConversation({ accountId: 1, jid: JULIET }).id
    stream.sent()
    stage.app.sendMessage({ conversationId, body: 'locked' })
    expect(stream.sent().at(-1)?.attrs['to']).toBe(`${JULIET}/balcony`)
    stream.receive(sent('a', 'from the phone'))
    stage.app.sendMessage({ conversationId, body: 'unlocked' })
    expect(stream.sent().at(-1)?.attrs['to']).toBe(JULIET)
  })
})
