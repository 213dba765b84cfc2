/** XEP-0461: answers, out and in, XML in and rows out; what nobody may do with them (S5, S6). */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Message } from '../../../src-main/model/message.ts'
import {
  answerRoster,
  JULIET,
  jid,
  NOW,
  only,
  ROMEO,
  setStage,
  settle,
  startOnline,
  type Stage,
} from '../stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const REPLY = 'urn:xmpp:reply:0'
const NURSE = jid('nurse@capulet.example')

function rows(stage: Stage, counterpart = JULIET): readonly Message[] {
  const conversation = stage.storage.findConversationWith(1, counterpart)
  if (conversation === undefined) return []
  return stage.app.pageMessages({ conversationId: conversation.id, limit: 50 }).messages
}

interface Parts {
  readonly from?: string
  readonly id: string
  readonly body: string
  readonly more?: string
}

function stanza({ from = `${JULIET}/balcony`, id, body, more = '' }: Parts): string {
  return `<message from='${from}' type='chat' id='${id}'><body>${body}</body>${more}</message>`
}

function reply(id: string, to?: string): string {
  return `<reply xmlns='${REPLY}' id='${id}'${to === undefined ? '' : ` to='${to}'`}/>`
}

function fallback(end: number): string {
  return `<fallback xmlns='urn:xmpp:fallback:0' for='${REPLY}'><body start='0' end='${end}'/></fallback>`
}

function last(stage: Stage, counterpart = JULIET): Message {
  const message = rows(stage, counterpart).at(-1)
  if (message === undefined) throw new Error('no message')
  return message
}

async function online(): Promise<{ stage: Stage; stream: Awaited<ReturnType<typeof startOnline>> }> {
  const stage = setStage()
  return { stage, stream: await startOnline(stage) }
}

describe('an answer of ours', () => {
  test('names the message by its origin-id and its author, and quotes it for others', async () => {
    const { stage, stream } = await online()
    const origin = `<origin-id xmlns='urn:xmpp:sid:0' id='o1'/>`
    stream.receive(stanza({ id: 'm1', body: 'Art thou\nnot Romeo?', more: origin }))
    const [asked] = rows(stage)
    stage.app.sendMessage({ conversationId: 1, body: 'Neither', replyTo: asked?.id })
    const sent = only(stream.sent(), 'message')
    expect(sent.getChildText('body')).toBe('> Art thou\n> not Romeo?\nNeither')
    expect(sent.getChild('reply', REPLY)?.attrs).toMatchObject({ id: 'o1', to: JULIET })
    expect(sent.getChild('fallback')?.attrs['for']).toBe(REPLY)
    expect(sent.getChild('fallback')?.getChild('body')?.attrs).toEqual({ start: '0', end: '24' })
    expect(last(stage)).toMatchObject({
      body: 'Neither',
      reply: { original: { id: asked?.id, direction: 'in', sender: JULIET, body: 'Art thou\nnot Romeo?' } },
    })
  })

  test('goes out again as it was, after a connection broke', async () => {
    const { stage, stream } = await online()
    stream.receive(stanza({ id: 'm1', body: 'Hi' }))
    stage.app.sendMessage({ conversationId: 1, body: 'Ho', replyTo: 1 })
    const first = only(stream.sent(), 'message')
    stream.drop()
    await settle(10_000)
    const again = only(await answerRoster(stage.stream()), 'message')
    expect(again.toString()).toBe(first.toString())
  })

  test('to a message without any id is a quote in words', async () => {
    const { stage, stream } = await online()
    stream.receive(`<message from='${JULIET}/x' type='chat'><body>no id</body></message>`)
    stage.app.sendMessage({ conversationId: 1, body: 'answer', replyTo: 1 })
    const sent = only(stream.sent(), 'message')
    expect(sent.getChildText('body')).toBe('> no id\nanswer')
    expect(sent.getChild('reply', REPLY)).toBeUndefined()
    expect(last(stage)).not.toHaveProperty('reply')
  })

  test('does not tell what is hidden, and cuts what is long', async () => {
    const { stage, stream } = await online()
    const spoiler = `<spoiler xmlns='urn:xmpp:spoiler:0'>the end</spoiler>`
    stream.receive(stanza({ id: 'm1', body: 'both die', more: spoiler }))
    stream.receive(stanza({ id: 'm2', body: 'x\n'.repeat(5000) }))
    stage.app.sendMessage({ conversationId: 1, body: 'no!', replyTo: 1 })
    stage.app.sendMessage({ conversationId: 1, body: 'long', replyTo: 2 })
    const [one, two] = stream.sent().map((element) => element.getChildText('body') ?? '')
    expect(one).toBe('> the end\nno!')
    expect(two).toBe(`${'> x\n'.repeat(12)}> …\nlong`)
  })

  test('is refused for a message of another conversation', async () => {
    const { stage, stream } = await online()
    stream.receive(stanza({ id: 'm1', body: 'from juliet' }))
    stream.receive(stanza({ from: `${NURSE}/x`, id: 'm2', body: 'from the nurse' }))
    expect(() => stage.app.sendMessage({ conversationId: 1, body: 'x', replyTo: 2 })).toThrow('not-found')
    expect(rows(stage)).toHaveLength(1)
  })
})

