/** The same words to several, and what is pinned. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { JULIET, jid, NOW, ROMEO, setStage, startOnline } from '../stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const NURSE = jid('nurse@capulet.example')
const contact = (who: typeof JULIET, accountId = 1) => ({ accountId, jid: who })

describe('to many', () => {
  test('each gets all of it in order, once, and nothing is read or taken from a draft', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(`<message from='${JULIET}/x' type='chat' id='m1'><body>unread</body></message>`)
    stage.app.setDraft(1, 'fo')
    stage.app.sendToMany({ to: [contact(JULIET), contact(NURSE), contact(JULIET)], bodies: ['foo', 'bar'] })
    const sent = stream.sent().map((element) => [element.attrs['to'], element.getChildText('body')])
    expect(sent.filter(([to]) => String(to).startsWith(JULIET)).map(([, body]) => body)).toEqual([
      'foo',
      'bar',
    ])
    expect(sent.filter(([to]) => to === NURSE).map(([, body]) => body)).toEqual(['foo', 'bar'])
    expect(stage.storage.findConversationWith(1, JULIET)).toMatchObject({ unreadCount: 1, draft: 'fo' })
  })

  test('goes by the account that each was chosen from', async () => {
    const other = jid('mercutio@verona.example')
    const stage = setStage({ accounts: [ROMEO, other] })
    await startOnline(stage)
    for (const stream of stage.connect.streams) stream.sent()
    stage.app.sendToMany({ to: [contact(JULIET, 1), contact(JULIET, 2)], bodies: ['hi'], spoiler: '' })
    for (const stream of stage.connect.streams) {
      const [message] = stream.sent()
      expect(message?.getChild('spoiler')).toBeDefined()
    }
  })

  test('is stored for all or for nobody', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    const bodies = ['fits', '&'.repeat(60_000)]
    expect(() => stage.app.sendToMany({ to: [contact(JULIET)], bodies })).toThrow('message-too-long')
    expect(stage.app.pageMessages({ conversationId: 1, limit: 9 }).messages).toEqual([])
    expect(stage.events('message.added')).toEqual([])
    expect(stream.sent()).toEqual([])
  })

  test('of an account that is gone is refused', () => {
    const stage = setStage()
    expect(() => stage.app.sendToMany({ to: [contact(JULIET, 7)], bodies: ['x'] })).toThrow('not-found')
  })
})

describe('pinned', () => {
  test('the last one first; unpinned, and gone with the message', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    for (const id of ['a', 'b', 'c']) {
      stream.receive(`<message from='${JULIET}/x' type='chat' id='${id}'><body>${id}</body></message>`)
    }
    for (const id of [2, 1, 3]) {
      stage.app.setPinned(id, true)
      await vi.advanceTimersByTimeAsync(5)
    }
    const pinned = () => stage.app.listPinned(1).map(({ body }) => body)
    expect(pinned()).toEqual(['c', 'a', 'b'])
    expect(stage.events('message.changed').at(-1)?.message).toMatchObject({ id: 3, pinnedAt: NOW + 10 })
    stage.app.setPinned(1, false)
    stage.storage.deleteMessage(3)
    expect(pinned()).toEqual(['b'])
    expect(stream.sent()).toEqual([])
  })

  test('twice is once, and of nothing is refused', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(`<message from='${JULIET}/x' type='chat' id='a'><body>a</body></message>`)
    stage.app.setPinned(1, true)
    stage.eventNames()
    stage.app.setPinned(1, true)
    expect(stage.eventNames()).toEqual([])
    expect(() => stage.app.setPinned(9, true)).toThrow('not-found')
    expect(() => stage.app.listPinned(9)).toThrow('not-found')
  })
})
