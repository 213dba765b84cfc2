/** XEP-0402 with XEP-0048, XEP-0049, XEP-0469 and XEP-0492: rooms kept as on the own other devices, both ways. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Room } from '../../../src-main/model/room.ts'
import type { Element } from '../../../src-main/protocol/xml.ts'
import { jid, NOW, ROMEO, setStage, settle, type Stage } from '../stage.ts'
import {
  ACCOUNT,
  bookmark,
  bookmarks,
  converse,
  COVEN,
  door,
  event,
  NS_BOOKMARKS,
  NS_INFO,
  NS_PUBSUB,
  refusal,
  roomInfo,
  ROSTER,
  startWith,
  type Rule,
} from './setting.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const HOUR_MS = 3_600_000
const HEATH = jid('heath@chat.shakespeare.example')
const OPEN = [door(COVEN), roomInfo(COVEN), door(HEATH), roomInfo(HEATH)]
const TAKEN: Rule = [`<publish node="${NS_BOOKMARKS}"`, '']
const ERASED: Rule = [`<retract node="${NS_BOOKMARKS}"`, '']

function room(stage: Stage, address: string = COVEN): Room | undefined {
  return stage.app.state().rooms.find(({ jid: each }) => each === address)
}
const joins = (sent: readonly Element[]) =>
  sent.filter((stanza) => stanza.is('presence') && stanza.getChild('x', 'http://jabber.org/protocol/muc'))
const addresses = (sent: readonly Element[]) => joins(sent).map(({ attrs }): unknown => attrs['to'])
const published = (sent: readonly Element[]) => sent.filter((stanza) => String(stanza).includes('<publish '))
const left = (sent: readonly Element[]) =>
  sent.filter((stanza) => stanza.is('presence') && stanza.attrs['type'] === 'unavailable')

describe('at the start', () => {
  test('rooms that are bookmarked are known, and those with autojoin entered, under their nick', async () => {
    const stage = setStage()
    const items =
      bookmark(COVEN, `autojoin='1' name='The coven'`, '<nick>thirdwitch</nick>') + bookmark(HEATH)
    const { sent } = await startWith(stage, [bookmarks(items), ...OPEN])
    expect(addresses(sent)).toEqual([`${COVEN}/thirdwitch`])
    expect(room(stage)).toMatchObject({
      ...{ phase: 'in', nick: 'thirdwitch', name: 'The coven', autojoin: true, bookmarked: true },
    })
    expect(room(stage, HEATH)).toMatchObject({
      phase: 'out',
      nick: 'romeo',
      autojoin: false,
      bookmarked: true,
    })
    expect(published(sent)).toEqual([])
  })

  test('one that was never here stays out of the list of conversations until it is entered', async () => {
    const stage = setStage()
    await startWith(stage, [bookmarks(bookmark(COVEN, `autojoin='true'`) + bookmark(HEATH)), ...OPEN])
    const { conversations } = stage.app.state()
    expect(conversations.map(({ counterpart, putAwayAt }) => [counterpart, putAwayAt])).toEqual(
      expect.arrayContaining([
        [COVEN, undefined],
        [HEATH, NOW],
      ]),
    )
  })

  test('a password opens its room and is in no file', async () => {
    const stage = setStage()
    const { sent } = await startWith(stage, [
      bookmarks(bookmark(COVEN, `autojoin='1'`, '<password>cauldronburn</password>')),
      ...OPEN,
    ])
    expect(String(joins(sent)[0])).toContain('<password>cauldronburn</password>')
    expect(JSON.stringify(stage.storage.listRooms())).not.toContain('cauldronburn')
  })

  test('pins and notifications come with it', async () => {
    const stage = setStage()
    const extensions = `<extensions><pinned xmlns='urn:xmpp:bookmarks-pinning:0'/>
      <notify xmlns='urn:xmpp:notification-settings:1'><never/></notify></extensions>`
    await startWith(stage, [bookmarks(bookmark(COVEN, `autojoin='1'`, extensions)), ...OPEN])
    expect(room(stage)?.notify).toBe('none')
    expect(stage.app.state().conversations[0]?.pinnedAt).toBe(NOW)
  })

  test('what another device took out while we were away is left, and its conversation stays', async () => {
    const stage = setStage()
    await startWith(stage, [bookmarks(bookmark(COVEN, `autojoin='1'`)), ...OPEN])
    const later = setStage({ storage: stage.storage })
    const { stream, sent } = await startWith(later, [bookmarks(bookmark(HEATH)), ...OPEN])
    expect(room(later)).toMatchObject({ bookmarked: false, autojoin: false, phase: 'out' })
    expect(later.app.state().conversations.some(({ counterpart }) => counterpart === COVEN)).toBe(true)
    expect(left([...sent, ...stream.sent()]).map(({ attrs }): unknown => attrs['to'])).toEqual([
      `${COVEN}/romeo`,
    ])
  })

  test('a server that has lost the list gets it anew; no room is left for that', async () => {
    const stage = setStage()
    await startWith(stage, [bookmarks(bookmark(COVEN, `autojoin='1'`)), ...OPEN])
    const later = setStage({ storage: stage.storage })
    const gone: Rule = [`<items node="${NS_BOOKMARKS}"`, refusal('item-not-found')]
    const { sent } = await startWith(later, [gone, TAKEN, ...OPEN])
    expect(room(later)).toMatchObject({ bookmarked: true, autojoin: true, phase: 'in' })
    expect(published(sent).map(String).join()).toContain(`<item id="${COVEN}">`)
  })

  test('a list that does not come changes nothing', async () => {
    const stage = setStage()
    await startWith(stage, [bookmarks(bookmark(COVEN, `autojoin='1'`)), ...OPEN])
    const later = setStage({ storage: stage.storage })
    const failing: Rule = [`<items node="${NS_BOOKMARKS}"`, refusal('internal-server-error', 'wait')]
    const { sent } = await startWith(later, [failing, ...OPEN])
    expect(room(later)).toMatchObject({ bookmarked: true, autojoin: true, phase: 'in' })
    expect(published(sent)).toEqual([])
  })
})

describe('another device', () => {
  test('adds a room with autojoin: it is entered here too, and one that was asked into is no longer asked for', async () => {
    const stage = setStage()
    const { stream } = await startWith(stage, OPEN)
    stream.receive(`<message from='${COVEN}'><x xmlns='http://jabber.org/protocol/muc#user'>
      <invite from='hecate@shakespeare.example'/></x></message>`)
    expect(stage.app.state().invitations).toHaveLength(1)
    stream.receive(event(bookmark(COVEN, `autojoin='true'`)))
    expect(addresses(await converse(stream, OPEN))).toEqual([`${COVEN}/romeo`])
    expect(room(stage)?.phase).toBe('in')
    expect(stage.app.state().invitations).toEqual([])
  })

  test('takes autojoin away: the room is left; the same once more does nothing', async () => {
    const stage = setStage()
    const { stream } = await startWith(stage, [bookmarks(bookmark(COVEN, `autojoin='1'`)), ...OPEN])
    stream.receive(event(bookmark(COVEN)))
    expect(left(await converse(stream, OPEN))).toHaveLength(1)
    expect(room(stage)).toMatchObject({ phase: 'out', autojoin: false, bookmarked: true })
    stream.receive(event(bookmark(COVEN)))
    expect(await converse(stream, OPEN)).toEqual([])
  })

  test('takes the bookmark out: the room is left', async () => {
    const stage = setStage()
    const { stream } = await startWith(stage, [bookmarks(bookmark(COVEN, `autojoin='1'`)), ...OPEN])
    stream.receive(event(`<retract id='${COVEN}'/>`))
    expect(left(await converse(stream, OPEN))).toHaveLength(1)
    expect(room(stage)).toMatchObject({ phase: 'out', autojoin: false, bookmarked: false })
  })

  test('gives it a name, a pin, notifications', async () => {
    const stage = setStage()
    const { stream } = await startWith(stage, [bookmarks(bookmark(COVEN, `autojoin='1'`)), ...OPEN])
    const extensions = `<extensions><pinned xmlns='urn:xmpp:bookmarks-pinning:0'/>
      <notify xmlns='urn:xmpp:notification-settings:1'><always/></notify></extensions>`
    stream.receive(event(bookmark(COVEN, `autojoin='1' name='Witches'`, extensions)))
    expect(room(stage)).toMatchObject({ name: 'Witches', notify: 'all', phase: 'in' })
    expect(stage.app.state().conversations[0]?.pinnedAt).toBe(NOW)
    stream.receive(event(bookmark(COVEN, `autojoin='1'`)))
    expect(stage.app.state().conversations[0]?.pinnedAt).toBeUndefined()
    expect(await converse(stream, OPEN)).toEqual([])
  })

  test('gives it another nick: we are called so here too', async () => {
    const stage = setStage()
    const items = bookmark(COVEN, `autojoin='1'`, '<nick>firstwitch</nick>')
    const { stream } = await startWith(stage, [bookmarks(items), ...OPEN])
    stream.receive(event(bookmark(COVEN, `autojoin='1'`, '<nick>oldhag</nick>')))
    const sent = await converse(stream, [])
    expect(sent.filter((each) => each.is('presence')).map(({ attrs }): unknown => attrs['to'])).toEqual([
      `${COVEN}/oldhag`,
    ])
    const item = (nick = '') => `<x xmlns='http://jabber.org/protocol/muc#user'>
      <item affiliation='none' role='participant' ${nick}/><status code='110'/>`
    stream.receive(`<presence type='unavailable' from='${COVEN}/firstwitch'>${item(`nick='oldhag'`)}
      <status code='303'/></x></presence>`)
    stream.receive(`<presence from='${COVEN}/oldhag'>${item()}</x></presence>`)
    expect(room(stage)?.nick).toBe('oldhag')
    expect(await converse(stream, [])).toEqual([])
  })

  test('changes something while the list is on its way: the later word counts', async () => {
    const stage = setStage()
    stage.app.start()
    await settle()
    const stream = stage.stream()
    const rules = OPEN
    let asked: Element | undefined
    const slow: Rule = [
      `<items node="${NS_BOOKMARKS}"`,
      (request) => {
        asked = request
        return []
      },
    ]
    await converse(stream, [slow, ...rules, ACCOUNT, ROSTER])
    stream.receive(event(`<retract id='${COVEN}'/>`))
    expect(room(stage)).toBeUndefined()
    const [, answer] = bookmarks(bookmark(COVEN, `autojoin='1'`))
    stream.receive(`<iq type='result' id='${String(asked?.attrs['id'])}'>${String(answer)}</iq>`)
    await settle()
    expect(joins(await converse(stream, rules))).toEqual([])
    expect(room(stage)).toMatchObject({ bookmarked: false, phase: 'out' })
  })
})

describe('what is changed here', () => {
  const FOREIGN = `<extensions><state xmlns='http://myclient.example/bookmark/state' minimized='true'><x>1</x></state></extensions>`

  test('is told by its bookmark, to nobody else, with what others wrote into it', async () => {
    const stage = setStage()
    const { stream } = await startWith(stage, [
      bookmarks(bookmark(COVEN, `autojoin='1'`, `<nick>JC</nick><password>pw</password>${FOREIGN}`)),
      ...OPEN,
    ])
    const { conversationId = 0 } = room(stage) ?? {}
    await stage.app.nameRoom({ conversationId, name: ' Play ' })
    const [publish, ...more] = published(await converse(stream, [TAKEN]))
    expect(more).toEqual([])
    const text = String(publish)
    expect(publish?.attrs['to']).toBeUndefined()
    expect(text).toContain(`<conference xmlns="${NS_BOOKMARKS}" name="Play" autojoin="true"><nick>JC</nick>`)
    expect(text).toContain('<password>pw</password>')
    expect(text).toContain(
      '<state xmlns="http://myclient.example/bookmark/state" minimized="true"><x>1</x></state>',
    )
    expect(text).toMatch(/pubsub#access_model"><value>whitelist</)
    expect(room(stage)?.name).toBe('Play')
  })

  test('pin and notifications go into its extensions', async () => {
    const stage = setStage()
    const { stream } = await startWith(stage, [bookmarks(bookmark(COVEN, `autojoin='1'`, FOREIGN)), ...OPEN])
    const { conversationId = 0 } = room(stage) ?? {}
    stage.app.pinConversation({ conversationId, pinned: true })
    await stage.app.setRoomNotify({ conversationId, notify: 'none' })
    const text = published(await converse(stream, [TAKEN]))
      .map(String)
      .at(-1)
    expect(text).toContain('<pinned xmlns="urn:xmpp:bookmarks-pinning:0"/>')
    expect(text).toContain('<notify xmlns="urn:xmpp:notification-settings:1"><never/></notify>')
    expect(text).toContain('minimized="true"')
  })

  test('a mute with an end is of this computer: what the others are told is the same before, meanwhile and after', async () => {
    const stage = setStage()
    const { stream } = await startWith(stage, [bookmarks(bookmark(COVEN, `autojoin='1'`)), ...OPEN])
    const { conversationId = 0 } = room(stage) ?? {}
    const mutedUntil = () => stage.storage.findConversation(conversationId)?.mutedUntil
    stage.app.muteConversation({ conversationId, length: 'hour' })
    expect([published(await converse(stream, [TAKEN])), room(stage)?.notify]).toEqual([[], 'mentions'])
    expect(mutedUntil()).toBe(NOW + HOUR_MS)
    await stage.app.setRoomNotify({ conversationId, notify: 'all' })
    expect(String(published(await converse(stream, [TAKEN])))).toContain('<always/>')
    expect(mutedUntil()).toBe(NOW + HOUR_MS)
    await settle(HOUR_MS)
    expect(mutedUntil()).toBeUndefined()
    expect([published(await converse(stream, [TAKEN])), room(stage)?.notify]).toEqual([[], 'all'])
  })

  test('several changes while one is on its way go together, and the last one is what is told', async () => {
    const stage = setStage()
    const { stream } = await startWith(stage, [bookmarks(bookmark(COVEN, `autojoin='1'`)), ...OPEN])
    const { conversationId = 0 } = room(stage) ?? {}
    for (const name of ['one', 'two', 'three']) await stage.app.nameRoom({ conversationId, name })
    const names = published(await converse(stream, [TAKEN])).map(
      (each) => /name="(\w+)"/.exec(String(each))?.[1],
    )
    expect(names).toEqual(['one', 'three'])
    expect(stage.storage.listBookmarksDue(1)).toEqual([])
  })

  test('that the server did not take is due, and told on the next stream before its word counts', async () => {
    const stage = setStage()
    const { stream } = await startWith(stage, [bookmarks(bookmark(COVEN, `autojoin='1'`)), ...OPEN])
    const { conversationId = 0 } = room(stage) ?? {}
    await stage.app.nameRoom({ conversationId, name: 'Mine' })
    await converse(stream, [[`<publish node="${NS_BOOKMARKS}"`, refusal('resource-constraint', 'wait')]])
    expect(stage.storage.listBookmarksDue(1)).toEqual([COVEN])
    const later = setStage({ storage: stage.storage })
    const theirs = bookmark(COVEN, `autojoin='1' name='Theirs'`, FOREIGN)
    const { sent } = await startWith(later, [bookmarks(theirs), TAKEN, ...OPEN])
    const text = published(sent).map(String).join()
    expect(text).toContain('name="Mine"')
    expect(text).toContain('minimized="true"')
    expect(room(later)?.name).toBe('Mine')
    expect(later.storage.listBookmarksDue(1)).toEqual([])
  })

  test('a bookmark that is taken out is retracted', async () => {
    const stage = setStage()
    const { stream } = await startWith(stage, [bookmarks(bookmark(COVEN, `autojoin='1'`)), ...OPEN])
    const { conversationId = 0 } = room(stage) ?? {}
    await stage.app.setBookmark({ conversationId, bookmarked: false, autojoin: false })
    const sent = await converse(stream, [ERASED])
    expect(sent.map(String).join()).toContain(
      `<retract node="${NS_BOOKMARKS}" notify="true"><item id="${COVEN}"/>`,
    )
    expect(room(stage)).toMatchObject({ bookmarked: false, phase: 'in' })
    expect(stage.storage.listBookmarksDue(1)).toEqual([])
  })

  test('to be in it by itself begins at once', async () => {
    const stage = setStage()
    const { stream } = await startWith(stage, [bookmarks(bookmark(COVEN)), ...OPEN])
    const { conversationId = 0 } = room(stage) ?? {}
    await stage.app.setBookmark({ conversationId, bookmarked: true, autojoin: true })
    const sent = await converse(stream, [TAKEN, ...OPEN])
    expect(addresses(sent)).toEqual([`${COVEN}/romeo`])
    expect(published(sent).map(String).join()).toContain('autojoin="true"')
  })

  test('joining with autojoin makes a bookmark, leaving takes the autojoin away', async () => {
    const stage = setStage()
    const { stream } = await startWith(stage, OPEN)
    const { id: conversationId } = await stage.app.joinRoom({
      ...{ accountId: 1, jid: COVEN, nick: 'JC', autojoin: true },
    })
    const joined = published(await converse(stream, [TAKEN, ...OPEN])).map(String)
    expect(joined.at(-1)).toContain('autojoin="true"><nick>JC</nick>')
    await stage.app.leaveRoom({ conversationId })
    const text = published(await converse(stream, [TAKEN, ...OPEN]))
      .map(String)
      .at(-1)
    expect(text).toContain(`<item id="${COVEN}">`)
    expect(text).not.toContain('autojoin')
    expect(room(stage)).toMatchObject({ phase: 'out', bookmarked: true, autojoin: false })
  })
})

describe('older bookmarks', () => {
  const PRIVATE = `jabber:iq:private`
  const STORAGE = (content: string) =>
    `<query xmlns='${PRIVATE}'><storage xmlns='storage:bookmarks'>${content}</storage></query>`
  const conference = (address: string, more = '') =>
    `<conference jid='${address}' ${more}><nick>JC</nick></conference>`
  const plainAccount: Rule = [
    (request) => request.attrs['to'] === ROMEO && String(request).includes(NS_INFO),
    `<query xmlns='${NS_INFO}'/>`,
  ]

  test('are read and written where there is nothing newer, with what is no room in them', async () => {
    const stage = setStage()
    let stored = conference(COVEN, `autojoin='true'`) + `<url name='Works' url='https://plays.example/'/>`
    const keeping: Rule = [
      PRIVATE,
      (request) => {
        if (request.attrs['type'] === 'get') return STORAGE(stored)
        stored = request.getChild('query')?.getChild('storage')?.getChildElements().join('') ?? ''
        return ''
      },
    ]
    const { stream, sent } = await startWith(stage, [plainAccount, keeping, ...OPEN])
    expect(addresses(sent)).toEqual([`${COVEN}/JC`])
    expect(sent.some((each) => String(each).includes(NS_BOOKMARKS) && each.is('iq'))).toBe(false)
    const { conversationId = 0 } = room(stage) ?? {}
    await stage.app.nameRoom({ conversationId, name: 'Play' })
    await converse(stream, [keeping])
    expect(stored).toContain('name="Play"')
    expect(stored).toContain('url="https://plays.example/"')
  })

  test('are brought over once where the server keeps both apart', async () => {
    const stage = setStage()
    const apart: Rule = [
      (request) => request.attrs['to'] === ROMEO && String(request).includes(NS_INFO),
      `<query xmlns='${NS_INFO}'><identity category='pubsub' type='pep'/><feature var='${NS_PUBSUB}#publish-options'/></query>`,
    ]
    const none: Rule = [`<items node="${NS_BOOKMARKS}"`, refusal('item-not-found')]
    const pep: Rule = [
      `<items node="storage:bookmarks"`,
      `<pubsub xmlns='${NS_PUBSUB}'><items node='storage:bookmarks'><item id='current'>
        <storage xmlns='storage:bookmarks'>${conference(HEATH, `autojoin='1'`)}</storage></item></items></pubsub>`,
    ]
    const xml: Rule = [PRIVATE, STORAGE(conference(COVEN, `name='Coven'`))]
    const { sent } = await startWith(stage, [apart, none, pep, xml, TAKEN, ...OPEN])
    expect(addresses(sent)).toEqual([`${HEATH}/JC`])
    expect(
      published(sent)
        .map((each) => /item id="([^"]*)"/.exec(String(each))?.[1])
        .sort(),
    ).toEqual([COVEN, HEATH])
    expect(room(stage)).toMatchObject({ name: 'Coven', autojoin: false, bookmarked: true })
  })

  test('are not looked for where the server keeps both the same', async () => {
    const stage = setStage()
    const none: Rule = [`<items node="${NS_BOOKMARKS}"`, refusal('item-not-found')]
    const { sent } = await startWith(stage, [none, ...OPEN])
    expect(sent.map(String).join()).not.toContain('storage:bookmarks')
  })
})
