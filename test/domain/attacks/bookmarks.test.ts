/** S7: nobody else's bookmarks bring us into a room or out of it, and no list is too long. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Room } from '../../../src-main/model/room.ts'
import type { Element } from '../../../src-main/protocol/xml.ts'
import {
  ACCOUNT,
  bookmark,
  bookmarks,
  converse,
  COVEN,
  door,
  event,
  NS_BOOKMARKS,
  NS_PUBSUB,
  roomInfo,
  ROSTER,
  startWith,
  type Rule,
} from '../bookmarks/setting.ts'
import { jid, NOW, ROMEO, setStage, settle, type Stage } from '../stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const HEATH = jid('heath@chat.shakespeare.example')
const OPEN = [door(COVEN), roomInfo(COVEN), door(HEATH), roomInfo(HEATH)]

function room(stage: Stage, address: string = COVEN): Room | undefined {
  return stage.app.state().rooms.find(({ jid: each }) => each === address)
}
const joins = (sent: readonly Element[]) =>
  sent.filter((stanza) => stanza.is('presence') && stanza.getChild('x', 'http://jabber.org/protocol/muc'))

describe('S7: bookmarks by others', () => {
  test.each([
    'mallory@evil.example',
    COVEN,
    `${COVEN}/imp`,
    `${ROMEO}/phone`,
    'montague.example',
    'rоmeo@montague.example',
    '',
  ])('an event of %j joins nothing, leaves nothing and is not kept', async (from) => {
    const stage = setStage()
    const { stream } = await startWith(stage, [bookmarks(bookmark(COVEN, `autojoin='1'`)), ...OPEN])
    stream.receive(event(bookmark(HEATH, `autojoin='1'`), from))
    stream.receive(event(bookmark(COVEN), from))
    stream.receive(event(`<retract id='${COVEN}'/>`, from))
    expect((await converse(stream, OPEN)).filter((sent) => sent.is('presence'))).toEqual([])
    expect(room(stage)).toMatchObject({ phase: 'in', autojoin: true, bookmarked: true })
    expect(room(stage, HEATH)).toBeUndefined()
  })

  test('a list of others than ours is not taken for ours', async () => {
    const stage = setStage()
    const forged: Rule = [
      `<items node="${NS_BOOKMARKS}"`,
      (request) => [
        `<iq type='result' from='mallory@evil.example' id='${String(request.attrs['id'])}'>
          <pubsub xmlns='${NS_PUBSUB}'><items node='${NS_BOOKMARKS}'>${bookmark(COVEN, `autojoin='1'`)}</items></pubsub></iq>`,
        `<iq type='result' id='${String(request.attrs['id'])}'>
          <pubsub xmlns='${NS_PUBSUB}'><items node='${NS_BOOKMARKS}'/></pubsub></iq>`,
      ],
    ]
    const { sent } = await startWith(stage, [forged, ...OPEN])
    expect(joins(sent)).toEqual([])
    expect(stage.app.state().rooms).toEqual([])
  })

  test('what is no room’s address, or no bookmark, is passed over', async () => {
    const stage = setStage()
    const { stream } = await startWith(stage, OPEN)
    stream.receive(event(bookmark(`${COVEN}/imp`, `autojoin='1'`)))
    stream.receive(event(bookmark('not an address', `autojoin='1'`)))
    stream.receive(event(`<item id='${COVEN}'><conference xmlns='other' autojoin='1'/></item>`))
    stream.receive(event(`<item id='${COVEN}'/>`))
    expect(await converse(stream, OPEN)).toEqual([])
    expect(stage.app.state().rooms).toEqual([])
  })

  test('a huge list is taken over piece by piece, and few rooms at a time are entered', async () => {
    const stage = setStage()
    const many = Array.from({ length: 300 }, (_, n) => `r${n}@chat.shakespeare.example`)
    stage.app.start()
    await settle()
    const list = bookmarks(many.map((each) => bookmark(each, `autojoin='1'`)).join(''))
    const asked: Element[] = []
    const silent: Rule = [
      (stanza) => many.includes(String(stanza.attrs['to'])),
      (stanza) => {
        asked.push(stanza)
        return []
      },
    ]
    await converse(stage.stream(), [list, silent, ACCOUNT, ROSTER])
    await vi.waitFor(() => expect(stage.app.state().rooms).toHaveLength(300), 10_000)
    await converse(stage.stream(), [silent])
    expect(asked).toHaveLength(5)
  })
})
