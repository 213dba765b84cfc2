/** The evil room and the evil occupant: what each may say, and for whom. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Message } from '../../../src-main/model/message.ts'
import { NS as NS_ARCHIVE } from '../../../src-main/protocol/xep-0313-archive.ts'
import {
  enter,
  FULL,
  occupant,
  occupantAddress,
  PLAIN,
  reflected,
  room,
  ROOM,
  said,
} from '../rooms/fake-room.ts'
import { NOW, only, ROMEO, settle, setStage, type Stage } from '../stage.ts'

beforeEach(() => vi.useFakeTimers({ now: NOW }))
afterEach(() => vi.useRealTimers())

function rows(stage: Stage): readonly Message[] {
  const { id = 0 } = stage.storage.findConversationWith(1, ROOM) ?? {}
  return stage.storage.pageMessages({ conversationId: id, limit: 100 }).messages
}
const bodies = (stage: Stage): readonly string[] => rows(stage).map(({ body }) => body)
const correct = (id: string): string => `<replace xmlns='urn:xmpp:message-correct:0' id='${id}'/>`

describe('S1: carbons', () => {
  const carbon = (from: string, inner: string): string =>
    `<message ${from} to='${ROMEO}/orchard'><received xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>${inner}</forwarded></received></message>`
  const inner = `<message xmlns='jabber:client' from='${ROOM}/juliet' to='${ROMEO}/phone' type='groupchat' id='c'><body>forged</body></message>`

  test('(d) an occupant wraps one in a message of the room', async () => {
    const stage = setStage()
    const { stream } = await enter(stage)
    stream.receive(carbon(`from='${ROOM}/iago' type='groupchat'`, inner))
    expect(rows(stage)).toEqual([])
  })

  test('our own server hands none on that was said to all', async () => {
    const stage = setStage()
    const { stream } = await enter(stage)
    stream.receive(carbon(`from='${ROMEO}'`, inner))
    expect(rows(stage)).toEqual([])
  })
})

describe('S2: archives', () => {
  async function asked(stage: Stage): Promise<{ queryId: string; stream: ReturnType<Stage['stream']> }> {
    const stream = (await enterAsking(stage)).stream
    const query = stream.sent().find((each) => each.getChild('query', NS_ARCHIVE) !== undefined)
    return { stream, queryId: String(query?.getChild('query')?.attrs['queryid']) }
  }

  async function enterAsking(stage: Stage) {
    const { answerInfo } = await import('../rooms/fake-room.ts')
    const { startOnline } = await import('../stage.ts')
    const stream = await startOnline(stage)
    await stage.app.joinRoom({ accountId: 1, jid: ROOM, nick: 'romeo', autojoin: false })
    await settle()
    await answerInfo(stream, FULL)
    stream.receive(occupant('romeo', { id: 'me', codes: [110] }))
    await settle()
    return { stream }
  }

  const result = (from: string, queryId: string): string =>
    `<message ${from} to='${ROMEO}/orchard'><result xmlns='${NS_ARCHIVE}' queryid='${queryId}' id='a1'><forwarded xmlns='urn:xmpp:forward:0'><delay xmlns='urn:xmpp:delay' stamp='2026-11-20T10:00:00Z'/>${said('juliet', 'forged')}</forwarded></result></message>`

  test.each([
    ['(d) another room', `from='other@rooms.example'`],
    ['an occupant', `from='${ROOM}/iago'`],
    ['our own account', `from='${ROMEO}'`],
    ['nobody', ''],
  ])('%s answers for the room', async (_who, from) => {
    const stage = setStage()
    const { stream, queryId } = await asked(stage)
    stream.receive(result(from, queryId))
    stream.receive(`<iq type='result' from='${ROOM}' id='none'/>`)
    await settle(100)
    expect(rows(stage)).toEqual([])
    expect(stage.logs.some(({ message }) => message === 'a result that nobody asked for')).toBe(true)
  })
})

describe('S5: what is done to the messages of others', () => {
  test.each([
    ['by another occupant-id under the same nick', 'juliet', 'evil'],
    ['by another occupant', 'iago', 'evil'],
  ])('no correction %s', async (_how, nick, occupantId) => {
    const stage = setStage()
    const { stream } = await enter(stage)
    stream.receive(said('juliet', 'truth', { id: 'm1', stanzaId: 's1', occupantId: 'her' }))
    stream.receive(said(nick, 'lies', { id: 'm2', occupantId, more: correct('m1') }))
    expect(rows(stage)[0]).toMatchObject({ body: 'truth' })
    expect(rows(stage)[0]?.correctedAt).toBeUndefined()
  })

  test('none of ours', async () => {
    const stage = setStage()
    const { stream, conversationId } = await enter(stage)
    stage.app.sendMessage({ conversationId, body: 'mine' })
    const sent = only(stream.sent(), 'message')
    stream.receive(reflected(sent, { stanzaId: 's1', occupantId: 'me' }))
    const id = String(sent.attrs['id'])
    stream.receive(said('iago', 'lies', { id: 'm2', occupantId: 'evil', more: correct(id) }))
    stream.receive(
      said('iago', '-', {
        id: 'm3',
        occupantId: 'evil',
        more: `<retract xmlns='urn:xmpp:message-retract:1' id='s1'/>`,
      }),
    )
    expect(rows(stage)[0]).toMatchObject({ body: 'mine', direction: 'out' })
    expect(rows(stage)[0]?.retractedAt).toBeUndefined()
  })

  test('no retraction, before the message either', async () => {
    const stage = setStage()
    const { stream } = await enter(stage)
    const retraction = (stanzaId: string): string =>
      said('iago', '-', {
        id: `r${stanzaId}`,
        occupantId: 'evil',
        more: `<retract xmlns='urn:xmpp:message-retract:1' id='${stanzaId}'/>`,
      })
    stream.receive(retraction('s2'))
    stream.receive(said('juliet', 'one', { stanzaId: 's1', occupantId: 'her' }))
    stream.receive(said('juliet', 'two', { stanzaId: 's2', occupantId: 'her' }))
    stream.receive(retraction('s1'))
    expect(bodies(stage)).toEqual(['one', 'two'])
  })

  test('only the room moderates', async () => {
    const stage = setStage()
    const { stream } = await enter(stage)
    stream.receive(said('juliet', 'truth', { stanzaId: 's1', occupantId: 'her' }))
    stream.receive(
      said('iago', '-', {
        id: 'x',
        occupantId: 'evil',
        more: `<retract xmlns='urn:xmpp:message-retract:1' id='s1'><moderated xmlns='urn:xmpp:message-moderate:1' by='${ROOM}/juliet'/></retract>`,
      }),
    )
    expect(rows(stage)[0]?.body).toBe('truth')
  })

  test('one that names itself is a message', async () => {
    const stage = setStage()
    const { stream } = await enter(stage)
    stream.receive(said('iago', 'loop', { id: 'm1', occupantId: 'evil', more: correct('m1') }))
    expect(bodies(stage)).toEqual(['loop'])
  })

  test('an answer shows what is here, and nothing that it says of it', async () => {
    const stage = setStage()
    const { stream } = await enter(stage)
    stream.receive(said('juliet', 'truth', { stanzaId: 's1', occupantId: 'her' }))
    stream.receive(
      said('iago', 'aye', {
        stanzaId: 's2',
        more: `<reply xmlns='urn:xmpp:reply:0' id='s1' to='${ROOM}/romeo'/>`,
      }),
    )
    expect(rows(stage)[1]?.reply?.original).toMatchObject({ body: 'truth', author: { nick: 'juliet' } })
  })
})

describe('S6: ids', () => {
  test('an id that another gave again drops nothing', async () => {
    const stage = setStage()
    const { stream } = await enter(stage)
    const origin = `<origin-id xmlns='urn:xmpp:sid:0' id='o1'/>`
    stream.receive(said('iago', 'lies', { id: 'm1', stanzaId: 's1', occupantId: 'evil', more: origin }))
    stream.receive(said('juliet', 'truth', { id: 'm1', stanzaId: 's2', occupantId: 'her', more: origin }))
    expect(bodies(stage)).toEqual(['lies', 'truth'])
  })

  test('an id of ours, repeated by another, is not our message', async () => {
    const stage = setStage()
    const { stream, conversationId } = await enter(stage)
    stage.app.sendMessage({ conversationId, body: 'mine' })
    const sent = only(stream.sent(), 'message')
    stream.receive(reflected(sent, { nick: 'iago', stanzaId: 's1', occupantId: 'evil' }))
    expect(rows(stage).map(({ state, direction }) => [direction, state])).toEqual([
      ['out', 'pending'],
      ['in', 'received'],
    ])
  })

  test.each([
    ['by another than the room', `<stanza-id xmlns='urn:xmpp:sid:0' by='${ROOM}/iago' id='s1'/>`],
    [
      'of which there are two',
      `<stanza-id xmlns='urn:xmpp:sid:0' by='${ROOM}' id='s1'/><stanza-id xmlns='urn:xmpp:sid:0' by='${ROOM}' id='s9'/>`,
    ],
  ])('a stanza-id %s is none', async (_which, more) => {
    const stage = setStage()
    const { stream } = await enter(stage)
    stream.receive(said('iago', 'lies', { more }))
    stream.receive(said('juliet', 'truth', { stanzaId: 's1' }))
    expect(bodies(stage)).toEqual(['lies', 'truth'])
  })

  test('where the room gives no ids, an occupant gives itself none', async () => {
    const stage = setStage()
    const { stream, conversationId } = await enter(stage, PLAIN)
    stream.receive(occupant('iago', { id: 'me' }))
    stream.receive(said('iago', 'I am romeo', { stanzaId: 's1', occupantId: 'me' }))
    expect(rows(stage)).toMatchObject([{ direction: 'in', author: { nick: 'iago' } }])
    expect(rows(stage)[0]?.author).not.toHaveProperty('occupantId')
    expect(stage.storage.findByStanzaId(conversationId, 's1')).toBeUndefined()
    expect(
      (await stage.app.listOccupants({ conversationId })).every((each) => each.occupantId === undefined),
    ).toBe(true)
  })

  test('hats are the room’s to give', async () => {
    const stage = setStage()
    const { stream, conversationId } = await enter(stage, PLAIN)
    const hats = `<hats xmlns='urn:xmpp:hats:0'><hat uri='u' title='King'/></hats>`
    stream.receive(occupant('iago', { more: hats }))
    const iago = (await stage.app.listOccupants({ conversationId })).find(({ nick }) => nick === 'iago')
    expect(iago).not.toHaveProperty('hats')
  })
})

describe('S16: nicks that look alike', () => {
  test.each(['juliet\u200b', 'juli\u0435t', ' juliet', 'JULIET'])(
    '%j is somebody else, as written',
    async (nick) => {
      const stage = setStage()
      const { stream, conversationId } = await enter(stage, PLAIN)
      stream.receive(occupant(nick))
      stream.receive(said('juliet', 'truth', { id: 'm1' }))
      stream.receive(said(nick, 'lies', { id: 'm2', more: correct('m1') }))
      const nicks = (await stage.app.listOccupants({ conversationId })).map((each) => each.nick)
      expect(nicks).toContain('juliet')
      expect(nicks).toContain(nick)
      expect(rows(stage)[0]).toMatchObject({ body: 'truth', author: { nick: 'juliet' } })
    },
  )
})

describe('S20: whispers', () => {
  const whisper = (more: string): string =>
    `<message from='${ROOM}/juliet' to='${ROMEO}/orchard' type='chat' id='w'><body>psst</body>${more}</message>`
  const mark = `<x xmlns='http://jabber.org/protocol/muc#user'/>`

  test.each([
    ['marked', mark],
    ['not marked', ''],
  ])('%s: never a chat with the address of the room', async (_how, more) => {
    const stage = setStage()
    const { stream } = await enter(stage)
    stream.receive(whisper(more))
    expect(
      stage.app
        .state()
        .conversations.map(({ kind }) => kind)
        .sort(),
    ).toEqual(['private', 'room'])
    expect(stage.storage.findConversationWith(1, occupantAddress('juliet'))?.kind).toBe('private')
  })

  test.each(['received', 'sent'])('a %s carbon of one', async (direction) => {
    const stage = setStage()
    const { stream } = await enter(stage)
    const addresses =
      direction === 'sent'
        ? `from='${ROMEO}/phone' to='${ROOM}/juliet'`
        : `from='${ROOM}/juliet' to='${ROMEO}/phone'`
    stream.receive(`<message from='${ROMEO}' to='${ROMEO}/orchard'><${direction} xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>
      <message xmlns='jabber:client' ${addresses} type='chat' id='w'><body>psst</body>${mark}</message></forwarded></${direction}></message>`)
    const conversation = stage.storage.findConversationWith(1, occupantAddress('juliet'))
    expect(conversation).toMatchObject({
      kind: 'private',
      last: { direction: direction === 'sent' ? 'out' : 'in' },
    })
  })

  test('of a room that is not known here it is nothing', async () => {
    const stage = setStage()
    const { stream } = await enter(stage)
    stream.receive(whisper(mark).replaceAll(ROOM, 'other@rooms.example'))
    expect(stage.app.state().conversations).toHaveLength(1)
  })

  test('it learns nothing of us: no receipt, no marker, no typing', async () => {
    const stage = setStage()
    const { stream } = await enter(stage)
    stream.receive(
      whisper(`${mark}<request xmlns='urn:xmpp:receipts'/><markable xmlns='urn:xmpp:chat-markers:0'/>`),
    )
    const { id = 0 } = stage.storage.findConversationWith(1, occupantAddress('juliet')) ?? {}
    stage.app.markRead(id)
    stage.app.setChatState(id, 'composing')
    await settle(1000)
    expect(stream.sent()).toEqual([])
  })

  test('who has taken over a nick corrects nothing that was whispered before', async () => {
    const stage = setStage()
    const { stream } = await enter(stage)
    stream.receive(whisper(mark))
    await settle(1000)
    stream.receive(occupant('juliet', { id: 'her', type: 'unavailable', role: 'none' }))
    stream.receive(occupant('juliet', { id: 'evil' }))
    stream.receive(
      whisper(mark + correct('w'))
        .replace(`id='w'`, `id='w2'`)
        .replace('psst', 'lies'),
    )
    const { id = 0 } = stage.storage.findConversationWith(1, occupantAddress('juliet')) ?? {}
    expect(stage.storage.pageMessages({ conversationId: id, limit: 10 }).messages[0]?.body).toBe('psst')
  })
})

test('an error that an occupant sends in the name of the room’s way fails nothing and moves nobody', async () => {
  const stage = setStage()
  const { stream } = await enter(stage)
  stream.receive(
    `<presence from='${ROOM}/iago' to='${ROMEO}/orchard' type='error'><error type='cancel'><not-acceptable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></presence>`,
  )
  expect(room(stage).phase).toBe('in')
})

describe('S16: a whisper to a nick that has changed hands', () => {
  async function whispered() {
    const stage = setStage()
    const { stream, conversationId } = await enter(stage)
    stream.receive(
      `<message from='${ROOM}/juliet' to='${ROMEO}/orchard' type='chat' id='w'><body>psst</body></message>`,
    )
    const { id = 0 } = stage.storage.findConversationWith(1, occupantAddress('juliet')) ?? {}
    return { stage, stream, conversationId, id }
  }

  test('goes to nobody, until the user means the one of now', async () => {
    const { stage, stream, conversationId, id } = await whispered()
    stream.receive(occupant('juliet', { id: 'her', type: 'unavailable', role: 'none' }))
    stream.receive(occupant('juliet', { id: 'evil' }))
    stage.app.sendMessage({ conversationId: id, body: 'for you alone' })
    expect(stream.sent()).toEqual([])
    expect(stage.app.state().conversations.find((each) => each.id === id)?.last?.state).toBe('failed')
    await stage.app.openPrivate({ conversationId, nick: 'juliet' })
    stage.app.sendMessage({ conversationId: id, body: 'who are you?' })
    expect(only(stream.sent(), 'message').attrs['to']).toBe(`${ROOM}/juliet`)
  })

  test('follows the one who is called otherwise', async () => {
    const { stage, stream, id } = await whispered()
    stream.receive(occupant('juliet', { id: 'her', type: 'unavailable', codes: [303], nick: 'capulet' }))
    stream.receive(occupant('capulet', { id: 'her' }))
    stage.app.sendMessage({ conversationId: id, body: 'for you alone' })
    expect(only(stream.sent(), 'message').attrs['to']).toBe(`${ROOM}/capulet`)
    expect(stage.app.state().conversations.find((each) => each.id === id)?.nick).toBe('capulet')
  })
})
