/** Blocking (XEP-0191): the server's list, and who may say what is on it. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Element } from '../../src-main/protocol/xml.ts'
import type { FakeStream } from '../helpers/fake-stream.ts'
import { escape } from '../helpers/stanza.ts'
import { JULIET, jid, NOW, result, ROMEO, setStage, settle, type Stage } from './stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const NS = 'urn:xmpp:blocking'
const SPAM = jid('spam.example')
const PARIS = jid('paris@verona.example')
const FEATURES = `<query xmlns='http://jabber.org/protocol/disco#info'><feature var='${NS}'/></query>`

interface Server {
  readonly features?: string
  readonly list?: readonly string[]
  readonly items?: string
}

/** Answers all that a client asks at the start; gives back what else was sent. */
async function serve(stream: FakeStream, server: Server): Promise<readonly Element[]> {
  const others: Element[] = []
  for (let round = 0; round < 4; round += 1) {
    for (const element of stream.sent()) {
      const answer = element.is('iq') ? answerOf(element, server) : undefined
      if (answer === undefined) others.push(element)
      else stream.receive(answer)
    }
    await settle()
  }
  return others
}

function answerOf(iq: Element, { features = FEATURES, list = [], items = '' }: Server): string | undefined {
  if (iq.getChild('query', 'jabber:iq:roster')) {
    return result(iq, `<query xmlns='jabber:iq:roster' ver='v1'>${items}</query>`)
  }
  if (iq.getChild('query', 'http://jabber.org/protocol/disco#info')) {
    const id = escape(String(iq.attrs['id']))
    return `<iq type='result' id='${id}' from='montague.example'>${features}</iq>`
  }
  if (iq.getChild('blocklist', NS)) {
    return result(
      iq,
      `<blocklist xmlns='${NS}'>${list.map((one) => `<item jid='${one}'/>`).join('')}</blocklist>`,
    )
  }
  return undefined
}

async function online(server: Server = {}, storage?: Stage['storage']) {
  const stage = setStage(storage === undefined ? {} : { storage })
  stage.app.start()
  await settle()
  const stream = stage.stream()
  await serve(stream, server)
  return { stage, stream }
}

function push(name: 'block' | 'unblock', items: readonly string[], from = ''): string {
  const inner = items.map((one) => `<item jid='${one}'/>`).join('')
  return `<iq type='set' id='push'${from && ` from='${from}'`}><${name} xmlns='${NS}'>${inner}</${name}></iq>`
}

const blockedOf = (stage: Stage) => stage.app.state().blockLists[0]

describe('the list', () => {
  test('is asked for where the server keeps one', async () => {
    const { stage } = await online({ list: [PARIS, SPAM, '@', PARIS] })
    expect(blockedOf(stage)).toEqual({ accountId: 1, supported: true, jids: [PARIS, SPAM] })
    expect(stage.events('blocking.changed')).toEqual([
      { accountId: 1, supported: true, replaced: true, added: [PARIS, SPAM], removed: [] },
    ])
  })

  test('is not asked for where it does not, and nothing can be blocked', async () => {
    const { stage, stream } = await online({
      features: `<query xmlns='http://jabber.org/protocol/disco#info'/>`,
    })
    expect(blockedOf(stage)).toEqual({ accountId: 1, supported: false, jids: [] })
    await expect(stage.app.block({ accountId: 1, address: PARIS })).rejects.toThrow('not-supported')
    expect(stream.sent()).toEqual([])
    stream.receive(push('block', [PARIS]))
    expect(stream.sent()[0]?.attrs['type']).toBe('error')
    expect(blockedOf(stage)?.jids).toEqual([])
  })

  test('is there over a restart, before the network is', async () => {
    const { stage: before } = await online({ list: [PARIS] })
    const stage = setStage({ storage: before.storage })
    expect(blockedOf(stage)?.jids).toEqual([PARIS])
  })

  test('a server that never answers keeps nobody from being online', async () => {
    const stage = setStage()
    stage.app.start()
    await settle()
    const stream = stage.stream()
    for (const element of stream.sent()) {
      if (element.getChild('query', 'jabber:iq:roster')) stream.receive(answerOf(element, {}) ?? '')
    }
    await settle()
    expect(stage.app.state().connections[0]?.state.phase).toBe('online')
  })
})

