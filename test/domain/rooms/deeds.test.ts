/** What occupants do to messages: by the ids that the room gave, or their authors did, as each specification wants. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Message } from '../../../src-main/model/message.ts'
import { NOW, only, ROMEO, settle, setStage, type Stage } from '../stage.ts'
import { enter, occupant, PLAIN, reflected, ROOM, said, type Inside } from './fake-room.ts'

beforeEach(() => vi.useFakeTimers({ now: NOW }))
afterEach(() => vi.useRealTimers())

function rows(stage: Stage): readonly Message[] {
  const { id = 0 } = stage.storage.findConversationWith(1, ROOM) ?? {}
  return stage.storage.pageMessages({ conversationId: id, limit: 100 }).messages
}
const one = (stage: Stage): Message | undefined => rows(stage)[0]
const correct = (id: string): string => `<replace xmlns='urn:xmpp:message-correct:0' id='${id}'/>`
const retract = (id: string): string => `<retract xmlns='urn:xmpp:message-retract:1' id='${id}'/>`
const react = (id: string, emoji = '🌹'): string =>
  `<reactions xmlns='urn:xmpp:reactions:0' id='${id}'><reaction>${emoji}</reaction></reactions>`
const answer = (id: string): string => `<reply xmlns='urn:xmpp:reply:0' id='${id}' to='${ROOM}/juliet'/>`

describe('of others', () => {
  test('a correction, also under another nick', async () => {
    const stage = setStage()
    const { stream } = await enter(stage)
    stream.receive(said('juliet', 'tonigt', { id: 'm1', stanzaId: 's1', occupantId: 'her' }))
    stream.receive(said('capulet', 'tonight', { occupantId: 'her', more: correct('m1') }))
    expect(rows(stage)).toMatchObject([{ body: 'tonight', author: { nick: 'juliet' } }])
    expect(one(stage)?.correctedAt).toBeDefined()
  })

  test('without occupant-ids, by who has held the nick since', async () => {
    const stage = setStage()
    const { stream } = await enter(stage, PLAIN)
    await settle(1000)
    stream.receive(said('juliet', 'tonigt', { id: 'm1' }))
    stream.receive(said('juliet', 'tonight', { id: 'm2', more: correct('m1') }))
    expect(rows(stage)).toMatchObject([{ body: 'tonight' }])
  })

  test('a retraction, by the id of the room', async () => {
    const stage = setStage()
    const { stream } = await enter(stage)
    stream.receive(said('juliet', 'oh', { id: 'm1', stanzaId: 's1', occupantId: 'her' }))
    stream.receive(said('juliet', 'x', { id: 'm2', occupantId: 'her', more: retract('s1') }))
    expect(rows(stage)).toMatchObject([{ body: '' }])
    expect(one(stage)?.retractedAt).toBe(Date.now())
  })

  test('reactions are told apart by occupant, not by nick', async () => {
    const stage = setStage()
    const { stream } = await enter(stage)
    stream.receive(said('juliet', 'oh', { stanzaId: 's1', occupantId: 'her' }))
    stream.receive(said('nurse', '', { id: 'r1', occupantId: 'n', more: react('s1') }))
    stream.receive(said('angelica', '', { id: 'r2', occupantId: 'n', more: react('s1', '👍') }))
    stream.receive(said('nurse', '', { id: 'r3', occupantId: 'other', more: react('s1', '👎') }))
    expect(one(stage)?.reactions).toMatchObject([
      { author: { nick: 'angelica', occupantId: 'n' }, emoji: ['👍'] },
      { author: { nick: 'nurse', occupantId: 'other' }, emoji: ['👎'] },
    ])
    expect(one(stage)?.reactions?.map(({ sender }) => sender)).toEqual([ROOM, ROOM])
  })

  test('an answer knows its message, whichever comes first', async () => {
    const stage = setStage()
    const { stream } = await enter(stage)
    stream.receive(said('nurse', 'aye', { stanzaId: 's2', more: answer('s1') }))
    stream.receive(said('juliet', 'oh', { stanzaId: 's1' }))
    stream.receive(said('nurse', 'nay', { stanzaId: 's3', more: answer('s1') }))
    expect(rows(stage).map(({ reply }) => reply?.original?.body)).toEqual(['oh', undefined, 'oh'])
    expect(one(stage)?.reply?.original?.author).toEqual({ nick: 'juliet' })
  })

  test('a moderator takes a message back, and says why', async () => {
    const stage = setStage()
    const { stream } = await enter(stage)
    stream.receive(said('iago', 'lies', { stanzaId: 's1', occupantId: 'evil' }))
    stream.receive(`<message from='${ROOM}' to='${ROMEO}/orchard' type='groupchat' id='x'>
      <retract xmlns='urn:xmpp:message-retract:1' id='s1'><moderated xmlns='urn:xmpp:message-moderate:1' by='${ROOM}/juliet'/>
      <reason>Spam</reason></retract></message>`)
    expect(one(stage)).toMatchObject({ body: '', moderated: { by: 'juliet', reason: 'Spam' } })
  })
})

describe('of ours', () => {
  async function spoken(): Promise<Inside & { stage: Stage; message: Message }> {
    const stage = setStage()
    const inside = await enter(stage)
    const { stream, conversationId } = inside
    stage.app.sendMessage({ conversationId, body: 'mine' })
    stream.receive(reflected(only(stream.sent(), 'message'), { stanzaId: 's1', occupantId: 'me' }))
    const [message] = rows(stage)
    if (message === undefined) throw new Error('nothing was said')
    return { ...inside, stage, message }
  }

  test('a correction names the id that we gave', async () => {
    const { stage, stream, message } = await spoken()
    stage.app.correctMessage({ messageId: message.id, body: 'better' })
    const sent = only(stream.sent(), 'message')
    expect(sent.attrs).toMatchObject({ to: ROOM, type: 'groupchat' })
    expect(sent.getChild('replace')?.attrs['id']).toMatch(/^id-/)
    stream.receive(reflected(sent, { stanzaId: 's2', occupantId: 'me' }))
    expect(rows(stage)).toMatchObject([{ body: 'better' }])
  })

  test('a retraction and a reaction the one that the room gave', async () => {
    const { stage, stream, message } = await spoken()
    stage.app.reactToMessage({ messageId: message.id, emoji: '🌹', chosen: true })
    const reaction = only(stream.sent(), 'message')
    expect(reaction.getChild('reactions')?.attrs['id']).toBe('s1')
    stream.receive(reflected(reaction, { stanzaId: 's2', occupantId: 'me' }))
    expect(one(stage)?.reactions).toEqual([{ sender: ROMEO, emoji: ['🌹'] }])
    stage.app.retractMessage(message.id)
    const retraction = only(stream.sent(), 'message')
    expect(retraction.getChild('retract')?.attrs['id']).toBe('s1')
    stream.receive(reflected(retraction, { stanzaId: 's3', occupantId: 'me' }))
    expect(rows(stage)).toMatchObject([{ body: '' }])
  })

  test('an answer too, and says whom it answers', async () => {
    const stage = setStage()
    const { stream, conversationId } = await enter(stage)
    stream.receive(said('juliet', 'oh', { stanzaId: 's1', occupantId: 'her' }))
    stage.app.sendMessage({ conversationId, body: 'aye', replyTo: one(stage)?.id ?? 0 })
    const sent = only(stream.sent(), 'message')
    expect(sent.getChild('reply')?.attrs).toMatchObject({ id: 's1', to: `${ROOM}/juliet` })
    expect(rows(stage)[1]?.reply?.original?.body).toBe('oh')
  })
})

test('who left and came back under a nick is not who had it', async () => {
  const stage = setStage()
  const { stream } = await enter(stage, PLAIN)
  await settle(1000)
  stream.receive(said('juliet', 'truth', { id: 'm1' }))
  await settle(1000)
  stream.receive(occupant('juliet', { type: 'unavailable', role: 'none' }))
  stream.receive(occupant('juliet'))
  stream.receive(said('juliet', 'lies', { id: 'm2', more: correct('m1') }))
  expect(rows(stage)[0]?.body).toBe('truth')
})
