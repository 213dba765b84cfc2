/** Receipts (XEP-0184) and displayed markers (XEP-0333): what we tell, what we believe, and in which order it may come. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Message } from '../../../src-main/model/message.ts'
import type { Element } from '../../../src-main/protocol/xml.ts'
import type { FakeStream } from '../../helpers/fake-stream.ts'
import { JULIET, NOW, ROMEO, setStage, settle, startOnline, type Stage } from '../stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const FRIEND = `<item jid='${JULIET}' subscription='both'/>`
const ASKS = `<request xmlns='urn:xmpp:receipts'/>`
const MARKABLE = `<markable xmlns='urn:xmpp:chat-markers:0'/>`
const received = (id: string): string => `<received xmlns='urn:xmpp:receipts' id='${id}'/>`
const displayed = (id: string): string => `<displayed xmlns='urn:xmpp:chat-markers:0' id='${id}'/>`

function from(sender: string, content: string, rest = `type='chat' id='m1'`): string {
  return `<message from='${sender}' ${rest}>${content}</message>`
}

const words = (id: string, content = ASKS + MARKABLE, sender = `${JULIET}/balcony`): string =>
  from(sender, `<body>words ${id}</body>${content}`, `type='chat' id='${id}'`)

/** The messages sent since the last call that carry this element. */
function sentWith(stream: FakeStream, name: string, namespace: string): readonly Element[] {
  return stream.sent().filter((each) => each.is('message') && each.getChild(name, namespace) !== undefined)
}
const receiptsOf = (stream: FakeStream) => sentWith(stream, 'received', 'urn:xmpp:receipts')
const markersOf = (stream: FakeStream) => sentWith(stream, 'displayed', 'urn:xmpp:chat-markers:0')
const marked = (elements: readonly Element[]) =>
  elements.map((each) => each.getChild('displayed')?.attrs['id'] as unknown)

function history(stage: Stage, conversationId = 1): readonly Message[] {
  return stage.app.pageMessages({ conversationId, limit: 100 }).messages
}
const known = (stage: Stage) =>
  history(stage).map(({ state, deliveredAt, displayedAt }) =>
    displayedAt !== undefined ? 'displayed' : deliveredAt !== undefined ? 'delivered' : state,
  )

/** Writes to Juliet; returns the ids of the stanzas. */
function write(stage: Stage, stream: FakeStream, ...texts: string[]): readonly string[] {
  const { id } = stage.app.openConversation({ accountId: 1, jid: JULIET })
  stream.sent()
  for (const body of texts) stage.app.sendMessage({ conversationId: id, body })
  return stream.sent().map((each) => String(each.attrs['id']))
}

