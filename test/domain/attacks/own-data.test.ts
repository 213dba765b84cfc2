/** S7: nobody else's events change our own data, and private data goes nowhere that others can read. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createIq } from '../../../src-main/protocol/iq.ts'
import { keepsPrivateData, publishPrivate } from '../../../src-main/protocol/xep-0223-private-data.ts'
import { xml, type Element } from '../../../src-main/protocol/xml.ts'
import { createFakeStream } from '../../helpers/fake-stream.ts'
import { escape } from '../../helpers/stanza.ts'
import { JULIET, NOW, result, ROMEO, setStage, settle, startOnline } from '../stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const MDS = 'urn:xmpp:mds:displayed:0'
const PUBSUB = 'http://jabber.org/protocol/pubsub'

const displayed = (from: string, by: string, chat: string = JULIET): string =>
  `<message from='${escape(from)}' type='headline'><event xmlns='${PUBSUB}#event'><items node='${MDS}'>
    <item id='${escape(chat)}'><displayed xmlns='${MDS}'>
      <stanza-id xmlns='urn:xmpp:sid:0' by='${escape(by)}' id='s1'/></displayed></item></items></event></message>`

async function withUnread() {
  const stage = setStage()
  const stream = await startOnline(stage)
  stream.receive(`<message from='${JULIET}' type='chat' id='a'><body>unread</body></message>`)
  const { id } = stage.app.openConversation({ accountId: 1, jid: JULIET })
  // As the archive would tell it.
  stage.storage.insertMessage({
    ...{ accountId: 1, conversationId: id, direction: 'in', sender: JULIET, body: 'unread', sentAt: NOW },
    ...{ state: 'received', messageId: 'a', stanzaId: 's1', unread: true },
  })
  return { stage, stream, unread: () => stage.storage.findConversation(id)?.unreadCount }
}

describe('S7: what was displayed', () => {
  test.each([
    'mallory@evil.example',
    JULIET,
    `${JULIET}/balcony`,
    'montague.example',
    `${ROMEO}/phone`,
    'rоmeo@montague.example',
    'romeo@montague.example.evil.example',
    '',
  ])('by an event of %j is not believed', async (from) => {
    const { stage, stream, unread } = await withUnread()
    stream.receive(displayed(from, ROMEO))
    expect(unread()).toBe(1)
    expect(stage.storage.getDisplayedMark(1, JULIET)).toEqual({ due: false })
    stream.receive(displayed(ROMEO, ROMEO))
    expect(unread()).toBe(0)
  })

  test('by an id that another archive gave is not believed', async () => {
    const { stream, unread } = await withUnread()
    for (const by of ['mallory@evil.example', 'montague.example', `${ROMEO}/x`, '']) {
      stream.receive(displayed(ROMEO, by))
    }
    stream.receive(displayed(ROMEO, ROMEO, `${JULIET}/balcony`))
    stream.receive(displayed(ROMEO, ROMEO, 'not an address'))
    expect(unread()).toBe(1)
  })
})

describe('S7: private data', () => {
  const item = { id: JULIET, payload: xml('displayed', { xmlns: MDS }) }
  const unmet = `<error type='cancel'><conflict xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>
    <precondition-not-met xmlns='${PUBSUB}#errors'/></error>`
  const forbidden = `<error type='auth'><forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>`

  /** Publishes to a server that answers so, one after the other; what it was asked, and how that ended. */
  async function publishTo(
    answers: readonly string[],
  ): Promise<{ asked: readonly Element[]; outcome: string }> {
    const stream = createFakeStream()
    const iq = createIq({ stream })
    stream.onStanza((stanza) => iq.receive(stanza))
    const asked: Element[] = []
    const ended = publishPrivate(iq, MDS, item).then(
      () => 'published',
      (error: unknown) => String(error),
    )
    for (const answer of answers) {
      const [request] = stream.sent()
      if (request === undefined) break
      asked.push(request)
      const id = escape(String(request.attrs['id']))
      stream.receive(answer === '' ? result(request) : `<iq type='error' id='${id}'>${answer}</iq>`)
      await settle()
    }
    return { asked, outcome: await ended }
  }
  const access = /pubsub#access_model"><value>whitelist</

  test('is published with the condition that nobody else may read it', async () => {
    const { asked, outcome } = await publishTo([''])
    expect(outcome).toBe('published')
    expect(asked.map(String).join()).toMatch(access)
  })

  test('in a node that is open: it is closed first, and the condition holds for the second try too', async () => {
    const { asked, outcome } = await publishTo([unmet, '', ''])
    expect(outcome).toBe('published')
    expect(asked.map((request) => request.getChild('pubsub')?.getChildElements()[0]?.getName())).toEqual([
      'publish',
      'configure',
      'publish',
    ])
    expect(String(asked[1])).toContain(`<pubsub xmlns="${PUBSUB}#owner"><configure node="${MDS}">`)
    for (const request of asked) expect(String(request)).toMatch(access)
  })

  test('in a node that is open and can not be closed is not published', async () => {
    const { asked, outcome } = await publishTo([unmet, forbidden])
    expect(outcome).toContain('forbidden')
    expect(asked).toHaveLength(2)
  })

  test('in a node that is still open is not published', async () => {
    expect((await publishTo([unmet, '', unmet])).outcome).toContain('conflict')
  })

  test.each([
    ['no PEP', [], [`${PUBSUB}#publish-options`]],
    ['a server that takes no conditions', [{ category: 'pubsub', type: 'pep' }], []],
    ['a service that is not ours', [{ category: 'pubsub', type: 'service' }], [`${PUBSUB}#publish-options`]],
  ])('%s: nothing is kept there', (_what, identities, features) => {
    expect(keepsPrivateData({ identities, features })).toBe(false)
  })
})