describe('pushes', () => {
  test('block, unblock and unblock all, each answered', async () => {
    const { stage, stream } = await online({ list: [PARIS] })
    stream.receive(push('block', [SPAM, JULIET]))
    expect(blockedOf(stage)?.jids).toEqual([JULIET, PARIS, SPAM].sort())
    stream.receive(push('unblock', [JULIET], ROMEO))
    expect(blockedOf(stage)?.jids).toEqual([PARIS, SPAM])
    stream.receive(push('unblock', []))
    expect(blockedOf(stage)?.jids).toEqual([])
    expect(stream.sent().map(({ attrs }) => attrs['type'])).toEqual(['result', 'result', 'result'])
  })

  test.each(['paris@verona.example', 'montague.example', `${ROMEO}/other`, 'romeo@m0ntague.example'])(
    'from %s change nothing (attack S3)',
    async (from) => {
      const { stage, stream } = await online({ list: [PARIS] })
      for (const one of [
        push('unblock', [], from),
        push('unblock', [PARIS], from),
        push('block', [SPAM], from),
      ]) {
        stream.receive(one)
      }
      expect(blockedOf(stage)?.jids).toEqual([PARIS])
      expect(stream.sent().map(({ attrs }) => attrs['type'])).toEqual(['error', 'error', 'error'])
    },
  )

  test('that come right behind the list are not undone by it', async () => {
    const stage = setStage()
    stage.app.start()
    await settle()
    const stream = stage.stream()
    const [roster] = stream.sent()
    stream.receive(answerOf(roster as Element, {}) ?? '')
    await settle()
    const disco = stream.sent().find((element) => element.is('iq'))
    stream.receive(answerOf(disco as Element, {}) ?? '')
    await settle()
    const list = stream.sent().find((element) => element.getChild('blocklist', NS))
    stream.receive(answerOf(list as Element, { list: [PARIS] }) ?? '')
    stream.receive(push('block', [SPAM]))
    stream.receive(push('unblock', [PARIS]))
    await settle()
    expect(blockedOf(stage)?.jids).toEqual([SPAM])
  })

  test('who is blocked is not seen any more and waits for no answer; their domain likewise', async () => {
    const item = (address: string): string => `<item jid='${address}' subscription='both'/>`
    const { stage, stream } = await online({ items: item(JULIET) + item('bot@spam.example') })
    for (const from of [`${JULIET}/a`, 'bot@spam.example/b']) stream.receive(`<presence from='${from}'/>`)
    for (const from of [PARIS, 'other@spam.example', 'tybalt@capulet.example']) {
      stream.receive(`<presence type='subscribe' from='${from}'/>`)
    }
    stream.receive(push('block', [PARIS, SPAM]))
    await settle(100)
    expect(stage.app.state().presences.map((each) => each.jid)).toEqual([JULIET])
    expect(stage.app.state().requests.map((each) => each.jid)).toEqual(['tybalt@capulet.example'])
    expect(stage.events('subscription.answered')).toHaveLength(2)
  })
})

describe('the user', () => {
  test('blocks: the server is asked, and its push is what changes the list', async () => {
    const { stage, stream } = await online()
    const blocking = stage.app.block({ accountId: 1, address: SPAM })
    const [request] = stream.sent()
    expect(request?.getChild('block', NS)?.getChild('item')?.attrs).toEqual({ jid: SPAM })
    stream.receive(result(request as Element))
    await blocking
    expect(blockedOf(stage)?.jids).toEqual([])
    stream.receive(push('block', [SPAM]))
    expect(blockedOf(stage)?.jids).toEqual([SPAM])
  })

  test('unblocks one, and all', async () => {
    const { stage, stream } = await online({ list: [PARIS, SPAM] })
    void stage.app.unblock({ accountId: 1, address: PARIS })
    void stage.app.unblockAll({ accountId: 1 })
    await settle()
    const [one, all] = stream.sent().map((element) => element.getChild('unblock', NS))
    expect(one?.getChildElements().map(({ attrs }) => attrs)).toEqual([{ jid: PARIS }])
    expect(all?.getChildElements()).toEqual([])
  })

  test.each(['romeo@montague.example', 'montague.example'])(
    'cannot cut the own account off: %s',
    async (own) => {
      const { stage, stream } = await online()
      await expect(stage.app.block({ accountId: 1, address: jid(own) })).rejects.toThrow('invalid-address')
      expect(stream.sent()).toEqual([])
    },
  )

  test('a refusal by the server is said, and changes nothing', async () => {
    const { stage, stream } = await online()
    const blocking = stage.app.block({ accountId: 1, address: SPAM })
    const id = String(stream.sent()[0]?.attrs['id'])
    stream.receive(
      `<iq type='error' id='${id}'><error type='wait'><resource-constraint xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>`,
    )
    await expect(blocking).rejects.toThrow('refused-by-server')
    expect(blockedOf(stage)?.jids).toEqual([])
  })

  test('refuses and blocks: the refusal first, and the request waits on until it is done', async () => {
    const { stage, stream } = await online()
    stream.receive(`<presence type='subscribe' from='${PARIS}'/>`)
    const answering = stage.app.answerSubscription({ accountId: 1, jid: PARIS, answer: 'refuse-and-block' })
    await settle()
    const [refusal, request] = stream.sent()
    expect(refusal?.attrs).toMatchObject({ type: 'unsubscribed', to: PARIS })
    expect(request?.getChild('block', NS)).toBeDefined()
    expect(stage.app.state().requests).toHaveLength(1)
    stream.receive(result(request as Element))
    await answering
    expect(stage.app.state().requests).toEqual([])
  })

  test('refuse-and-block is not half done where the server cannot block', async () => {
    const { stage, stream } = await online({
      features: `<query xmlns='http://jabber.org/protocol/disco#info'/>`,
    })
    stream.receive(`<presence type='subscribe' from='${PARIS}'/>`)
    const answering = stage.app.answerSubscription({ accountId: 1, jid: PARIS, answer: 'refuse-and-block' })
    await expect(answering).rejects.toThrow('not-supported')
    expect(stream.sent()).toEqual([])
    expect(stage.app.state().requests).toHaveLength(1)
  })
})

test('a message to somebody blocked fails with a reason of its own', async () => {
  const { stage, stream } = await online({ list: [PARIS] })
  const conversation = stage.app.openConversation({ accountId: 1, jid: PARIS })
  stage.app.sendMessage({ conversationId: conversation.id, body: 'Are you there?' })
  const id = String(stream.sent().find((element) => element.is('message'))?.attrs['id'])
  stream.receive(`<message type='error' id='${id}' from='${PARIS}'><error type='cancel'>
    <not-acceptable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/><blocked xmlns='urn:xmpp:blocking:errors'/></error></message>`)
  const { messages } = stage.app.pageMessages({ conversationId: conversation.id, limit: 10 })
  expect(messages).toMatchObject([{ state: 'failed', error: { condition: 'blocked' } }])
})
