/** Receipts, markers and typing between Linnets on a real Prosody: who knows what, on every device. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { startLiveApp, type LiveApp, type LiveAppOptions } from '../helpers/live-app.ts'
import { connectPeer } from '../helpers/peer.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'

const PASSWORD = 'what light'
const ROMEO = 'romeo@chat.test'
const JULIET = 'juliet@chat.test'

let server: Prosody
let started = 0
const apps: LiveApp[] = []

beforeAll(async () => {
  server = await startProsody()
  for (const name of ['romeo', 'juliet', 'paris']) server.addUser(name, PASSWORD)
  server.setRoster('romeo', [{ jid: JULIET }])
  server.setRoster('juliet', [{ jid: ROMEO }])
})
afterEach(async () => void (await Promise.all(apps.splice(0).map((each) => each.close()))))
afterAll(() => server.dispose())

async function start(name: string, options: LiveAppOptions = {}): Promise<LiveApp> {
  const share = ++started / 20
  const live = await startLiveApp(server, name, PASSWORD, { random: () => share, ...options })
  apps.push(live)
  return live
}

/** The latest message with somebody, and how far it has come. */
function step(live: LiveApp, counterpart: string): string {
  const message = live.messages(counterpart).at(-1)
  if (message === undefined) return 'none'
  const { body, state, deliveredAt, displayedAt } = message
  const known = displayedAt !== undefined ? 'displayed' : deliveredAt !== undefined ? 'delivered' : state
  return `${body}: ${known}`
}
const conversationWith = (live: LiveApp, counterpart: string): number =>
  live.app.state().conversations.find((each) => each.counterpart === counterpart)?.id ?? 0

test('a message is delivered, then displayed, on both devices of its author', async () => {
  const [desk, laptop, juliet] = [await start('romeo'), await start('romeo'), await start('juliet')]
  desk.say(JULIET, 'one')
  await expect.poll(() => step(desk, JULIET)).toBe('one: delivered')
  await expect.poll(() => step(laptop, JULIET)).toBe('one: delivered')
  juliet.app.markRead(conversationWith(juliet, ROMEO))
  await expect.poll(() => step(desk, JULIET)).toBe('one: displayed')
  await expect.poll(() => step(laptop, JULIET)).toBe('one: displayed')
  await expect.poll(() => juliet.storage.listReceiptsDue(juliet.accountId)).toEqual([])
  await expect.poll(() => juliet.storage.listMarkersDue(juliet.accountId)).toEqual([])
})

test('a message to somebody who is away is delivered when they are back, and not before', async () => {
  const desk = await start('romeo')
  desk.say(JULIET, 'two')
  await expect.poll(() => step(desk, JULIET)).toBe('two: sent')
  await start('juliet')
  await expect.poll(() => step(desk, JULIET)).toBe('two: delivered')
})

test('typing is seen, and ends with the message', async () => {
  const [desk, juliet] = [await start('romeo'), await start('juliet')]
  desk.say(JULIET, 'three')
  await expect.poll(() => step(juliet, ROMEO)).toBe('three: received')
  const chat = conversationWith(juliet, ROMEO)
  await expect.poll(() => juliet.app.state().presences.some(({ jid }) => jid === ROMEO)).toBe(true)
  juliet.app.setChatState(chat, 'composing')
  await expect.poll(() => desk.app.state().typing).toEqual([{ accountId: desk.accountId, jid: JULIET }])
  juliet.say(ROMEO, 'three, then')
  await expect.poll(() => desk.app.state().typing).toEqual([])
  expect(step(desk, JULIET)).toBe('three, then: received')
})

test('S19: a stranger hears nothing but the words that are said to them', async () => {
  const [desk, paris] = [await start('romeo'), await connectPeer(server, 'paris', PASSWORD)]
  paris.send(`<message to='${ROMEO}' type='chat' id='p1'><body>Who art thou?</body>
    <request xmlns='urn:xmpp:receipts'/><markable xmlns='urn:xmpp:chat-markers:0'/></message>`)
  await expect.poll(() => step(desk, 'paris@chat.test')).toBe('Who art thou?: received')
  const chat = conversationWith(desk, 'paris@chat.test')
  desk.app.markRead(chat)
  desk.app.setChatState(chat, 'composing')
  desk.say('paris@chat.test', 'I know not how to tell thee')
  await paris.waitForMessage('I know not how to tell thee')
  expect(paris.received.filter((stanza) => stanza.is('message'))).toHaveLength(1)
  paris.close()
})
