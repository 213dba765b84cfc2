/** Who has read how far in a room (XEP-0333 §4.3), told and heard: small rooms whose members know each other, and by the room's ids. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Element } from '../../../src-main/protocol/xml.ts'
import { escape } from '../../helpers/stanza.ts'
import { NOW, ROMEO, settle, setStage, type Stage } from '../stage.ts'
import { enter, occupant, reflected, ROOM, said, WITH_IDS, type Inside } from './fake-room.ts'

beforeEach(() => vi.useFakeTimers({ now: NOW }))
afterEach(() => vi.useRealTimers())

const OPEN_MEMBERS = ['muc_membersonly', 'muc_nonanonymous']
const PRIVATE = [...WITH_IDS, ...OPEN_MEMBERS]
const MARKERS = 'urn:xmpp:chat-markers:0'
const SECOND = 1000

function marker(nick: string, id: string, occupantId = nick): string {
  return `<message from='${ROOM}/${escape(nick)}' to='${ROMEO}/orchard' type='groupchat'>
    <displayed xmlns='${MARKERS}' id='${id}'/><occupant-id xmlns='urn:xmpp:occupant-id:0' id='${occupantId}'/></message>`
}

/** With two messages of hers in it, which the room calls s1 and s2. */
async function inside(features: readonly string[] = PRIVATE): Promise<Inside & { readonly stage: Stage }> {
  const stage = setStage()
  const entered = await enter(stage, features)
  entered.stream.receive(occupant('nurse', { id: 'nurse', jid: 'nurse@capulet.example/x' }))
  for (const id of ['s1', 's2']) {
    vi.advanceTimersByTime(SECOND)
    entered.stream.receive(said('juliet', id, { stanzaId: id, occupantId: 'her' }))
  }
  await settle(200)
  return { ...entered, stage }
}

const displayed = (sent: readonly Element[]): readonly unknown[] =>
  sent.flatMap((each) => {
    const found = each.getChild('displayed', MARKERS)
    return found === undefined ? [] : [[each.attrs['to'], each.attrs['type'], found.attrs['id']]]
  })

describe('heard', () => {
  test('by who reads, and only forwards', async () => {
    const { stage, stream, conversationId } = await inside()
    const words = () => stage.storage.pageMessages({ conversationId, limit: 9 }).messages.map(({ id }) => id)
    const [first, second] = words()
    stream.receive(marker('nurse', 's1'))
    expect(await stage.app.listReaders({ conversationId })).toEqual([
      { nick: 'nurse', jid: 'nurse@capulet.example', messageId: first, at: Date.now() },
    ])
    stream.receive(marker('nurse', 's2'))
    stream.receive(marker('nurse', 's1'))
    stream.receive(marker('juliet', 's2', 'her'))
    expect(await stage.app.listReaders({ conversationId })).toMatchObject([
      { nick: 'juliet', messageId: second },
      { nick: 'nurse', messageId: second },
    ])
    expect(stage.events('room.readersChanged')).toHaveLength(3)
    expect(words()).toHaveLength(2)
  })

  test('somebody is one reader under any nick, and two under one nick are two (S5)', async () => {
    const { stage, stream, conversationId } = await inside()
    stream.receive(marker('nurse', 's1'))
    stream.receive(marker('angelica', 's1', 'nurse'))
    stream.receive(marker('nurse', 's2', 'other'))
    const readers = await stage.app.listReaders({ conversationId })
    expect(readers.map(({ messageId }) => messageId)).toHaveLength(2)
  })

  test('of a message that is not in this room nothing is believed (S6)', async () => {
    const { stage, stream, conversationId } = await inside()
    stream.receive(marker('nurse', 'elsewhere'))
    // The id that its sender gave it.
    stream.receive(said('juliet', 'x', { id: 'hers', stanzaId: 's9', occupantId: 'her' }))
    stream.receive(marker('nurse', 'hers'))
    expect(await stage.app.listReaders({ conversationId })).toEqual([])
  })

  test.each([
    ['open to strangers', [...WITH_IDS, 'muc_nonanonymous']],
    ['of hidden addresses', [...WITH_IDS, 'muc_membersonly']],
    ['without ids of its own', ['http://jabber.org/protocol/muc', 'urn:xmpp:occupant-id:0', ...OPEN_MEMBERS]],
  ])('not in a room %s', async (_, features) => {
    const { stage, stream, conversationId } = await inside(features)
    stream.receive(marker('nurse', 's1'))
    expect(await stage.app.listReaders({ conversationId })).toEqual([])
  })

  test('not in a crowd', async () => {
    const { stage, stream, conversationId } = await inside()
    for (let number = 0; number < 30; number += 1)
      stream.receive(occupant(`g${number}`, { id: `g${number}` }))
    stream.receive(marker('nurse', 's1'))
    expect(await stage.app.listReaders({ conversationId })).toEqual([])
  })
})

describe('told', () => {
  test('to the room, by its id, once, and settled when the server has it', async () => {
    const { stage, stream, conversationId } = await inside()
    stage.app.markRead(conversationId)
    expect(displayed(stream.sent())).toEqual([[ROOM, 'groupchat', 's2']])
    stage.app.markRead(conversationId)
    stream.receive(said('juliet', 'more', { stanzaId: 's3', occupantId: 'her' }))
    stage.app.markRead(conversationId)
    expect(displayed(stream.sent())).toEqual([[ROOM, 'groupchat', 's3']])
  })

  test.each([
    ['in an open room', WITH_IDS, true],
    ['where the user does not want it', PRIVATE, false],
  ])('not %s', async (_, features, tellDisplayed) => {
    const { stage, stream, conversationId } = await inside(features)
    stage.app.setSettings({ tellDisplayed })
    stage.app.markRead(conversationId)
    expect(displayed(stream.sent())).toEqual([])
    expect(stage.storage.listRoomMarkersDue(1)).toEqual([])
  })

  test('not of what another device of ours has told already', async () => {
    const { stage, stream, conversationId } = await inside()
    stage.storage.oweRoomMarker(conversationId)
    stream.receive(marker('romeo', 's2', 'me'))
    expect(stage.storage.listRoomMarkersDue(1)).toEqual([])
    expect(await stage.app.listReaders({ conversationId })).toEqual([])
  })

  test('own words are read by nobody for that they were said', async () => {
    const { stage, stream, conversationId } = await inside()
    stage.app.sendMessage({ conversationId, body: 'Ay me' })
    const [sent] = stream.sent().filter((each) => each.getChildText('body') === 'Ay me')
    if (sent === undefined) throw new Error('not sent')
    stream.receive(reflected(sent, { stanzaId: 's3', occupantId: 'me' }))
    expect(await stage.app.listReaders({ conversationId })).toEqual([])
  })
})
