/** Own corrections, retractions and reactions: stored first, sent in order and once, again where it has to be. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Message } from '../../../src-main/model/message.ts'
import type { Element } from '../../../src-main/protocol/xml.ts'
import { answerRoster, JULIET, NOW, ROMEO, setStage, settle, startOnline, type Stage } from '../stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const REFUSED = `<error type='modify'><not-acceptable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>`

function say(stage: Stage, body: string): Message {
  const { id } = stage.app.openConversation({ accountId: 1, jid: JULIET })
  return stage.app.sendMessage({ conversationId: id, body })
}
function rows(stage: Stage): readonly Message[] {
  return stage.app
    .state()
    .conversations.flatMap(({ id }) => stage.app.pageMessages({ conversationId: id, limit: 50 }).messages)
}
/** What each stanza is about, in a word and its id. */
function told(elements: readonly Element[]): readonly string[] {
  return elements
    .filter((element) => element.is('message'))
    .map((element) => {
      const names = ['replace', 'retract', 'reactions'].filter((name) => element.getChild(name) !== undefined)
      const reactions = element.getChild('reactions')?.getChildren('reaction') ?? []
      const emoji = reactions.map((one) => one.getText()).join('')
      const words = names[0] === 'retract' ? '' : (element.getChildText('body') ?? emoji)
      return `${names[0] ?? 'words'} ${words}`.trim()
    })
}
async function reconnect(stage: Stage): Promise<readonly Element[]> {
  stage.stream().drop()
  await settle(10_000)
  return answerRoster(stage.stream())
}
const idOf = (element: Element | undefined): string => String(element?.attrs['id'])

describe('a correction', () => {
  test('of a message that is out is sent after it, with a new id and the whole message', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    const message = say(stage, 'airlock')
    stream.ack()
    const original = stream.sent().at(-1)
    stage.app.correctMessage({ messageId: message.id, body: 'window' })
    const [sent] = stream.sent()
    expect(sent?.getChild('replace', 'urn:xmpp:message-correct:0')?.attrs).toMatchObject({
      id: idOf(original),
    })
    expect(idOf(sent)).not.toBe(idOf(original))
    expect(sent?.getChildText('body')).toBe('window')
    expect(sent?.getChildText('thread')).toBe(original?.getChildText('thread'))
    expect(sent?.getChild('origin-id', 'urn:xmpp:sid:0')?.attrs).toMatchObject({ id: idOf(sent) })
    expect(rows(stage)).toMatchObject([{ body: 'window', correctedAt: NOW, deed: { state: 'pending' } }])
    stream.ack()
    expect(rows(stage)[0]).not.toHaveProperty('deed')
    expect(stage.app.listVersions(message.id).map(({ body }) => body)).toEqual(['airlock', 'window'])
  })

  test('its own copy from the archive or another device changes nothing', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    const message = say(stage, 'one')
    stage.app.correctMessage({ messageId: message.id, body: 'two' })
    stage.app.correctMessage({ messageId: message.id, body: 'three' })
    expect(stage.app.listVersions(message.id).map(({ body }) => body)).toEqual(['one', 'two', 'three'])
    expect(rows(stage)).toMatchObject([{ body: 'three' }])
    expect(told(stream.sent())).toEqual(['words one', 'replace two', 'replace three'])
  })

  test('of what nobody has yet only changes it', async () => {
    const stage = setStage()
    const message = say(stage, 'one')
    stage.app.correctMessage({ messageId: message.id, body: 'two' })
    expect(rows(stage)).toMatchObject([{ body: 'two', state: 'pending' }])
    expect(rows(stage)[0]).not.toHaveProperty('correctedAt')
    const stream = await startOnline(stage)
    expect(stream.state).toBe('open')
    expect(stage.app.listVersions(message.id)).toEqual([])
  })

  test('of a message that may have arrived follows it, which goes again as it was', async () => {
    const stage = setStage()
    await startOnline(stage)
    const message = say(stage, 'one')
    say(stage, 'later')
    stage.stream().drop()
    stage.app.correctMessage({ messageId: message.id, body: 'two' })
    say(stage, 'last')
    await settle(10_000)
    expect(told(await answerRoster(stage.stream()))).toEqual([
      'words one',
      'words later',
      'replace two',
      'words last',
    ])
    expect(rows(stage)[0]).toMatchObject({ body: 'two' })
  })

  test('of a failed message changes it and tries again', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    const message = say(stage, 'one')
    const [sent] = stream.sent()
    stream.receive(`<message type='error' from='${JULIET}' id='${idOf(sent)}'>${REFUSED}</message>`)
    expect(rows(stage)).toMatchObject([{ state: 'failed' }])
    stage.app.correctMessage({ messageId: message.id, body: 'two' })
    expect(told(stream.sent())).toEqual(['words two'])
    stream.ack()
    expect(rows(stage)).toMatchObject([{ body: 'two', state: 'sent' }])
  })

  test('that is not acknowledged goes again under its id, once', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    const message = say(stage, 'one')
    stream.ack()
    stage.app.correctMessage({ messageId: message.id, body: 'two' })
    const first = idOf(stream.sent().at(-1))
    const again = (await reconnect(stage)).filter((one) => one.is('message'))
    expect(again.map(idOf)).toEqual([first])
    stage.stream().ack()
    expect(told(await reconnect(stage))).toEqual([])
  })

  test.each(['another’s', 'a retracted', 'an unknown'])('of %s message is refused', async (which) => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(`<message from='${JULIET}/a' type='chat' id='j'><body>hers</body></message>`)
    const own = say(stage, 'mine')
    stream.ack()
    stage.app.retractMessage(own.id)
    const ids = { 'another’s': 1, 'a retracted': own.id, 'an unknown': 99 }
    const messageId = ids[which as keyof typeof ids]
    expect(() => stage.app.correctMessage({ messageId, body: 'x' })).toThrow('not-found')
    expect(() => stage.app.retractMessage(messageId)).toThrow('not-found')
  })

  test('that was refused says so, can go again, or be undone', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    const message = say(stage, 'one')
    stream.ack()
    stage.app.correctMessage({ messageId: message.id, body: 'two' })
    const refuse = (): void => {
      const id = idOf(stream.sent().at(-1))
      stream.ack()
      stream.receive(`<message type='error' from='${JULIET}' id='${id}'>${REFUSED}</message>`)
    }
    refuse()
    const failed = { kind: 'correction', state: 'failed', error: { condition: 'not-acceptable' } }
    expect(rows(stage)).toMatchObject([{ body: 'two', state: 'sent', deed: failed }])
    stage.app.retryDeeds(message.id)
    refuse()
    stage.app.dropDeeds(message.id)
    expect(rows(stage)).toMatchObject([{ body: 'one' }])
    expect(rows(stage)[0]).not.toHaveProperty('deed')
    expect(() => stage.app.retryDeeds(message.id)).toThrow('not-found')
  })
})