describe('an own message', () => {
  test('asks for a receipt and says that it may be marked', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, FRIEND)
    const { id } = stage.app.openConversation({ accountId: 1, jid: JULIET })
    stage.app.sendMessage({ conversationId: id, body: 'hi' })
    const [sent] = stream.sent()
    expect(sent?.getChild('request', 'urn:xmpp:receipts')).toBeDefined()
    expect(sent?.getChild('markable', 'urn:xmpp:chat-markers:0')).toBeDefined()
  })

  test('to ourselves asks for nothing', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    const { id } = stage.app.openConversation({ accountId: 1, jid: ROMEO })
    stage.app.sendMessage({ conversationId: id, body: 'buy poison' })
    const [sent] = stream.sent()
    expect(sent?.getChildElements().map((child) => child.getName())).toEqual(['body', 'thread', 'origin-id'])
  })

  test('goes from pending to sent, delivered, displayed, each when it is known', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, FRIEND)
    const [id = ''] = write(stage, stream, 'hi')
    expect(known(stage)).toEqual(['pending'])
    stream.ack()
    expect(known(stage)).toEqual(['sent'])
    await settle(1000)
    stream.receive(from(`${JULIET}/balcony`, received(id), ''))
    expect(history(stage)).toMatchObject([{ state: 'sent', deliveredAt: NOW + 1000 }])
    await settle(1000)
    stream.receive(from(`${JULIET}/phone`, displayed(id)))
    expect(history(stage)).toMatchObject([{ deliveredAt: NOW + 1000, displayedAt: NOW + 2000 }])
    expect(stage.events('message.changed').at(-1)?.message).toEqual(history(stage)[0])
  })

  test('is told of once, however often its receipt comes', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, FRIEND)
    const [id = ''] = write(stage, stream, 'hi')
    stream.ack()
    stream.receive(from(`${JULIET}/balcony`, received(id)))
    const before = stage.events('message.changed').length
    await settle(1000)
    stream.receive(from(`${JULIET}/phone`, received(id)))
    expect(stage.events('message.changed')).toHaveLength(before)
    expect(history(stage)).toMatchObject([{ deliveredAt: NOW }])
  })

  test('whose receipt overtakes the acknowledgement of our server is sent, and goes out once', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, FRIEND)
    const [id = ''] = write(stage, stream, 'hi')
    stream.receive(from(`${JULIET}/balcony`, received(id)))
    expect(history(stage)).toMatchObject([{ state: 'sent', deliveredAt: NOW }])
    stream.drop()
    await settle(60_000)
    const again = await startOnline(stage, FRIEND)
    expect(again.sent().filter((each) => each.is('message'))).toEqual([])
    stream.ack()
    expect(known(stage)).toEqual(['delivered'])
  })

  test('that a marker names without a receipt is displayed, and all before it', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, FRIEND)
    const ids = write(stage, stream, 'one', 'two', 'three')
    stream.ack()
    stream.receive(from(`${JULIET}/balcony`, displayed(ids[1] ?? '')))
    expect(known(stage)).toEqual(['displayed', 'displayed', 'sent'])
    const changed = stage.events('message.changed').slice(-2)
    expect(changed.map(({ message }) => message.body)).toEqual(['one', 'two'])
  })

  test('that was corrected is displayed by a marker for the correction', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, FRIEND)
    write(stage, stream, 'one', 'two')
    stream.ack()
    stage.app.correctMessage({ messageId: history(stage)[1]?.id ?? 0, body: 'too' })
    const [correction] = stream.sent()
    stream.receive(from(`${JULIET}/balcony`, displayed(String(correction?.attrs['id']))))
    expect(known(stage)).toEqual(['displayed', 'displayed'])
  })

  test('stays displayed when a marker for an older one comes late', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, FRIEND)
    const ids = write(stage, stream, 'one', 'two')
    stream.ack()
    stream.receive(from(`${JULIET}/balcony`, displayed(ids[1] ?? '')))
    const before = history(stage)
    await settle(1000)
    stream.receive(from(`${JULIET}/balcony`, displayed(ids[0] ?? '')))
    expect(history(stage)).toEqual(before)
  })

  test('that was delivered is not failed by an error of another device or hop', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, FRIEND)
    const [id = ''] = write(stage, stream, 'hi')
    stream.ack()
    stream.receive(from(`${JULIET}/balcony`, received(id)))
    stream.receive(
      `<message from='${JULIET}/old' type='error' id='${id}'><error type='cancel'><service-unavailable
        xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>`,
    )
    expect(known(stage)).toEqual(['delivered'])
    expect(history(stage)[0]?.state).toBe('sent')
  })

  test('that failed and did arrive after all is not failed', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, FRIEND)
    const [id = ''] = write(stage, stream, 'hi')
    stream.receive(
      `<message from='capulet.example' type='error' id='${id}'/>`.replace('capulet.example', JULIET),
    )
    expect(known(stage)).toEqual(['failed'])
    stream.receive(from(`${JULIET}/balcony`, received(id)))
    expect(history(stage)).toMatchObject([{ state: 'sent', deliveredAt: NOW }])
    expect(history(stage)[0]).not.toHaveProperty('error')
  })

  test('that failed and is tried again is not displayed by a marker from before', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, FRIEND)
    const [first = '', second = ''] = write(stage, stream, 'one', 'two')
    stream.ack()
    stream.receive(`<message from='${JULIET}' type='error' id='${first}'/>`)
    stream.receive(from(`${JULIET}/balcony`, displayed(second)))
    await settle(1000)
    stage.app.retryMessage(history(stage)[0]?.id ?? 0)
    stream.ack()
    expect(known(stage)).toEqual(['sent', 'displayed'])
    const [third = ''] = write(stage, stream, 'three')
    stream.ack()
    stream.receive(from(`${JULIET}/balcony`, displayed(third)))
    expect(known(stage)).toEqual(['displayed', 'displayed', 'displayed'])
  })

  test('what was displayed stays so when the marked message is deleted', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, FRIEND)
    const ids = write(stage, stream, 'one', 'two')
    stream.ack()
    stream.receive(from(`${JULIET}/balcony`, displayed(ids[1] ?? '')))
    stage.storage.deleteMessage(history(stage)[1]?.id ?? 0)
    expect(known(stage)).toEqual(['displayed'])
  })
})

