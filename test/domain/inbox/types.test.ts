/** RFC 6121 §5.2.2: where a message of each type goes. XML in, rows and events out. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { STRANGER_BOUNDS } from '../../../src-main/domain/incoming/keep-single.ts'
import { FEED_BOUNDS } from '../../../src-main/domain/incoming/keep-notice.ts'
import { JULIET, NOW, ROMEO, setStage, startOnline, type Stage } from '../stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const CONTACT = `<item jid='${JULIET}' subscription='both'/>`
const inbox = (stage: Stage) => stage.app.state().inbox.messages
const feed = (stage: Stage) => stage.app.state().feed
const conversations = (stage: Stage) => stage.app.state().conversations

/** Type, in what; and from whom, which makes no difference to where it goes. */
describe.each([
  ['a contact', `${JULIET}/balcony`],
  ['a stranger', 'tybalt@capulet.example/x'],
  ['the own server', 'montague.example'],
  ['a room', 'verona@rooms.example/tybalt'],
])('from %s', (_who, from) => {
  test.each([
    ['chat', `type='chat'`, { conversations: 1, inbox: 0, feed: 0 }],
    ['normal', `type='normal'`, { conversations: 0, inbox: 1, feed: 0 }],
    ['no type', '', { conversations: 0, inbox: 1, feed: 0 }],
    ['an unknown type', `type='shout'`, { conversations: 0, inbox: 1, feed: 0 }],
    ['headline', `type='headline'`, { conversations: 0, inbox: 0, feed: 1 }],
    ['an error that answers nothing', `type='error' id='none'`, { conversations: 0, inbox: 0, feed: 1 }],
    ['an error without an id', `type='error'`, { conversations: 0, inbox: 0, feed: 1 }],
    ['groupchat', `type='groupchat'`, { conversations: 0, inbox: 0, feed: 0 }],
  ])('%s', async (_what, type, expected) => {
    const stage = setStage()
    const stream = await startOnline(stage, CONTACT)
    stream.receive(`<message from='${from}' ${type}><subject>s</subject><body>words</body></message>`)
    expect({
      conversations: conversations(stage).length,
      inbox: inbox(stage).length,
      feed: feed(stage).length,
    }).toEqual(expected)
  })
})

test('a groupchat message is told to the log, and to nobody else', async () => {
  const stage = setStage()
  const stream = await startOnline(stage)
  stage.eventNames()
  stream.receive(`<message from='verona@rooms.example/x' type='groupchat'><body>hi</body></message>`)
  expect(stage.eventNames()).toEqual([])
  expect(stage.logs.at(-1)?.message).toBe('a stanza was rejected')
})