describe('an answer to us', () => {
  test('shows our words beside it, and not the quote that it brings', async () => {
    const { stage, stream } = await online()
    stage.app.openConversation({ accountId: 1, jid: JULIET })
    const own = stage.app.sendMessage({ conversationId: 1, body: 'Good night' })
    const id = String(only(stream.sent(), 'message').attrs['id'])
    const more = reply(id, `${ROMEO}/Linnet.test`) + fallback(13)
    stream.receive(stanza({ id: 'm1', body: '&gt; Good night\nSweet sorrow', more }))
    expect(last(stage)).toMatchObject({
      body: 'Sweet sorrow',
      reply: { original: { id: own.id, direction: 'out', body: 'Good night' }, quote: '> Good night' },
    })
    expect(stage.events('conversation.changed').at(-1)?.conversation.last?.body).toBe('Sweet sorrow')
  })

  test('may come before what it answers, which is then told', async () => {
    const { stage, stream } = await online()
    stream.receive(stanza({ id: 'm2', body: 'and that is all', more: reply('m1', JULIET) }))
    expect(last(stage).reply).toEqual({})
    stream.receive(stanza({ id: 'm1', body: 'the beginning' }))
    const answer = rows(stage).find(({ body }) => body === 'and that is all')
    expect(answer?.reply?.original?.body).toBe('the beginning')
    expect(stage.events('message.changed').at(-1)?.message).toEqual(answer)
  })

  test('without an author means a message of either; an answer may be answered', async () => {
    const { stage, stream } = await online()
    stream.receive(stanza({ id: 'm1', body: 'one' }))
    stream.receive(stanza({ id: 'm2', body: 'two', more: reply('m1') }))
    stream.receive(stanza({ id: 'm3', body: 'three', more: reply('m2') }))
    expect(last(stage).reply?.original).toMatchObject({ body: 'two' })
  })

  test('where all of it is a quote, nothing is lost', async () => {
    const { stage, stream } = await online()
    stream.receive(stanza({ id: 'm2', body: 'only a quote', more: reply('m1') + fallback(500) }))
    expect(last(stage).body).toBe('only a quote')
  })

  test('a message that went takes its words along', async () => {
    const { stage, stream } = await online()
    stream.receive(stanza({ id: 'm1', body: 'one' }))
    stream.receive(stanza({ id: 'm2', body: 'two', more: reply('m1') }))
    stage.storage.deleteMessage(1)
    expect(last(stage).reply).toEqual({})
  })
})

