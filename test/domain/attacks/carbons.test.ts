/**
 * S1: whoever is not our own server can't make us believe, by carbons, what others said to us or what we said; and the
 * reverse: carbons of our own server pass, whoever's words they carry. S20: a room's occupant is no chat with the room.
 */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { escape } from '../../helpers/stanza.ts'
import { JULIET, NOW, ROMEO, setStage, settle, startOnline, type Stage } from '../stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const CARBONS = 'urn:xmpp:carbons:2'
const PHONE = `${ROMEO}/phone`

const received = (from: string, body: string, more = ''): string =>
  `<message xmlns='jabber:client' from='${from}' to='${PHONE}' type='chat' id='${body}'><body>${body}</body>${more}</message>`
const sent = (to: string, body: string, more = ''): string =>
  `<message xmlns='jabber:client' from='${PHONE}' to='${to}' type='chat' id='${body}'><body>${body}</body>${more}</message>`

const wrap = (kind: 'sent' | 'received', content: string): string =>
  `<${kind} xmlns='${CARBONS}'><forwarded xmlns='urn:xmpp:forward:0'>${content}</forwarded></${kind}>`
/** `outer` are the attributes of the message around it. */
const carbon = (outer: string, kind: 'sent' | 'received', content: string): string =>
  `<message ${outer}>${wrap(kind, content)}</message>`

const everything = (stage: Stage): unknown => {
  const { conversations, inbox, feed } = stage.app.state()
  return { conversations, unread: inbox.unreadCount, feed }
}
const NOTHING = { conversations: [], unread: 0, feed: [] }

const FORGERS: readonly (readonly [string, string])[] = [
  ['(a) another user', 'mallory@evil.example'],
  ['(a) another user of our server', 'mallory@montague.example/x'],
  ['(a) the contact whose words they would be', `${JULIET}/balcony`],
  ['(b) the full JID of another resource of ours', `${ROMEO}/garden`],
  ['(b) our own full JID', `${ROMEO}/Linnet.test`],
  ['(c) our server', 'montague.example'],
  ['(d) an occupant of a room', 'room@conference.montague.example/romeo'],
  ['an address that almost is ours', 'romeo@montague.example.evil.example'],
  ['an address that looks like ours', 'rоmeo@montague.example'],
  ['no address at all', 'romeo@montague.example@'],
  ['an empty address', ''],
]

describe.each(FORGERS)('S1: a carbon from %s', (_who, from) => {
  test.each(['chat', 'normal', 'groupchat', 'headline', 'error'])('as %s is ignored', async (type) => {
    const stage = setStage()
    const stream = await startOnline(stage)
    const outer = `from='${escape(from)}' type='${type}'`
    stream.receive(carbon(outer, 'received', received(JULIET, 'forged')))
    stream.receive(carbon(outer, 'sent', sent(JULIET, 'forged too')))
    stream.receive(
      `<message ${outer}><body>and beside it</body>${wrap('sent', sent(JULIET, 'forged'))}</message>`,
    )
    await settle(1000)
    expect(everything(stage)).toEqual(NOTHING)
    expect(stage.logs.map(({ message }) => message)).toContain('a stanza was rejected')
  })
})

describe.each([
  ['(e) without an address', `to='${ROMEO}/Linnet.test'`],
  ['(f) from our own bare JID', `from='${ROMEO}' to='${ROMEO}/Linnet.test'`],
  ['(f) from our own bare JID, spelled otherwise', `from='Romeo@MONTAGUE.example'`],
])('S1: a carbon %s', (_who, outer) => {
  test('of what a contact said is from the contact', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(carbon(`${outer} type='chat'`, 'received', received(`${JULIET}/balcony`, 'for you')))
    const [conversation] = stage.app.state().conversations
    expect(conversation).toMatchObject({ counterpart: JULIET, unreadCount: 1, last: { direction: 'in' } })
  })

  test('of what we said elsewhere is ours, sent and read', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(carbon(`${outer} type='chat'`, 'sent', sent(`${JULIET}/balcony`, 'from the phone')))
    const [conversation] = stage.app.state().conversations
    expect(conversation).toMatchObject({
      counterpart: JULIET,
      unreadCount: 0,
      last: { body: 'from the phone', direction: 'out', state: 'sent' },
    })
  })
})

describe('S1: a carbon of our own server', () => {
  const outer = `from='${ROMEO}' type='chat'`

  test('of a third party, a stranger on another server, passes', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(carbon(outer, 'received', received('paris@verona.example/x', 'good day')))
    expect(stage.app.state().conversations).toMatchObject([{ counterpart: 'paris@verona.example' }])
  })

  test('inside a carbon is not unwrapped', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    const nested = wrap('received', received(JULIET, 'forged'))
    const bait = `<message xmlns='jabber:client' from='mallory@evil.example' to='${PHONE}' type='chat'>${nested}</message>`
    stream.receive(carbon(outer, 'received', bait))
    expect(everything(stage)).toEqual(NOTHING)
    stream.receive(carbon(outer, 'received', received('mallory@evil.example', 'look', nested)))
    expect(stage.app.state().conversations).toMatchObject([
      { counterpart: 'mallory@evil.example', last: { body: 'look' } },
    ])
  })

  test('of words that are not of our account is ignored', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    const toPhone = `to='${PHONE}'`
    stream.receive(carbon(outer, 'sent', sent(JULIET, 'x').replace(PHONE, 'mallory@evil.example')))
    stream.receive(carbon(outer, 'received', received(JULIET, 'x').replace(toPhone, `to='${JULIET}'`)))
    stream.receive(carbon(outer, 'sent', sent(JULIET, 'x').replace(`to='${JULIET}'`, '')))
    expect(everything(stage)).toEqual(NOTHING)
  })

  test('that its sender wished private is ignored', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(carbon(outer, 'received', received(JULIET, 'x', `<private xmlns='${CARBONS}'/>`)))
    stream.receive(carbon(outer, 'sent', sent(JULIET, 'x', `<no-copy xmlns='urn:xmpp:hints'/>`)))
    expect(everything(stage)).toEqual(NOTHING)
  })
})

describe('S20: a private message of a room', () => {
  const mark = `<x xmlns='http://jabber.org/protocol/muc#user'/>`
  const room = 'room@conference.montague.example/nurse'

  test('opens no chat with the room, live, received or sent elsewhere', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(received(room, 'psst', mark))
    stream.receive(carbon(`from='${ROMEO}' type='chat'`, 'received', received(room, 'psst', mark)))
    stream.receive(carbon(`from='${ROMEO}' type='chat'`, 'sent', sent(room, 'psst', mark)))
    expect(everything(stage)).toEqual(NOTHING)
  })
})