describe('S5: a receipt or marker changes nothing', () => {
  test.each([
    ['of a third party', 'mallory@evil.example/x'],
    ['of a third party that is a contact', 'nurse@capulet.example/x'],
    ['of the server of the recipient', 'capulet.example'],
    ['of our own server', 'montague.example'],
    ['of an address that looks alike', 'juliet@capulet.example.evil.example/x'],
    ['of ourselves', `${ROMEO}/phone`],
  ])('%s', async (_who, sender) => {
    const stage = setStage()
    const stream = await startOnline(
      stage,
      `${FRIEND}<item jid='nurse@capulet.example' subscription='both'/>`,
    )
    const [id = ''] = write(stage, stream, 'hi')
    stream.ack()
    stream.receive(words('n1', '', 'nurse@capulet.example/x'))
    const before = stage.events('message.changed').length
    stream.receive(from(sender, received(id) + displayed(id)))
    expect(known(stage)).toEqual(['sent'])
    expect(stage.events('message.changed')).toHaveLength(before)
  })

  test.each([
    ['of type groupchat', `type='groupchat'`],
    ['of type error', `type='error'`],
  ])('%s', async (_what, type) => {
    const stage = setStage()
    const stream = await startOnline(stage, FRIEND)
    const [id = ''] = write(stage, stream, 'hi')
    stream.ack()
    stream.receive(from(`${JULIET}/balcony`, received(id) + displayed(id), type))
    expect(known(stage)).toEqual(['sent'])
  })

  test('for a message that they wrote themselves', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, FRIEND)
    stream.receive(words('m1'))
    stream.receive(from(`${JULIET}/balcony`, received('m1') + displayed('m1')))
    expect(known(stage)).toEqual(['received'])
  })

  test('and none opens a conversation or is shown', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, FRIEND)
    stream.receive(from(`${JULIET}/balcony`, received('x') + displayed('x')))
    expect(stage.app.state().conversations).toEqual([])
  })
})

describe('a receipt for them', () => {
  test('goes to the device that asked, with its type, once the message is stored', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, FRIEND)
    stream.receive(words('m1'))
    const [receipt, ...more] = receiptsOf(stream)
    expect(more).toEqual([])
    expect(receipt?.attrs).toMatchObject({ to: `${JULIET}/balcony`, type: 'chat' })
    expect(receipt?.getChild('received')?.attrs).toMatchObject({ id: 'm1' })
    expect(receipt?.getChildElements()).toHaveLength(1)
  })

  test('goes out again for a message that the server delivers again', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, FRIEND)
    stream.receive(words('m1'))
    stream.receive(words('m1'))
    expect(receiptsOf(stream)).toHaveLength(2)
  })

  test.each([
    ['nobody asked for', words('m1', '')],
    ['a message without an id asked for', from(`${JULIET}/x`, `<body>hi</body>${ASKS}`, `type='chat'`)],
    ['a receipt asked for', from(`${JULIET}/x`, received('m0') + ASKS)],
    ['a marker asked for', from(`${JULIET}/x`, displayed('m0') + ASKS)],
    ['an error asked for', from(`${JULIET}/x`, `<body>hi</body>${ASKS}`, `type='error' id='m1'`)],
    ['a room asked for', from(`${JULIET}/x`, `<body>hi</body>${ASKS}`, `type='groupchat' id='m1'`)],
    ['another device of ours asked for', words('m1', ASKS, `${ROMEO}/phone`)],
  ])('does not go where %s', async (_what, stanza) => {
    const stage = setStage()
    const stream = await startOnline(stage, FRIEND)
    stream.sent()
    stream.receive(stanza)
    expect(receiptsOf(stream)).toEqual([])
  })

  test('waits for a stream that is interrupted, and for the next one', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, FRIEND)
    stream.interrupt()
    stream.receive(words('m1'))
    expect(receiptsOf(stream)).toEqual([])
    stream.resume()
    expect(receiptsOf(stream)).toHaveLength(1)
    stream.drop()
    await settle(60_000)
    const next = await startOnline(stage, FRIEND)
    stage.app.markRead(1)
    next.sent()
    expect(stage.storage.listReceiptsDue(1)).toMatchObject([{ sender: JULIET, messageId: 'm1' }])
    next.ack()
    expect(stage.storage.listReceiptsDue(1)).toEqual([])
  })
})

