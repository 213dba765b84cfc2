/** Strangers who write: they wait, learn nothing, and are taken, dropped or kept out (attacks S15, S19). */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Element } from '../../../src-main/protocol/xml.ts'
import type { FakeStream } from '../../helpers/fake-stream.ts'
import { JULIET, jid, NOW, result, ROMEO, setStage, settle, startOnline, type Stage } from '../stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const PARIS = jid('paris@verona.example')
const CONTACTS = `<item jid='${JULIET}' subscription='both'/>`
const BLOCKING = 'urn:xmpp:blocking'
const REPORTING = 'urn:xmpp:reporting:1'

async function online(items = CONTACTS): Promise<{ stage: Stage; stream: FakeStream }> {
  const stage = setStage()
  const stream = await startOnline(stage, items)
  stream.sent()
  return { stage, stream }
}

/** Online at a server with these features; what else it is asked is refused. */
async function onlineAt(...features: string[]): Promise<{ stage: Stage; stream: FakeStream }> {
  const stage = setStage()
  stage.app.start()
  await settle()
  const stream = stage.stream()
  for (let round = 0; round < 6; round += 1) {
    for (const element of stream.sent()) if (element.is('iq')) stream.receive(answer(element, features))
    await settle()
  }
  return { stage, stream }
}

function answer(iq: Element, features: readonly string[]): string {
  const id = String(iq.attrs['id'])
  if (iq.attrs['type'] === 'set') return result(iq)
  if (iq.getChild('query', 'jabber:iq:roster'))
    return result(iq, `<query xmlns='jabber:iq:roster'>${CONTACTS}</query>`)
  const to = String(iq.attrs['to'] ?? ROMEO)
  const isOurs = to === 'montague.example' || to === ROMEO
  if (isOurs && iq.getChild('query', 'http://jabber.org/protocol/disco#info')) {
    const found = features.map((feature) => `<feature var='${feature}'/>`).join('')
    return `<iq type='result' id='${id}' from='${to}'><query xmlns='http://jabber.org/protocol/disco#info'>${found}</query></iq>`
  }
  if (iq.getChild('blocklist', BLOCKING)) return result(iq, `<blocklist xmlns='${BLOCKING}'/>`)
  const from = iq.attrs['to'] === undefined ? '' : ` from='${String(iq.attrs['to'])}'`
  return `<iq type='error' id='${id}'${from}><error type='cancel'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>`
}

function says(stream: FakeStream, body: string, more = '', from = `${PARIS}/phone`): void {
  stream.receive(
    `<message from='${from}' to='${ROMEO}' type='chat' id='${body}'><body>${body}</body>${more}</message>`,
  )
}

const only = (stage: Stage) => {
  const [conversation, ...others] = stage.app.state().conversations
  if (conversation === undefined || others.length > 0) throw new Error('one conversation was expected')
  return conversation
}