describe('a retraction', () => {
  test('empties the message at once and tells everybody, with words for those who cannot', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    const message = say(stage, 'to the wrong one')
    stream.ack()
    const original = idOf(stream.sent().at(-1))
    stage.app.correctMessage({ messageId: message.id, body: 'still wrong' })
    stage.app.retractMessage(message.id)
    expect(rows(stage)).toMatchObject([{ body: '', retractedAt: NOW, state: 'sent' }])
    expect(stage.app.listVersions(message.id)).toEqual([])
    const sent = stream.sent().at(-1)
    expect(sent?.getChild('retract', 'urn:xmpp:message-retract:1')?.attrs).toMatchObject({ id: original })
    expect(sent?.getChild('fallback', 'urn:xmpp:fallback:0')?.attrs).toMatchObject({
      for: 'urn:xmpp:message-retract:1',
    })
    expect(sent?.getChild('store', 'urn:xmpp:hints')).toBeDefined()
    expect(sent?.getChildText('body')).toMatch(/^\/me retracted/)
    expect(sent?.attrs).toMatchObject({ to: JULIET, type: 'chat' })
  })

  test('of what may have arrived never sends it again without its words', async () => {
    const stage = setStage()
    await startOnline(stage)
    const message = say(stage, 'one')
    stage.app.correctMessage({ messageId: message.id, body: 'two' })
    stage.stream().drop()
    stage.app.retractMessage(message.id)
    await settle(10_000)
    expect(told(await answerRoster(stage.stream()))).toEqual(['retract'])
  })

  test('of what nobody has yet leaves no trace of it', async () => {
    const stage = setStage()
    const message = say(stage, 'one')
    stage.app.retractMessage(message.id)
    expect(rows(stage)).toEqual([])
    expect(stage.events('message.removed')).toMatchObject([{ messageId: message.id }])
    expect(told(await (stage.app.start(), settle(), reconnectFirst(stage)))).toEqual([])
  })
})

async function reconnectFirst(stage: Stage): Promise<readonly Element[]> {
  await settle()
  return answerRoster(stage.stream())
}