describe('a single message', () => {
  const letter = (part: { from?: string; id?: string; extra?: string; body?: string; subject?: string }) =>
    `<message from='${part.from ?? `${JULIET}/balcony`}' ${part.id === undefined ? '' : `id='${part.id}'`}>
      <subject>${part.subject ?? 'Tonight'}</subject><body>${part.body ?? 'Under the balcony'}</body>${part.extra ?? ''}
    </message>`

  test('is in the database before its listener returns, and announced after it', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, CONTACT)
    stage.eventNames()
    stream.receive(letter({ id: 's1', extra: `<thread parent='p'>t</thread>` }))
    expect(stage.eventNames()).toEqual(['inbox.unreadChanged', 'single.added'])
    expect(stage.events('single.added').at(-1)?.message).toMatchObject({ subject: 'Tonight', unread: true })
    expect(stage.events('inbox.unreadChanged').at(-1)).toEqual({ unreadCount: 1 })
    const [{ id } = { id: 0 }] = inbox(stage)
    expect(stage.app.getSingle(id)).toEqual({
      id,
      accountId: 1,
      direction: 'in',
      counterpart: JULIET,
      subject: 'Tonight',
      body: 'Under the balcony',
      sentAt: NOW,
      state: 'received',
      unread: true,
      thread: { id: 't', parent: 'p' },
    })
  })

  test('stays one by itself while a chat runs with the same contact', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, CONTACT)
    stream.receive(`<message from='${JULIET}/balcony' type='chat'><body>Hi</body></message>`)
    stream.receive(letter({}))
    const [conversation] = conversations(stage)
    expect(conversation).toMatchObject({ last: { body: 'Hi' }, unreadCount: 1 })
    expect(inbox(stage)).toHaveLength(1)
  })

  test.each([
    ['a subject alone', `<subject>Call me</subject>`, 1],
    ['an empty body and no subject', `<body/>`, 0],
    ['blank both', `<subject> </subject><body>\n</body>`, 0],
    ['neither, as an invitation or a receipt', `<x xmlns='jabber:x:conference' jid='a@b'/>`, 0],
    ['a body of another namespace', `<body xmlns='evil'>hi</body>`, 0],
  ])('with %s', async (_what, content, kept) => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(`<message from='${JULIET}'>${content}</message>`)
    expect(inbox(stage)).toHaveLength(kept)
  })

  test.each([
    ['the same id and words', letter({ id: '1' }), 1],
    ['the same id for other words', letter({ id: '1', body: 'Another' }), 2],
    ['the same id for another subject', letter({ id: '1', subject: 'Another' }), 2],
    ['another sender', letter({ id: '1', from: 'nurse@capulet.example' }), 2],
    ['no id', letter({}), 2],
  ])('that comes again with %s', async (_what, again, rows) => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(letter({ id: '1' }))
    stream.receive(again)
    expect(inbox(stage)).toHaveLength(rows)
    expect(stage.events('single.added')).toHaveLength(rows)
  })

  test('is known again by its origin-id', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    const origin = `<origin-id xmlns='urn:xmpp:sid:0' id='o1'/>`
    stream.receive(letter({ id: 'a', extra: origin }))
    stream.receive(letter({ id: 'b', extra: origin, body: 'otherwise said' }))
    expect(inbox(stage)).toHaveLength(1)
  })

  test.each([
    ['our server', `from='montague.example'`, NOW - 3_600_000],
    ['a third party', `from='evil.example'`, NOW],
  ])('stands at the time that %s stamped, if it may', async (_who, from, sentAt) => {
    const stage = setStage()
    const stream = await startOnline(stage)
    const delay = `<delay xmlns='urn:xmpp:delay' ${from} stamp='2026-11-21T11:00:00Z'/>`
    stream.receive(letter({ extra: delay }))
    expect(inbox(stage)).toMatchObject([{ sentAt }])
  })

  test('of another device of ours to ourselves is our own, sent and read', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(letter({ from: `${ROMEO}/phone` }))
    expect(inbox(stage)).toMatchObject([{ direction: 'out', state: 'sent', unread: false }])
    expect(stage.app.state().inbox.unreadCount).toBe(0)
  })

  test('S9: markup is text', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    const attack = '<img src=x onerror=alert(1)>'
    const escaped = attack.replaceAll('<', '&lt;')
    stream.receive(letter({ subject: escaped, body: escaped }))
    expect(inbox(stage)).toMatchObject([{ subject: attack, preview: attack }])
  })
})

test.each(['normal', 'headline'])(
  '%s: a sender’s wish to be read as written is kept (XEP-0393)',
  async (type) => {
    const stage = setStage()
    const stream = await startOnline(stage)
    const send = (id: string, wish: string): void =>
      stream.receive(
        `<message from='${JULIET}' type='${type}' id='${id}'><subject>s</subject><body>*b*</body>${wish}</message>`,
      )
    send('a', `<unstyled xmlns='urn:xmpp:styling:0'/>`)
    send('b', '')
    const rows = type === 'normal' ? inbox(stage) : feed(stage)
    const open = (id: number) =>
      type === 'normal' ? stage.storage.findSingle(id) : stage.storage.findFeedItem(id)
    const wishes = rows.map(({ id }) => open(id)?.unstyled)
    expect(new Set(wishes)).toEqual(new Set([true, undefined]))
  },
)