describe('a marker for them', () => {
  test('names the newest message that was read, once', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, FRIEND)
    for (const id of ['m1', 'm2', 'm3']) stream.receive(words(id))
    stream.sent()
    expect(markersOf(stream)).toEqual([])
    stage.app.markRead(1)
    const [marker, ...more] = markersOf(stream)
    expect(more).toEqual([])
    expect(marker?.attrs).toMatchObject({ to: JULIET, type: 'chat' })
    expect(marker?.getChild('displayed')?.attrs['id']).toBe('m3')
    expect(marker?.getChild('store', 'urn:xmpp:hints')).toBeDefined()
    stream.ack()
    stage.app.markRead(1)
    expect(markersOf(stream)).toEqual([])
  })

  test('names the newest whose sender wants it', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, FRIEND)
    stream.receive(words('m1'))
    stream.receive(words('m2', ''))
    stage.app.markRead(1)
    expect(marked(markersOf(stream))).toEqual(['m1'])
  })

  test('goes before the answer of who answers without having looked', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, FRIEND)
    stream.receive(words('m1'))
    stream.sent()
    stage.app.sendMessage({ conversationId: 1, body: 'I have' })
    const sent = stream.sent().map((each) => each.getChildElements()[0]?.getName())
    expect(sent).toEqual(['displayed', 'body'])
  })

  test('read while offline goes out on the next stream, the newest alone, until it is acknowledged', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, FRIEND)
    stream.receive(words('m1'))
    stream.interrupt()
    stage.app.markRead(1)
    stream.receive(words('m2'))
    stage.app.markRead(1)
    stream.drop()
    await settle(60_000)
    const second = await startOnline(stage, FRIEND)
    expect(stage.storage.listMarkersDue(1)).toMatchObject([{ messageId: 'm2' }])
    second.drop()
    await settle(60_000)
    const third = await startOnline(stage, FRIEND)
    third.ack()
    expect(stage.storage.listMarkersDue(1)).toEqual([])
  })

  test('an own note gets none', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(words('m1', MARKABLE, `${ROMEO}/phone`))
    stage.app.markRead(1)
    expect(markersOf(stream)).toEqual([])
  })
})

describe('S19: neither receipt nor marker', () => {
  const both = async (stage: Stage, item: string): Promise<number> => {
    const stream = await startOnline(stage, item)
    stream.sent()
    stream.receive(words('m1'))
    stage.app.markRead(1)
    const sent = stream.sent().filter((each) => each.is('message'))
    expect(stage.storage.listReceiptsDue(1)).toHaveLength(0)
    expect(stage.storage.listMarkersDue(1)).toHaveLength(0)
    return sent.length
  }

  test.each([
    ['a stranger', ''],
    ['a contact that does not see us', `<item jid='${JULIET}' subscription='to'/>`],
    ['a contact without a subscription', `<item jid='${JULIET}' subscription='none'/>`],
  ])('goes to %s', async (_who, item) => {
    expect(await both(setStage(), item)).toBe(0)
  })

  test('goes to a contact once the user says no', async () => {
    const stage = setStage()
    stage.app.setSettings({ tellDelivered: false, tellDisplayed: false })
    expect(await both(stage, FRIEND)).toBe(0)
  })

  test('goes out late for what was read while the user said no', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, FRIEND)
    stage.app.setSettings({ tellDisplayed: false })
    stream.receive(words('m1'))
    stage.app.markRead(1)
    stage.app.setSettings({ tellDisplayed: true })
    stage.app.markRead(1)
    expect(markersOf(stream)).toEqual([])
  })

  test('is owed any more once the user says no', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, FRIEND)
    stream.interrupt()
    stream.receive(words('m1'))
    stage.app.markRead(1)
    stage.app.setSettings({ tellDelivered: false, tellDisplayed: false })
    stream.resume()
    expect(stream.sent().filter((each) => each.is('message'))).toEqual([])
    stage.app.setSettings({ tellDelivered: true, tellDisplayed: true })
    stage.app.markRead(1)
    expect(stream.sent().filter((each) => each.is('message'))).toEqual([])
  })

  test('is among our features once the user says no', async () => {
    const features = async (stage: Stage): Promise<string> => {
      const stream = await startOnline(stage, FRIEND)
      stream.sent()
      stream.receive(
        `<iq type='get' id='q' from='${JULIET}/x'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>`,
      )
      return String(stream.sent().find((each) => each.is('iq')))
    }
    const all = ['urn:xmpp:receipts', 'urn:xmpp:chat-markers:0', 'http://jabber.org/protocol/chatstates']
    const told = await features(setStage())
    for (const feature of all) expect(told).toContain(feature)
    const stage = setStage()
    stage.app.setSettings({ tellDelivered: false, tellDisplayed: false, tellTyping: false })
    const silent = await features(stage)
    for (const feature of all) expect(silent).not.toContain(feature)
  })
})