describe('reactions', () => {
  async function withHers() {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(
      `<message from='${JULIET}/a' type='chat' id='j'><body>hers</body><origin-id xmlns='urn:xmpp:sid:0' id='o'/></message>`,
    )
    return { stage, stream }
  }

  test('name the message by its origin-id, carry the whole set, and have no words', async () => {
    const { stage, stream } = await withHers()
    stage.app.reactToMessage({ messageId: 1, emoji: '👍', chosen: true })
    stage.app.reactToMessage({ messageId: 1, emoji: '🌹', chosen: true })
    stage.app.reactToMessage({ messageId: 1, emoji: '🌹', chosen: true })
    stage.app.reactToMessage({ messageId: 1, emoji: '👍', chosen: false })
    const sent = stream.sent()
    expect(told(sent)).toEqual(['reactions 👍', 'reactions 👍🌹', 'reactions 🌹'])
    expect(sent[0]?.getChild('reactions', 'urn:xmpp:reactions:0')?.attrs).toMatchObject({ id: 'o' })
    expect(sent[0]?.getChild('store', 'urn:xmpp:hints')).toBeDefined()
    expect(sent[0]?.getChild('body')).toBeUndefined()
    expect(rows(stage)).toMatchObject([{ reactions: [{ sender: ROMEO, emoji: ['🌹'] }] }])
  })

  test('made without a connection go out as the last of them is', async () => {
    const { stage, stream } = await withHers()
    stream.drop()
    for (const emoji of ['👍', '🌹', '🌙']) stage.app.reactToMessage({ messageId: 1, emoji, chosen: true })
    stage.app.reactToMessage({ messageId: 1, emoji: '👍', chosen: false })
    await settle(10_000)
    expect(told(await answerRoster(stage.stream()))).toEqual(['reactions 🌹🌙'])
  })

  test('that are refused did not happen', async () => {
    const { stage, stream } = await withHers()
    stage.app.reactToMessage({ messageId: 1, emoji: '👍', chosen: true })
    stream.ack()
    stream.sent()
    stage.app.reactToMessage({ messageId: 1, emoji: '🌹', chosen: true })
    const id = idOf(stream.sent().at(-1))
    stream.receive(`<message type='error' from='${JULIET}' id='${id}'>${REFUSED}</message>`)
    expect(rows(stage)).toMatchObject([
      { reactions: [{ sender: ROMEO, emoji: ['👍'] }], deed: { kind: 'reactions', state: 'failed' } },
    ])
    stage.app.retryDeeds(1)
    expect(told(stream.sent())).toEqual(['reactions 👍🌹'])
    expect(rows(stage)).toMatchObject([{ reactions: [{ emoji: ['👍', '🌹'] }] }])
  })

  test('to what has no id, or is gone, are refused', async () => {
    const { stage, stream } = await withHers()
    stream.receive(`<message from='${JULIET}/a' type='chat'><body>no id</body></message>`)
    expect(rows(stage)[1]).toMatchObject({ nameless: true })
    expect(() => stage.app.reactToMessage({ messageId: 2, emoji: '👍', chosen: true })).toThrow('not-found')
    expect(() => stage.app.reactToMessage({ messageId: 9, emoji: '👍', chosen: true })).toThrow('not-found')
  })
})

describe('messages removed on this computer', () => {
  test('go, several at once, tell nobody, and no page or archive brings them back', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    const hers = `<message from='${JULIET}/a' type='chat' id='j'><body>hers</body></message>`
    stream.receive(hers)
    const own = say(stage, 'mine')
    stream.ack()
    stream.sent()
    stage.app.forgetMessages([1, own.id, 77])
    expect(rows(stage)).toEqual([])
    expect(stage.events('message.removed')).toHaveLength(2)
    expect(stage.app.state().conversations).toMatchObject([{ unreadCount: 0 }])
    stream.receive(hers)
    stream.receive(`<message from='${JULIET}/a' type='chat' id='c'><body>x</body><replace xmlns='urn:xmpp:message-correct:0' id='j'/></message>`) // prettier-ignore
    expect(rows(stage)).toEqual([])
    expect(stream.sent().filter((one) => one.is('message'))).toEqual([])
  })

  test('under a number that their sender gives again, the next one is another message', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    const hers = (body: string): string =>
      `<message from='${JULIET}/a' type='chat' id='1'><body>${body}</body></message>`
    stream.receive(hers('monday'))
    stage.app.forgetMessages([1])
    await settle(3_600_000)
    stream.receive(hers('tuesday'))
    expect(rows(stage).map(({ body }) => body)).toEqual(['tuesday'])
  })
})