describe('a flood of single messages', () => {
  const letters = (stage: Stage, from: string, count: number) => {
    for (let n = 1; n <= count; n += 1)
      stage.stream().receive(`<message from='${from}' id='${n}'><body>${n}</body></message>`)
  }

  test('of a stranger is stopped where too many are unread, and the user is told how many were not kept', async () => {
    const stage = setStage()
    await startOnline(stage)
    letters(stage, 'spam@evil.example/x', STRANGER_BOUNDS.each.count + 3)
    expect(stage.app.state().inbox.unreadCount).toBe(STRANGER_BOUNDS.each.count)
    expect(feed(stage)).toMatchObject([
      { kind: 'turned-away', sender: 'spam@evil.example', occurrences: 3, unread: true },
    ])
    expect(stage.stream().sent()).toEqual([])
  })

  test('of a stranger goes on once they were read', async () => {
    const stage = setStage()
    await startOnline(stage)
    letters(stage, 'news@paper.example', STRANGER_BOUNDS.each.count)
    stage.app.markAllSinglesRead()
    stage.stream().receive(`<message from='news@paper.example'><body>fresh</body></message>`)
    expect(inbox(stage)[0]).toMatchObject({ preview: 'fresh' })
    expect(feed(stage)).toEqual([])
  })

  test('of many strangers is stopped too; contacts and the own server still come through', async () => {
    const stage = setStage()
    await startOnline(stage, CONTACT)
    for (let sender = 0; sender < STRANGER_BOUNDS.all.count / 50 + 2; sender += 1)
      letters(stage, `s${sender}@evil.example`, 50)
    expect(stage.app.state().inbox.unreadCount).toBe(STRANGER_BOUNDS.all.count)
    letters(stage, JULIET, 150)
    letters(stage, 'montague.example', 150)
    expect(stage.app.state().inbox.unreadCount).toBe(STRANGER_BOUNDS.all.count + 300)
  })

  test('is measured in characters too', async () => {
    const stage = setStage()
    await startOnline(stage)
    const long = 'x'.repeat(STRANGER_BOUNDS.each.size / 4)
    for (let n = 0; n < 8; n += 1)
      stage.stream().receive(`<message from='spam@evil.example' id='${n}'><body>${long}</body></message>`)
    expect(inbox(stage)).toHaveLength(4)
  })
})

describe('a headline', () => {
  const headline = (from: string, id: string, subject = 'News') =>
    `<message from='${from}' type='headline' id='${id}'><subject>${subject}</subject><body>b</body></message>`

  test('goes to the feed, unread, as text', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stage.eventNames()
    stream.receive(headline('montague.example/announce', 'h1', '&lt;b>Down&lt;/b>'))
    expect(stage.eventNames()).toEqual(['feed.put'])
    expect(feed(stage)).toMatchObject([
      { kind: 'headline', sender: 'montague.example/announce', subject: '<b>Down</b>', unread: true },
    ])
  })

  test('twice is one; without words it is none', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(headline('montague.example', 'h1'))
    stream.receive(headline('montague.example', 'h1'))
    stream.receive(`<message from='pubsub.example' type='headline'><event xmlns='x'/></message>`)
    expect(feed(stage)).toHaveLength(1)
  })

  test('of endless length is cut', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    const long = '𝒳'.repeat(100_000)
    stream.receive(`<message from='montague.example' type='headline'><body>${long}</body></message>`)
    const [{ id } = { id: 0 }] = feed(stage)
    expect(stage.app.getFeedItem(id).body).toBe(long.slice(0, 16_384))
  })

  test('floods: each sender keeps its latest few, and strangers make room for others', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, CONTACT)
    stream.receive(headline('montague.example', 'h', 'of the server'))
    stream.receive(headline(`${JULIET}/balcony`, 'h', 'of a contact'))
    for (let n = 0; n < FEED_BOUNDS.perSender + 10; n += 1)
      stream.receive(headline('spam@evil.example', `${n}`))
    expect(feed(stage)).toHaveLength(FEED_BOUNDS.perSender + 2)
    for (let n = 0; n < FEED_BOUNDS.perAccount; n += 1) stream.receive(headline(`s${n}@evil.example`, '1'))
    expect(feed(stage)).toHaveLength(FEED_BOUNDS.perAccount)
    const subjects = feed(stage).map(({ subject }) => subject)
    expect(subjects.slice(-2)).toEqual(['of a contact', 'of the server'])
    const removed = stage.events('feed.removed').flatMap(({ itemIds }) => itemIds)
    expect(feed(stage).filter(({ id }) => removed.includes(id))).toEqual([])
  })
})