describe('a stranger’s message', () => {
  test('waits; a contact’s does not', async () => {
    const { stage, stream } = await online()
    says(stream, 'hello')
    says(stream, 'goodnight', '', `${JULIET}/balcony`)
    const seen = stage.app.state().conversations.map(({ counterpart, request }) => [counterpart, request])
    expect(Object.fromEntries(seen)).toEqual({ [PARIS]: true, [JULIET]: undefined })
  })

  test('is answered by nothing, however it asks, and neither is its being read', async () => {
    const { stage, stream } = await online()
    const asks = `<request xmlns='urn:xmpp:receipts'/><markable xmlns='urn:xmpp:chat-markers:0'/><active xmlns='http://jabber.org/protocol/chatstates'/>`
    says(stream, 'hello', asks)
    stream.receive(`<iq from='${PARIS}/phone' id='q1' type='get'><query xmlns='jabber:iq:version'/></iq>`)
    stream.receive(`<presence from='${PARIS}/phone'/>`)
    const { id } = only(stage)
    stage.app.markRead(id)
    stage.app.setChatState(id, 'composing')
    await settle(1000)
    const told = stream.sent().filter((element) => String(element.attrs['to'] ?? '').startsWith(PARIS))
    // What is not there refuses (RFC 6120 §8.4): the same as without us.
    expect(told.map((element) => [element.getName(), element.attrs['type']])).toEqual([['iq', 'error']])
    expect(told[0]?.getChild('error')?.getChild('service-unavailable')).toBeDefined()
  })

  test('taken, it still tells nothing to who is no contact', async () => {
    const { stage, stream } = await online()
    says(stream, 'hello', `<request xmlns='urn:xmpp:receipts'/>`)
    stage.app.acceptRequest(only(stage).id)
    stage.app.markRead(only(stage).id)
    expect(only(stage)).not.toHaveProperty('request')
    expect(stream.sent()).toEqual([])
    says(stream, 'more')
    expect(only(stage)).not.toHaveProperty('request')
  })

  test('loads no picture by itself, whatever the settings; asked for it does', async () => {
    const fetched: string[] = []
    const stage = setStage({
      fetchPicture: (url: string) => {
        fetched.push(url)
        return Promise.resolve(undefined)
      },
    })
    const stream = await startOnline(stage, CONTACTS)
    stage.app.setSettings({ linkPictures: 'always' })
    const card = `<Description xmlns='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' rdf:about='https://spy.example/'><title xmlns='https://ogp.me/ns#'>Spy</title><image xmlns='https://ogp.me/ns#'>https://spy.example/one.png</image></Description>`
    says(stream, 'https://spy.example/', card)
    const message = stage.app.pageMessages({ conversationId: only(stage).id, limit: 1 }).messages[0]
    const picture = { messageId: message?.id ?? 0, url: message?.links?.[0]?.url ?? '' }
    expect(picture.url).toBe('https://spy.example/')
    expect(await stage.app.linkPicture({ ...picture, wish: 'auto' })).toBeNull()
    expect(fetched).toEqual([])
    stage.app.acceptRequest(only(stage).id)
    await stage.app.linkPicture({ ...picture, wish: 'auto' })
    expect(fetched).toEqual(['https://spy.example/one.png'])
  })

  test('is taken by an answer, on this device or on another', async () => {
    const { stage, stream } = await online()
    says(stream, 'hello')
    stage.app.sendMessage({ conversationId: only(stage).id, body: 'who are you?' })
    expect(only(stage)).not.toHaveProperty('request')
    const other = `benvolio@montague.example`
    says(stream, 'hi', '', `${other}/x`)
    stream.receive(
      `<message from='${ROMEO}' to='${ROMEO}/x'><sent xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>` +
        `<message xmlns='jabber:client' from='${ROMEO}/phone' to='${other}' type='chat' id='c1'><body>cousin!</body></message></forwarded></sent></message>`,
    )
    expect(stage.app.state().conversations.filter(({ request }) => request)).toEqual([])
  })

  test('is taken once they are a contact', async () => {
    const { stage, stream } = await online()
    says(stream, 'hello')
    stream.receive(
      `<iq type='set' id='p1'><query xmlns='jabber:iq:roster'><item jid='${PARIS}' subscription='none'/></query></iq>`,
    )
    expect(only(stage)).not.toHaveProperty('request')
  })

  test('a carbon of what they sent waits like the message itself', async () => {
    const { stage, stream } = await online()
    stream.receive(
      `<message from='${ROMEO}' to='${ROMEO}/x'><received xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>` +
        `<message xmlns='jabber:client' from='${PARIS}/x' to='${ROMEO}/phone' type='chat' id='c1'><body>hi</body></message></forwarded></received></message>`,
    )
    expect(only(stage).request).toBe(true)
  })

  test('our own server’s is none, nor are notes to ourselves', async () => {
    const { stage, stream } = await online()
    says(stream, 'maintenance tonight', '', 'montague.example')
    stage.app.openConversation({ accountId: 1, jid: ROMEO })
    expect(stage.app.state().conversations.filter(({ request }) => request)).toEqual([])
  })
})

describe('a flood of strangers', () => {
  test('fills no disk: so many wait, and so much each says', async () => {
    const { stage, stream } = await online()
    for (let index = 0; index < 1020; index += 1) says(stream, `spam ${index}`)
    expect(only(stage).unreadCount).toBe(1000)
    for (let index = 0; index < 220; index += 1) says(stream, 'spam', '', `bot${index}@verona.example/x`)
    const waiting = stage.app.state().conversations.filter(({ request }) => request)
    expect(waiting).toHaveLength(200)
    says(stream, 'still here', '', `${JULIET}/balcony`)
    expect(stage.app.state().conversations).toHaveLength(201)
  })
})

