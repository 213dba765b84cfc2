/** What we call ourselves goes with the first message to who may know an address alone (XEP-0172 §4.2), and with no other. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Element } from '../../src-main/protocol/xml.ts'
import type { FakeStream } from '../helpers/fake-stream.ts'
import { enter } from './rooms/fake-room.ts'
import { answerRoster, jid, JULIET, NOW, ROMEO, setStage, settle, startOnline, type Stage } from './stage.ts'

const NICK = 'http://jabber.org/protocol/nick'
const PARIS = jid('paris@verona.example')

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const ownNick = (name: string): string =>
  `<message from='${ROMEO}' to='${ROMEO}'><event xmlns='http://jabber.org/protocol/pubsub#event'>
   <items node='${NICK}'><item id='current'><nick xmlns='${NICK}'>${name}</nick></item></items></event></message>`

/** What was sent since the last look: the words of each message, and the nick that went along. */
const messagesOf = (stanzas: readonly Element[]) =>
  stanzas
    .filter((stanza) => stanza.is('message') && stanza.getChild('body') !== undefined)
    .map((stanza) => [stanza.getChildText('body'), stanza.getChildText('nick', NICK)])

async function named(stream: FakeStream): Promise<void> {
  stream.receive(ownNick('Romy'))
  await settle(6000)
  stream.sent()
}

/** A stage on which we are online and called Romy. */
async function start(items = ''): Promise<{ readonly stage: Stage; readonly stream: FakeStream }> {
  const stage = setStage()
  const stream = await startOnline(stage, items)
  await named(stream)
  return { stage, stream }
}

function say(stage: Stage, body: string, to = PARIS): number {
  const { id } = stage.app.openConversation({ accountId: 1, jid: to })
  return stage.app.sendMessage({ conversationId: id, body }).id
}

test('it goes with the first message to a stranger, and not with the second', async () => {
  const { stage, stream } = await start()
  say(stage, 'one')
  say(stage, 'two')
  expect(messagesOf(stream.sent())).toEqual([
    ['one', 'Romy'],
    ['two', null],
  ])
  stream.ack()
  say(stage, 'three')
  expect(messagesOf(stream.sent())).toEqual([['three', null]])
})

test.each(['to', 'from', 'both'])('with a subscription %s there is nothing to introduce', async (state) => {
  const { stage, stream } = await start(`<item jid='${JULIET}' subscription='${state}'/>`)
  say(stage, 'one', JULIET)
  expect(messagesOf(stream.sent())).toEqual([['one', null]])
})

test('who is on our own list alone does not know us', async () => {
  const { stage, stream } = await start(`<item jid='${JULIET}' subscription='none'/>`)
  say(stage, 'one', JULIET)
  expect(messagesOf(stream.sent())).toEqual([['one', 'Romy']])
})

test('who wrote first has not heard it either', async () => {
  const { stage, stream } = await start()
  stream.receive(
    `<message from='${PARIS}/x' to='${ROMEO}' type='chat' id='p1'><body>Who are you?</body></message>`,
  )
  stream.sent()
  say(stage, 'one')
  say(stage, 'two')
  expect(messagesOf(stream.sent()).map(([, nick]) => nick)).toEqual(['Romy', null])
})

test('another device of ours has said it', async () => {
  const { stage, stream } = await start()
  stream.receive(`<message from='${ROMEO}' to='${ROMEO}'><sent xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>
    <message xmlns='jabber:client' from='${ROMEO}/phone' to='${PARIS}' type='chat' id='o1'><body>zero</body></message>
    </forwarded></sent></message>`)
  stream.sent()
  say(stage, 'one')
  expect(messagesOf(stream.sent())).toEqual([['one', null]])
})

test('sent again on the next stream it is the first one still', async () => {
  const { stage, stream } = await start()
  say(stage, 'one')
  say(stage, 'two')
  stream.drop()
  await settle(2000)
  expect(messagesOf(await answerRoster(stage.stream()))).toEqual([
    ['one', 'Romy'],
    ['two', null],
  ])
})

test('what has failed has reached nobody: the next one is the first', async () => {
  const { stage, stream } = await start()
  say(stage, 'one')
  const id = String(stream.sent().find((stanza) => stanza.is('message'))?.attrs['id'])
  stream.receive(`<message from='${PARIS}' type='error' id='${id}'><error type='cancel'>
    <service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>`)
  say(stage, 'two')
  expect(messagesOf(stream.sent())).toEqual([['two', 'Romy']])
})

test('a message with a subject counts as any other', async () => {
  const { stage, stream } = await start()
  const letter = { accountId: 1, to: PARIS, subject: 's', body: 'one' }
  stage.app.sendSingle(letter)
  stage.app.sendSingle({ ...letter, body: 'two' })
  stream.ack()
  say(stage, 'three')
  expect(messagesOf(stream.sent()).map(([, nick]) => nick)).toEqual(['Romy', null, null])
})

test('who has given themselves no name says none, and nobody introduces themselves to themselves', async () => {
  const stage = setStage()
  const stream = await startOnline(stage)
  say(stage, 'one')
  expect(messagesOf(stream.sent())).toEqual([['one', null]])
  await named(stream)
  say(stage, 'note', ROMEO)
  expect(messagesOf(stream.sent())).toEqual([['note', null]])
})

describe('in a room', () => {
  test('it is never said, neither to all nor to one', async () => {
    const stage = setStage()
    const { stream, conversationId } = await enter(stage)
    await named(stream)
    stage.app.sendMessage({ conversationId, body: 'all' })
    const { id } = await stage.app.openPrivate({ conversationId, nick: 'juliet' })
    stage.app.sendMessage({ conversationId: id, body: 'one' })
    const sent = messagesOf(stream.sent())
    expect(sent).toEqual([
      ['all', null],
      ['one', null],
    ])
  })
})