describe('what is answered was changed since', () => {
  test('corrected, it reads as it does now', async () => {
    const { stage, stream } = await online()
    stream.receive(stanza({ id: 'm1', body: 'wrnog' }))
    stream.receive(stanza({ id: 'm2', body: 'an answer', more: reply('m1') }))
    const replace = `<replace xmlns='urn:xmpp:message-correct:0' id='m1'/>`
    stream.receive(stanza({ id: 'm3', body: 'wrong', more: replace }))
    expect(last(stage).reply?.original).toMatchObject({ body: 'wrong' })
  })

  test('retracted, it has no words, no card, no pin and nothing hidden', async () => {
    const { stage, stream } = await online()
    const hidden = `<spoiler xmlns='urn:xmpp:spoiler:0'>hint</spoiler>`
    const card = `<rdf:Description xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'
      xmlns:og='https://ogp.me/ns#' rdf:about='https://a.example/'><og:title>secret</og:title></rdf:Description>`
    stream.receive(stanza({ id: 'm1', body: 'see https://a.example/', more: hidden + card }))
    stage.app.setPinned(1, true)
    stream.receive(stanza({ id: 'm2', body: 'an answer', more: reply('m1') }))
    const retract = `<retract xmlns='urn:xmpp:message-retract:1' id='m1'/>`
    stream.receive(stanza({ id: 'm3', body: 'gone', more: retract }))
    const [first] = rows(stage)
    for (const field of ['links', 'spoiler', 'pinnedAt']) expect(first).not.toHaveProperty(field)
    expect(last(stage).reply?.original).toMatchObject({ body: '', retractedAt: expect.any(Number) as number })
    expect(JSON.stringify(rows(stage))).not.toContain('secret')
  })
})

describe('S5: an answer that is not what it says', () => {
  test('shows no words of another conversation, whoever it names', async () => {
    const { stage, stream } = await online()
    stream.receive(stanza({ from: `${NURSE}/x`, id: 'secret', body: 'a secret of the nurse' }))
    for (const to of [undefined, NURSE, `${NURSE}/x`, ROMEO]) {
      stream.receive(stanza({ id: `m-${to}`, body: 'I know', more: reply('secret', to) }))
    }
    stream.receive(stanza({ from: `${NURSE}/x`, id: 'later', body: 'another secret' }))
    const answers = rows(stage)
    expect(answers).toHaveLength(4)
    for (const answer of answers) expect(answer.reply).toEqual({})
  })

  test('names the author that wrote the message, not the one it claims', async () => {
    const { stage, stream } = await online()
    stream.receive(stanza({ id: 'm1', body: 'I, Juliet, said it' }))
    stream.receive(stanza({ id: 'm2', body: 'you said it', more: reply('m1', ROMEO) }))
    expect(last(stage).reply).toEqual({})
    stream.receive(stanza({ id: 'm3', body: 'I did', more: reply('m1', JULIET) }))
    expect(last(stage).reply?.original).toMatchObject({ sender: JULIET, direction: 'in' })
  })

  test('to itself, twice in one, without an id, to nobody: a message like any other', async () => {
    const { stage, stream } = await online()
    stream.receive(stanza({ id: 'm1', body: 'itself', more: reply('m1') }))
    expect(last(stage).reply).toEqual({})
    for (const more of [reply('a') + reply('b'), `<reply xmlns='${REPLY}'/>`, reply('m1', '@@'), reply('')]) {
      stream.receive(stanza({ id: `odd-${more.length}`, body: 'odd', more }))
      expect(last(stage)).not.toHaveProperty('reply')
    }
  })
})

describe('S6: ids that are not what they seem', () => {
  test('an id of ours under a message of theirs is not ours where they name us', async () => {
    const { stage, stream } = await online()
    stage.app.openConversation({ accountId: 1, jid: JULIET })
    const own = stage.app.sendMessage({ conversationId: 1, body: 'mine' })
    const id = String(only(stream.sent(), 'message').attrs['id'])
    const forged = `<origin-id xmlns='urn:xmpp:sid:0' id='${id}'/>`
    stream.receive(stanza({ id, body: 'not mine', more: forged }))
    stream.receive(stanza({ id: 'm2', body: 'answer', more: reply(id, ROMEO) }))
    expect(last(stage).reply?.original).toMatchObject({ id: own.id, body: 'mine' })
  })

  test('a giant quote and endless regions are cut', async () => {
    const { stage, stream } = await online()
    const quote = `${'&gt; '.padEnd(9000, 'q')}\n`
    const regions = `<body start='0' end='8998'/>`.repeat(200)
    const more = `${reply('gone')}<fallback xmlns='urn:xmpp:fallback:0' for='${REPLY}'>${regions}</fallback>`
    stream.receive(stanza({ id: 'm1', body: `${quote}short`, more }))
    expect(last(stage).body).toBe('short')
    expect(last(stage).reply?.quote).toHaveLength(1000)
  })
})
