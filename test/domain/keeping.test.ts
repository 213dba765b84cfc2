/** Conversations that are pinned, muted for a while, put away; and notes to self. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { muteEnd } from '../../src-main/domain/devices/mutes.ts'
import { shouldNotify } from '../../src-main/domain/notifications.ts'
import type { Conversation } from '../../src-main/model/conversation.ts'
import { FOREVER } from '../../src-main/model/devices.ts'
import { DEFAULT_SETTINGS } from '../../src-main/model/settings.ts'
import { JULIET, NOW, ROMEO, setStage, settle, startOnline, type Stage } from './stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const HOUR = 3_600_000
const says = (body: string, stamp = ''): string =>
  `<message from='${JULIET}' type='chat' id='${body}'><body>${body}</body>${stamp}</message>`

async function talking() {
  const stage = setStage()
  const stream = await startOnline(stage)
  stream.receive(says('hello'))
  const conversationId = stage.app.openConversation({ accountId: 1, jid: JULIET }).id
  const now = (): Conversation => stage.storage.findConversation(conversationId) as Conversation
  return { stage, stream, conversationId, now }
}
const notifies = (stage: Stage, conversation: Conversation): boolean => {
  const message = stage.events('message.added').at(-1)?.message
  return (
    message !== undefined &&
    shouldNotify(message, {
      settings: DEFAULT_SETTINGS,
      ownPresence: { show: 'online', status: '' },
      quiet: false,
      conversation,
      inFocus: new Set(),
    })
  )
}

describe('a mute', () => {
  test('keeps notifications away, ends by itself, and says so', async () => {
    const { stage, stream, conversationId, now } = await talking()
    expect(notifies(stage, now())).toBe(true)
    stage.app.muteConversation({ conversationId, length: 'hour' })
    stream.receive(says('psst'))
    expect([now().mutedUntil, notifies(stage, now())]).toEqual([NOW + HOUR, false])
    await settle(HOUR - 1)
    expect(now().mutedUntil).toBe(NOW + HOUR)
    await settle(1)
    expect(now().mutedUntil).toBeUndefined()
    expect(stage.events('conversation.changed').at(-1)?.conversation).toEqual(now())
    expect(notifies(stage, now())).toBe(true)
  })

  test('of an earlier run ends too, as soon as this one starts or later', async () => {
    const { stage, conversationId, now } = await talking()
    stage.app.muteConversation({ conversationId, length: 'eight-hours' })
    await settle(8 * HOUR - 1000)
    setStage({ storage: stage.storage })
    await settle(1000)
    expect(now().mutedUntil).toBeUndefined()
  })

  test('can be lengthened, be for ever, and be taken back', async () => {
    const { stage, conversationId, now } = await talking()
    stage.app.muteConversation({ conversationId, length: 'hour' })
    stage.app.muteConversation({ conversationId, length: 'forever' })
    await settle(100 * 24 * HOUR)
    expect(now().mutedUntil).toBe(FOREVER)
    stage.app.muteConversation({ conversationId, length: null })
    expect(now().mutedUntil).toBeUndefined()
  })

  test('until tomorrow ends in the morning of this place', () => {
    const evening = new Date(2026, 10, 21, 23, 30).getTime()
    expect(new Date(muteEnd('tomorrow', evening))).toEqual(new Date(2026, 10, 22, 8))
    const night = new Date(2026, 11, 31, 0, 30).getTime()
    expect(new Date(muteEnd('tomorrow', night))).toEqual(new Date(2027, 0, 1, 8))
  })

  test('of a conversation that is not there is refused', () => {
    const stage = setStage()
    expect(() => stage.app.muteConversation({ conversationId: 9, length: 'hour' })).toThrow('not-found')
    expect(() => stage.app.pinConversation({ conversationId: 9, pinned: true })).toThrow('not-found')
  })
})

describe('put away', () => {
  test('a new message takes it back, older history does not', async () => {
    const { stage, stream, conversationId, now } = await talking()
    stage.app.putAwayConversation({ conversationId, away: true })
    stream.receive(
      says(
        'yesterday',
        `<delay xmlns='urn:xmpp:delay' from='capulet.example' stamp='2026-11-20T10:00:00Z'/>`,
      ),
    )
    expect(now().putAwayAt).toBe(NOW)
    await settle(1)
    stream.receive(says('today'))
    expect(now().putAwayAt).toBeUndefined()
    const { conversation } = stage.events('conversation.changed').at(-1) ?? {}
    expect(conversation).toMatchObject({ last: { body: 'today' } })
    expect(conversation?.putAwayAt).toBeUndefined()
  })

  test('a muted one waits for the user, who takes it back or writes there', async () => {
    const { stage, stream, conversationId, now } = await talking()
    stage.app.putAwayConversation({ conversationId, away: true })
    stage.app.muteConversation({ conversationId, length: 'forever' })
    stream.receive(says('psst'))
    expect(now()).toMatchObject({ putAwayAt: NOW, unreadCount: 2 })
    stage.app.putAwayConversation({ conversationId, away: false })
    expect(now().putAwayAt).toBeUndefined()
    stage.app.putAwayConversation({ conversationId, away: true })
    stage.app.sendMessage({ conversationId, body: 'here again' })
    expect(now().putAwayAt).toBeUndefined()
  })

  test('and pinned exclude each other: the last wish counts', async () => {
    const { stage, conversationId, now } = await talking()
    stage.app.pinConversation({ conversationId, pinned: true })
    expect(now()).toMatchObject({ pinnedAt: NOW })
    stage.app.putAwayConversation({ conversationId, away: true })
    expect([now().pinnedAt, now().putAwayAt]).toEqual([undefined, NOW])
    stage.app.pinConversation({ conversationId, pinned: true })
    expect([now().pinnedAt, now().putAwayAt]).toEqual([NOW, undefined])
  })
})

describe('a note to self', () => {
  const RECEIPT = 'urn:xmpp:receipts'

  test('goes to the own address once, asks for nothing, and is not doubled by its way back', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    const conversationId = stage.app.openConversation({ accountId: 1, jid: ROMEO }).id
    stream.sent()
    stage.app.sendMessage({ conversationId, body: 'milk' })
    const [note, ...more] = stream.sent()
    expect([note?.attrs['to'], more]).toEqual([ROMEO, []])
    expect(String(note)).not.toContain(RECEIPT)
    const id = String(note?.attrs['id'])
    const inner = `from='${ROMEO}/Linnet.test' to='${ROMEO}' type='chat' id='${id}'><body>milk</body>
      <origin-id xmlns='urn:xmpp:sid:0' id='${id}'/></message>`
    const wrapped = (kind: string): string => `<message from='${ROMEO}'><${kind} xmlns='urn:xmpp:carbons:2'>
      <forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' ${inner}</forwarded></${kind}></message>`
    stream.receive(`<message ${inner}`)
    stream.receive(wrapped('sent'))
    stream.receive(wrapped('received'))
    stream.ack(id)
    const { messages } = stage.app.pageMessages({ conversationId, limit: 9 })
    expect(messages.map(({ body, direction, state }) => [body, direction, state])).toEqual([
      ['milk', 'out', 'sent'],
    ])
    expect(stage.storage.findConversation(conversationId)?.unreadCount).toBe(0)
  })

  test('of another device comes as our own words, by whichever way', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    const note = `from='${ROMEO}/phone' to='${ROMEO}' type='chat' id='n1'><body>eggs</body></message>`
    stream.receive(`<message ${note}`)
    stream.receive(`<message from='${ROMEO}'><sent xmlns='urn:xmpp:carbons:2'>
      <forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' ${note}</forwarded></sent></message>`)
    expect(stage.app.state().conversations).toMatchObject([
      { counterpart: ROMEO, unreadCount: 0, last: { body: 'eggs', direction: 'out', state: 'sent' } },
    ])
    const { messages } = stage.app.pageMessages({ conversationId: 1, limit: 9 })
    expect(messages).toHaveLength(1)
    expect(notifies(stage, stage.storage.findConversation(1) as Conversation)).toBe(false)
  })
})
