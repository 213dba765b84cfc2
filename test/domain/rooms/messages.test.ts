/** What is said in rooms (XEP-0045 §7.4, §7.5, §8.1): by others, by us, to all and to one alone. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Message } from '../../../src-main/model/message.ts'
import { NOW, only, ROMEO, settle, setStage, type Stage } from '../stage.ts'
import {
  enter,
  joinOf,
  occupant,
  occupantAddress,
  reflected,
  room,
  ROOM,
  said,
  subject,
} from './fake-room.ts'

beforeEach(() => vi.useFakeTimers({ now: NOW }))
afterEach(() => vi.useRealTimers())

function rows(stage: Stage, conversationId: number): readonly Message[] {
  return stage.storage.pageMessages({ conversationId, limit: 100 }).messages
}
const bodies = (stage: Stage, conversationId: number): readonly string[] =>
  rows(stage, conversationId).map(({ body }) => body)

describe('what others say', () => {
  test('stands in the conversation of the room, with who said it', async () => {
    const stage = setStage()
    const { stream, conversationId } = await enter(stage)
    stream.receive(said('juliet', 'Good morrow', { stanzaId: 's1', occupantId: 'her' }))
    expect(rows(stage, conversationId)).toMatchObject([
      {
        body: 'Good morrow',
        direction: 'in',
        sender: ROOM,
        author: { nick: 'juliet', occupantId: 'her' },
        state: 'received',
      },
    ])
    const conversation = stage.app.state().conversations[0]
    expect(conversation).toMatchObject({ kind: 'room', unreadCount: 1, last: { author: 'juliet' } })
  })

  test('once, by the id that the room gave it', async () => {
    const stage = setStage()
    const { stream, conversationId } = await enter(stage)
    stream.receive(said('juliet', 'Aye', { stanzaId: 's1' }))
    stream.receive(said('juliet', 'Aye', { stanzaId: 's1' }))
    stream.receive(said('nurse', 'Aye', { stanzaId: 's2' }))
    expect(bodies(stage, conversationId)).toEqual(['Aye', 'Aye'])
  })

  test('is nothing where we are not', async () => {
    const stage = setStage()
    const { stream, conversationId } = await enter(stage)
    await stage.app.leaveRoom({ conversationId })
    stream.receive(said('juliet', 'Hello?'))
    stream.receive(said('juliet', 'Hello?').replaceAll(ROOM, 'other@rooms.example'))
    expect(stage.events('message.added')).toEqual([])
    expect(stage.app.state().conversations).toHaveLength(1)
  })

  test('the subject is the subject, and no message', async () => {
    const stage = setStage()
    const { stream, conversationId } = await enter(stage)
    stream.receive(subject('Thorns', 'nurse'))
    expect(room(stage)).toMatchObject({ subject: 'Thorns', subjectBy: 'nurse' })
    expect(rows(stage, conversationId)).toEqual([])
  })

  test('history that comes with coming in for the first time is no news; later it is', async () => {
    const stage = setStage()
    const { stream, conversationId } = await enter(stage)
    const delay = `<delay xmlns='urn:xmpp:delay' from='${ROOM}' stamp='2026-11-20T10:00:00Z'/>`
    stream.receive(said('juliet', 'Yesterday', { more: delay }))
    expect(stage.app.state().conversations[0]?.unreadCount).toBe(0)
    expect(rows(stage, conversationId)[0]?.sentAt).toBe(Date.UTC(2026, 10, 20, 10))
  })

  test('typing is told by nick, and ends with the words', async () => {
    const stage = setStage()
    const { stream, conversationId } = await enter(stage)
    const composing = `<message from='${ROOM}/juliet' to='${ROMEO}/orchard' type='groupchat'><composing xmlns='http://jabber.org/protocol/chatstates'/></message>`
    stream.receive(composing)
    stream.receive(composing)
    stream.receive(said('juliet', 'There'))
    expect(stage.events('room.typingChanged')).toEqual([
      { conversationId, nicks: ['juliet'] },
      { conversationId, nicks: [] },
    ])
  })
})

describe('what speaks to us', () => {
  test.each([
    ['romeo: come hither', true],
    ['come hither, Romeo!', true],
    ['@romeo', true],
    ['romeos and others', false],
    ['my dear_romeo', false],
    ['nothing', false],
  ])('%s: %s', async (body, mention) => {
    const stage = setStage()
    const { stream, conversationId } = await enter(stage)
    stream.receive(said('juliet', body))
    expect(rows(stage, conversationId)[0]?.mention === true).toBe(mention)
    expect(room(stage).mentions).toBe(mention ? 1 : 0)
    expect(stage.events('room.mentioned')).toHaveLength(mention ? 1 : 0)
    stage.app.markRead(conversationId)
    expect(room(stage).mentions).toBe(0)
  })

  test('explicitly, by our occupant-id', async () => {
    const stage = setStage()
    const { stream, conversationId } = await enter(stage)
    const mention = `<mention xmlns='urn:xmpp:mentions:0' occupantid='me'/>`
    stream.receive(said('juliet', 'You there', { more: mention }))
    expect(rows(stage, conversationId)[0]?.mention).toBe(true)
  })

  test('the user is told of all, of mentions, or of nothing', async () => {
    const stage = setStage()
    const { stream, conversationId } = await enter(stage)
    await stage.app.setRoomNotify({ conversationId, notify: 'all' })
    stream.receive(said('juliet', 'One'))
    await stage.app.setRoomNotify({ conversationId, notify: 'none' })
    stream.receive(said('juliet', 'romeo: two'))
    expect(stage.events('room.mentioned').map(({ message }) => message.body)).toEqual(['One'])
  })
})

describe('what we say', () => {
  test('waits until we are in, and is sent when it comes back', async () => {
    const stage = setStage()
    const { stream, conversationId } = await enter(stage)
    stage.app.sendMessage({ conversationId, body: 'Hark' })
    const sent = only(stream.sent(), 'message')
    expect(sent.attrs).toMatchObject({ to: ROOM, type: 'groupchat' })
    expect(sent.getChild('request')).toBeUndefined()
    expect(sent.getChild('markable')).toBeUndefined()
    stream.ack()
    expect(rows(stage, conversationId)[0]?.state).toBe('pending')
    stage.app.sendMessage({ conversationId, body: 'again' })
    expect(only(stream.sent(), 'message').getChildText('body')).toBe('again')
    stream.receive(reflected(sent, { stanzaId: 's1', occupantId: 'me' }))
    expect(rows(stage, conversationId)[0]).toMatchObject({
      body: 'Hark',
      state: 'sent',
      direction: 'out',
      author: { nick: 'romeo', occupantId: 'me' },
    })
    expect(rows(stage, conversationId)).toHaveLength(2)
  })

  test('says whom it speaks to, where they stand', async () => {
    const stage = setStage()
    const { stream, conversationId } = await enter(stage)
    stream.receive(occupant('juliet', { id: 'her' }))
    stream.receive(occupant('juliet 2', { id: 'two' }))
    const mentionsOf = (body: string): readonly unknown[] => {
      stage.app.sendMessage({ conversationId, body })
      const found = only(stream.sent(), 'message').getChildren('mention', 'urn:xmpp:mentions:0')
      return found.map(({ attrs }) => [attrs['occupantid'], attrs['begin'], attrs['end']])
    }
    expect(mentionsOf('juliet: hark')).toEqual([['her', '0', '6']])
    expect(mentionsOf('🌹 @juliet 2, @juliet')).toEqual([
      ['two', '3', '11'],
      ['her', '14', '20'],
    ])
    expect(mentionsOf('juliet is fair, @julietta is not, a@juliets')).toEqual([])
  })

  test('stands where the room put it', async () => {
    const stage = setStage()
    const { stream, conversationId } = await enter(stage)
    stage.app.sendMessage({ conversationId, body: 'mine' })
    const sent = only(stream.sent(), 'message')
    await settle(5)
    stream.receive(said('juliet', 'hers', { stanzaId: 's1' }))
    stream.receive(reflected(sent, { stanzaId: 's2', occupantId: 'me' }))
    expect(bodies(stage, conversationId)).toEqual(['hers', 'mine'])
  })

  test('from another device of ours is ours', async () => {
    const stage = setStage()
    const { stream, conversationId } = await enter(stage)
    stream.receive(said('romeo', 'From the phone', { stanzaId: 's1', occupantId: 'me' }))
    expect(rows(stage, conversationId)).toMatchObject([{ direction: 'out', state: 'sent', sender: ROMEO }])
    expect(stage.app.state().conversations[0]?.unreadCount).toBe(0)
  })

  test('under our nick of before, by somebody else, is not', async () => {
    const stage = setStage()
    const { stream, conversationId } = await enter(stage)
    stream.receive(said('romeo', 'I am romeo', { stanzaId: 's1', occupantId: 'iago' }))
    expect(rows(stage, conversationId)).toMatchObject([{ direction: 'in', author: { occupantId: 'iago' } }])
  })

  test('written while we were out goes when we are in again', async () => {
    const stage = setStage()
    const { stream, conversationId } = await enter(stage)
    stream.drop()
    stage.app.sendMessage({ conversationId, body: 'Later' })
    while (stage.stream() === stream) await settle(1000)
    const fresh = stage.stream()
    await settle()
    const [roster] = fresh.sent()
    fresh.receive(
      `<iq type='result' id='${String(roster?.attrs['id'])}'><query xmlns='jabber:iq:roster'/></iq>`,
    )
    await settle()
    const begin = fresh.sent()
    joinOf(begin)
    expect(begin.filter((each) => each.is('message'))).toEqual([])
    fresh.receive(occupant('romeo', { id: 'me', codes: [110] }))
    fresh.receive(subject('Roses'))
    await settle()
    expect(
      fresh
        .sent()
        .filter((each) => each.is('message'))
        .map((each) => each.getChildText('body')),
    ).toEqual(['Later'])
  })

  test('an error of the room fails it; one of an occupant does not', async () => {
    const stage = setStage()
    const { stream, conversationId } = await enter(stage)
    stage.app.sendMessage({ conversationId, body: 'Hark' })
    const { id } = only(stream.sent(), 'message').attrs
    const error = (from: string): string =>
      `<message type='error' from='${from}' id='${String(id)}'><error type='auth'><forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>`
    stream.receive(error(`${ROOM}/iago`))
    expect(rows(stage, conversationId)[0]?.state).toBe('pending')
    stream.receive(error(ROOM))
    expect(rows(stage, conversationId)[0]).toMatchObject({
      state: 'failed',
      error: { condition: 'forbidden' },
    })
  })

  test('given back because the room does not know us: we go in again, and it goes again, once', async () => {
    const stage = setStage()
    const { stream, conversationId } = await enter(stage)
    stage.app.sendMessage({ conversationId, body: 'Hark' })
    const { id } = only(stream.sent(), 'message').attrs
    const error = `<message type='error' from='${ROOM}' id='${String(id)}'><error type='modify'><not-acceptable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>`
    stream.receive(error)
    await settle()
    joinOf(stream.sent())
    expect(room(stage).phase).toBe('joining')
    stream.receive(occupant('romeo', { id: 'me', codes: [110] }))
    stream.receive(subject('Roses'))
    await settle()
    expect(only(stream.sent(), 'message').attrs['id']).toBe(id)
    stream.receive(error)
    expect(rows(stage, conversationId)[0]?.state).toBe('failed')
  })
})

describe('to one alone', () => {
  const whisper = (nick: string, body: string): string =>
    `<message from='${ROOM}/${nick}' to='${ROMEO}/orchard' type='chat' id='${body}'><body>${body}</body><x xmlns='http://jabber.org/protocol/muc#user'/><request xmlns='urn:xmpp:receipts'/><markable xmlns='urn:xmpp:chat-markers:0'/></message>`

  test('has a conversation of its own', async () => {
    const stage = setStage()
    const { stream } = await enter(stage)
    stream.receive(whisper('juliet', 'psst'))
    const conversation = stage.storage.findConversationWith(1, occupantAddress('juliet'))
    expect(conversation).toMatchObject({ kind: 'private', counterpart: ROOM, nick: 'juliet', unreadCount: 1 })
    expect(rows(stage, conversation?.id ?? 0)).toMatchObject([
      { body: 'psst', author: { nick: 'juliet', occupantId: 'her' }, sender: ROOM },
    ])
    stage.app.markRead(conversation?.id ?? 0)
    expect(stream.sent()).toEqual([])
  })

  test('goes to the occupant, marked as what it is', async () => {
    const stage = setStage()
    const { stream, conversationId } = await enter(stage)
    const { id } = await stage.app.openPrivate({ conversationId, nick: 'juliet' })
    stage.app.sendMessage({ conversationId: id, body: 'psst' })
    const sent = only(stream.sent(), 'message')
    expect(sent.attrs).toMatchObject({ to: `${ROOM}/juliet`, type: 'chat' })
    expect(sent.getChild('x', 'http://jabber.org/protocol/muc#user')).toBeDefined()
    expect(sent.getChild('request')).toBeUndefined()
    stream.ack()
    expect(rows(stage, id)[0]?.state).toBe('sent')
  })
})

describe('who is ignored', () => {
  async function ignoring() {
    const stage = setStage()
    const { stream, conversationId } = await enter(stage)
    await stage.app.ignoreOccupant({ conversationId, nick: 'juliet', ignored: true })
    stream.receive(said('juliet', 'romeo, hey', { stanzaId: 's1', occupantId: 'her' }))
    stream.receive(occupant('capulet', { id: 'her' }))
    stream.receive(said('capulet', 'heyday', { stanzaId: 's2', occupantId: 'her' }))
    return { stage, stream, conversationId }
  }
  const listed = (stage: Stage) => stage.app.state().conversations[0]

  test('is not heard, counted, found or told of, under any nick', async () => {
    const { stage, stream, conversationId } = await ignoring()
    stream.receive(
      `<message from='${ROOM}/capulet' to='${ROMEO}/orchard' type='groupchat'>
        <composing xmlns='http://jabber.org/protocol/chatstates'/>
        <occupant-id xmlns='urn:xmpp:occupant-id:0' id='her'/></message>`,
    )
    expect(rows(stage, conversationId)).toEqual([])
    expect(stage.events('message.added')).toEqual([])
    expect(stage.events('room.typingChanged')).toEqual([])
    expect(listed(stage)).toMatchObject({ unreadCount: 0 })
    expect(listed(stage)?.last).toBeUndefined()
    expect(stage.app.state().rooms[0]).toMatchObject({ mentions: 0 })
    const found = await stage.storage.searcher.search('test', { text: 'heyday', limit: 9 })
    expect(found.hits).toEqual([])
  })

  test('is there again when heard again, as it was corrected meanwhile, and read', async () => {
    const { stage, stream, conversationId } = await ignoring()
    stream.receive(said('nurse', 'between', { stanzaId: 's3', occupantId: 'n' }))
    const replace = `<replace xmlns='urn:xmpp:message-correct:0' id='heyday'/>`
    stream.receive(said('capulet', 'holiday', { stanzaId: 's4', occupantId: 'her', more: replace }))
    expect(bodies(stage, conversationId)).toEqual(['between'])
    await stage.app.ignoreOccupant({ conversationId, nick: 'capulet', ignored: false })
    expect(bodies(stage, conversationId)).toEqual(['romeo, hey', 'holiday', 'between'])
    expect(stage.events('archive.gapsChanged')).toEqual([{ accountId: 1, conversationId }])
    expect(listed(stage)).toMatchObject({ unreadCount: 1, last: { body: 'between' } })
    const found = await stage.storage.searcher.search('test', { text: 'holiday', limit: 9 })
    expect(found.hits).toHaveLength(1)
    stream.receive(said('juliet', 'Hey!', { occupantId: 'her' }))
    expect(bodies(stage, conversationId)).toHaveLength(4)
  })

  test('reacts unseen; what they reacted with is there when they are heard again, and what was seen goes', async () => {
    const { stage, stream, conversationId } = await ignoring()
    stream.receive(said('nurse', 'madam', { stanzaId: 's5', occupantId: 'n' }))
    const react = (emoji: string): void =>
      void stream.receive(
        `<message from='${ROOM}/capulet' to='${ROMEO}/orchard' type='groupchat' id='r${emoji}'>
          <reactions xmlns='urn:xmpp:reactions:0' id='s5'><reaction>${emoji}</reaction></reactions>
          <occupant-id xmlns='urn:xmpp:occupant-id:0' id='her'/></message>`,
      )
    const reactions = () =>
      stage.storage
        .pageMessages({ conversationId, limit: 9 })
        .messages.at(-1)
        ?.reactions?.map(({ emoji }) => emoji)
    react('🌹')
    expect([reactions(), stage.events('reaction.received')]).toEqual([undefined, []])
    await stage.app.ignoreOccupant({ conversationId, nick: 'capulet', ignored: false })
    expect(reactions()).toEqual([['🌹']])
    expect(stage.events('message.changed').at(-1)?.message.reactions).toHaveLength(1)
    await stage.app.ignoreOccupant({ conversationId, nick: 'capulet', ignored: true })
    expect(reactions()).toBeUndefined()
    expect(stage.events('message.changed').at(-1)?.message.reactions).toBeUndefined()
  })

  test('begins no private conversation, and goes on in none', async () => {
    const { stage, stream } = await ignoring()
    const alone = (body: string): string =>
      `<message from='${ROOM}/capulet' to='${ROMEO}/orchard' type='chat' id='${body}'><body>${body}</body>
        <occupant-id xmlns='urn:xmpp:occupant-id:0' id='her'/></message>`
    stream.receive(alone('psst'))
    expect(stage.app.state().conversations).toHaveLength(1)
  })

  test('fills no disk: the last thousand of it is kept', async () => {
    const { stage, conversationId } = await ignoring()
    const author = { nick: 'capulet', occupantId: 'her' }
    const row = { accountId: 1, conversationId, direction: 'in', sender: ROOM, state: 'received' } as const
    stage.storage.transaction(() => {
      for (let number = 0; number < 1200; number += 1) {
        const said = { body: String(number), sentAt: NOW + number, unread: false, hidden: true } as const
        stage.storage.insertMessage({ ...row, ...said, author })
      }
    })
    stage.storage.trimHidden(conversationId)
    stage.storage.unhide(conversationId, author)
    const all = stage.storage.pageMessages({ conversationId, limit: 2000 })
    expect([all.messages.length, all.messages.at(-1)?.body]).toEqual([1000, '1199'])
  })
})