describe('an error', () => {
  const error = (from: string, id: string) => `<message from='${from}' type='error' id='${id}'>
    <error type='wait'><resource-constraint xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>
    <text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>Full &lt;b></text></error></message>`

  test('that answers nothing is kept with condition, words and the stanza itself', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(error('capulet.example', 'nothing'))
    const [item] = feed(stage)
    expect(item).toMatchObject({
      kind: 'error',
      sender: 'capulet.example',
      error: { condition: 'resource-constraint', text: 'Full <b>' },
    })
    const { source } = stage.app.getFeedItem(item?.id ?? 0)
    expect(source).toMatch(/^<message from="capulet.example" type="error" id="nothing">/)
  })

  test.each([
    ['who was written to', `${JULIET}/balcony`, 'failed', 0],
    ['the own server', 'montague.example', 'failed', 0],
    ['a stranger, who forged it', 'mallory@evil.example', 'pending', 1],
  ])('that names a single message of ours, of %s', async (_who, from, state, notices) => {
    const stage = setStage()
    const stream = await startOnline(stage, CONTACT)
    const sent = stage.app.sendSingle({ accountId: 1, to: JULIET, subject: 's', body: 'b' })
    const id = String(stream.sent()[0]?.attrs['id'])
    stream.receive(error(from, id))
    expect(stage.app.getSingle(sent.id)).toMatchObject({ state })
    expect(feed(stage)).toHaveLength(notices)
  })

  test('that is forged for a chat message of ours is a notice, and the message stays', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, CONTACT)
    const { id } = stage.app.openConversation({ accountId: 1, jid: JULIET })
    stage.app.sendMessage({ conversationId: id, body: 'hi' })
    stream.receive(error('mallory@evil.example', String(stream.sent()[0]?.attrs['id'])))
    expect(stage.app.pageMessages({ conversationId: id, limit: 5 }).messages).toMatchObject([
      { state: 'pending' },
    ])
    expect(feed(stage)).toMatchObject([{ kind: 'error', sender: 'mallory@evil.example' }])
  })
})

test('what the user reads, deletes or clears is told and stays so', async () => {
  const stage = setStage()
  const stream = await startOnline(stage)
  for (const n of [1, 2, 3]) {
    stream.receive(`<message from='montague.example' type='headline' id='${n}'><body>${n}</body></message>`)
    stream.receive(`<message from='montague.example' id='${n}'><body>${n}</body></message>`)
  }
  const [newest, , oldest] = feed(stage)
  stage.app.markFeedItemRead(newest?.id ?? 0)
  stage.app.deleteFeedItem(oldest?.id ?? 0)
  expect(feed(stage)).toMatchObject([{ unread: false }, { unread: true }])
  stage.app.clearFeed()
  expect(feed(stage)).toEqual([])

  const [first, second] = inbox(stage)
  stage.app.setSingleUnread(first?.id ?? 0, false)
  stage.app.deleteSingle(second?.id ?? 0)
  expect(stage.app.state().inbox.unreadCount).toBe(1)
  expect(stage.events('inbox.unreadChanged').map(({ unreadCount }) => unreadCount)).toEqual([1, 2, 3, 2, 1])
  stage.app.setSingleUnread(first?.id ?? 0, true)
  expect(stage.app.state().inbox.unreadCount).toBe(2)
  expect(() => stage.app.getSingle(second?.id ?? 0)).toThrow(/not-found/)
  await stage.app.removeAccount(1)
  expect(stage.app.state()).toMatchObject({ inbox: { messages: [], unreadCount: 0 }, feed: [] })
  expect(stage.events('inbox.unreadChanged').at(-1)).toEqual({ unreadCount: 0 })
})