describe('the user', () => {
  test('deletes it, and nobody hears of it; what is said next waits anew', async () => {
    const { stage, stream } = await online()
    says(stream, 'hello')
    const { id } = only(stage)
    stage.app.deleteRequest(id)
    expect(stage.app.state().conversations).toEqual([])
    expect(stage.events('conversation.removed')).toEqual([{ conversationId: id }])
    expect(stream.sent()).toEqual([])
    says(stream, 'hello?')
    expect(only(stage).request).toBe(true)
  })

  test('can’t delete by this what does not wait', async () => {
    const { stage } = await online()
    const { id } = stage.app.openConversation({ accountId: 1, jid: JULIET })
    expect(() => stage.app.deleteRequest(id)).toThrow('not-found')
    expect(() => stage.app.acceptRequest(id)).toThrow('not-found')
  })

  test('blocks and reports one with their messages as evidence, which goes no further', async () => {
    const { stage, stream } = await onlineAt(BLOCKING, REPORTING, 'urn:xmpp:sid:0')
    expect(stage.app.state().reporting).toEqual([1])
    says(stream, 'buy', `<stanza-id xmlns='urn:xmpp:sid:0' by='${ROMEO}' id='s1'/>`)
    stream.receive(`<presence from='${PARIS}' type='subscribe'/>`)
    const done = stage.app.blockStranger({ accountId: 1, jid: PARIS, scope: 'address', report: 'spam' })
    await settle()
    const sent = stream.sent()
    const block = sent.find((element) => element.getChild('block', BLOCKING))
    const refused = sent.findIndex((element) => element.attrs['type'] === 'unsubscribed')
    expect(refused).toBeLessThan(sent.indexOf(block as Element))
    const report = block?.getChild('block')?.getChild('item')?.getChild('report', REPORTING)
    expect(report?.attrs['reason']).toBe('urn:xmpp:reporting:spam')
    expect(report?.getChildren('stanza-id').map((id) => id.attrs)).toMatchObject([{ by: ROMEO, id: 's1' }])
    expect(report?.getChildren('report-origin').concat(report.getChildren('third-party'))).toEqual([])
    stream.receive(result(block as Element))
    await done
    expect(stage.app.state()).toMatchObject({ conversations: [], requests: [] })
  })

  test('blocks a whole domain: all that waits from there goes, and nothing else', async () => {
    const { stage, stream } = await onlineAt(BLOCKING)
    says(stream, 'one')
    says(stream, 'two', '', 'tybalt@verona.example/x')
    says(stream, 'three', '', 'nurse@capulet.example/x')
    says(stream, 'four', '', `${JULIET}/balcony`)
    const done = stage.app.blockStranger({ accountId: 1, jid: PARIS, scope: 'domain' })
    await settle()
    const block = stream.sent().find((element) => element.getChild('block', BLOCKING))
    expect(block?.getChild('block')?.getChild('item')?.attrs['jid']).toBe('verona.example')
    stream.receive(result(block as Element))
    await done
    const left = stage.app.state().conversations.map(({ counterpart }) => counterpart)
    expect(left.sort()).toEqual([JULIET, 'nurse@capulet.example'])
  })

  test('is not cut off from the own server, and not promised what the server does not do', async () => {
    const { stage, stream } = await onlineAt(BLOCKING)
    says(stream, 'hi', '', 'mercutio@montague.example/x')
    const { id } = only(stage)
    const stranger = { accountId: 1, jid: jid('mercutio@montague.example') } as const
    await expect(stage.app.blockStranger({ ...stranger, scope: 'domain' })).rejects.toThrow('invalid-address')
    await expect(stage.app.blockStranger({ ...stranger, scope: 'address', report: 'spam' })).rejects.toThrow(
      'not-supported',
    )
    expect(stream.sent()).toEqual([])
    expect(only(stage).id).toBe(id)
  })

  test('keeps what waits where blocking fails', async () => {
    const { stage, stream } = await onlineAt(BLOCKING)
    says(stream, 'hello')
    const done = stage.app.blockStranger({ accountId: 1, jid: PARIS, scope: 'address' })
    await settle()
    const block = stream.sent().find((element) => element.getChild('block', BLOCKING))
    const failed = expect(done).rejects.toThrow('refused-by-server')
    stream.receive(
      `<iq type='error' id='${String(block?.attrs['id'])}'><error type='wait'><resource-constraint xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>`,
    )
    await failed
    expect(only(stage).request).toBe(true)
  })
})
