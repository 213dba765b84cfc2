/** Finding rooms (XEP-0045 §6, XEP-0433): services, lists in pages, previews. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { jid, NOW, setStage, settle } from '../stage.ts'
import { converse, COVEN, during, NS_INFO, NS_ITEMS, NS_MUC, refusal, roomInfo, SERVICE, startWith, type Rule } from './setting.ts' // prettier-ignore

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const RSM = 'http://jabber.org/protocol/rsm'
const SEARCH = 'urn:xmpp:channel-search:0:search'
const items = (to: string, content: string): Rule => [
  (request) => request.attrs['to'] === to && String(request).includes(NS_ITEMS),
  `<query xmlns='${NS_ITEMS}'>${content}</query>`,
]
const info = (to: string, content: string): Rule => [
  (request) => request.attrs['to'] === to && String(request).includes(`<query xmlns="${NS_INFO}"/>`),
  `<query xmlns='${NS_INFO}'>${content}</query>`,
]
const MUC = `<identity category='conference' type='text' name='Rooms'/><feature var='${NS_MUC}'/>`

describe('services', () => {
  test('of the own server are those that have rooms; one that is silent hides none', async () => {
    const stage = setStage()
    const { stream } = await startWith(stage, [])
    const listed = stage.app.listRoomServices({ accountId: 1 })
    const silent: Rule = [(request) => request.attrs['to'] === 'slow.montague.example', () => []]
    await settle()
    await converse(stream, [
      items(
        'montague.example',
        `<item jid='rooms.montague.example'/><item jid='slow.montague.example'/><item jid='files.montague.example'/>
         <item jid='montague.example' node='users'/><item jid='somebody@montague.example'/><item jid='irc.montague.example'/>`,
      ),
      silent,
      info('rooms.montague.example', MUC),
      info('files.montague.example', `<identity category='store' type='file'/>`),
      info('irc.montague.example', `<identity category='conference' type='irc'/><feature var='${NS_MUC}'/>`),
    ])
    await settle(10_000)
    expect(await listed).toEqual([{ jid: 'rooms.montague.example', name: 'Rooms', kind: 'rooms' }])
  })

  test('that the user named and that answered are remembered', async () => {
    const stage = setStage()
    const { stream } = await startWith(stage, [])
    const none = during(stream, [], stage.app.listRooms({ accountId: 1, service: jid('wrong.example') }))
    await expect(none).rejects.toMatchObject({ data: { code: 'refused-by-server' } })
    await during(stream, [items(SERVICE, '')], stage.app.listRooms({ accountId: 1, service: SERVICE }))
    const found: Rule = [SEARCH, `<result xmlns='${SEARCH}'/>`]
    const search = { accountId: 1, service: jid('search.example'), words: 'chess' }
    await during(stream, [found], stage.app.searchRooms(search))
    const services = await during(
      stream,
      [items('montague.example', '')],
      stage.app.listRoomServices({ accountId: 1 }),
    )
    expect(services).toEqual(
      expect.arrayContaining([
        { jid: SERVICE, name: '', kind: 'rooms' },
        { jid: 'search.example', name: '', kind: 'search' },
      ]),
    )
    expect(services).toHaveLength(2)
  })
})

describe('the list of a service', () => {
  test('comes in its pages', async () => {
    const stage = setStage()
    const { stream } = await startWith(stage, [])
    const page = (content: string, last: string): string =>
      `${content}<set xmlns='${RSM}'><last>${last}</last><count>2</count></set>`
    const paged: Rule = [
      (request) => request.attrs['to'] === SERVICE,
      (request) => {
        const isFirst = !String(request).includes('<after>')
        const content = isFirst
          ? page(`<item jid='${COVEN}' name='A Dark Cave'/><item jid='other.example'/>`, 'one')
          : page(`<item jid='heath@chat.shakespeare.example'/>`, 'two')
        return `<query xmlns='${NS_ITEMS}'>${content}</query>`
      },
    ]
    const list = (next?: string) =>
      during(
        stream,
        [paged],
        stage.app.listRooms({ accountId: 1, service: SERVICE, ...(next === undefined ? {} : { next }) }),
      )
    expect(await list()).toEqual({ rooms: [{ jid: COVEN, name: 'A Dark Cave' }], next: 'one', total: 2 })
    expect(await list('one')).toMatchObject({ rooms: [{ jid: 'heath@chat.shakespeare.example' }] })
  })

  test('that knows no pages is paged here, and is asked for once', async () => {
    const stage = setStage()
    const { stream } = await startWith(stage, [])
    const many = Array.from({ length: 5250 }, (_, n) => `<item jid='r${n}@${SERVICE}'/>`).join('')
    const list = (next?: string) =>
      stage.app.listRooms({ accountId: 1, service: SERVICE, ...(next === undefined ? {} : { next }) })
    const first = list()
    await converse(stream, [items(SERVICE, many)])
    expect(await first).toMatchObject({ next: '100', total: 5250 })
    expect((await first).rooms).toHaveLength(100)
    const last = await list('5200')
    expect(last.rooms.map((room) => room.jid).at(-1)).toBe(`r5249@${SERVICE}`)
    expect(last.next).toBeUndefined()
    expect(await list('nonsense')).toMatchObject({ next: '100' })
    expect(stream.sent()).toEqual([])
  })
})

test('a search asks the service that was named for the words, the largest rooms first, page by page', async () => {
  const stage = setStage()
  const { stream } = await startWith(stage, [])
  const found: Rule = [
    SEARCH,
    `<result xmlns='${SEARCH}'><item address='${COVEN}'><name>Cave</name><nusers>3</nusers><is-open/>
      <language>en</language></item><set xmlns='${RSM}'><last>x</last><count>9</count></set></result>`,
  ]
  const asked: string[] = []
  const listening: Rule = [(request) => asked.push(String(request)) < 0, '']
  const search = { accountId: 1, service: jid('search.example'), words: 'witches' }
  expect(await during(stream, [listening, found], stage.app.searchRooms(search))).toEqual({
    rooms: [{ jid: COVEN, name: 'Cave', occupantCount: 3, open: true, language: 'en' }],
    ...{ next: 'x', total: 9 },
  })
  expect(asked.join()).toContain('<value>witches</value>')
  expect(asked.join()).toContain('nusers')
  await during(stream, [listening, found], stage.app.searchRooms({ ...search, next: 'x' }))
  expect(asked.join()).toContain('<after>x</after>')
})

describe('a preview', () => {
  test('says what the room is and under which nick it knows us', async () => {
    const stage = setStage()
    const { stream } = await startWith(stage, [])
    const reserved: Rule = [
      'x-roomuser-item',
      `<query xmlns='${NS_INFO}' node='x-roomuser-item'><identity category='conference' type='text' name='thirdwitch'/></query>`,
    ]
    const rules = [roomInfo(COVEN, ['muc_membersonly', 'urn:xmpp:mam:2'])]
    const shown = await during(
      stream,
      [reserved, ...rules],
      stage.app.previewRoom({ accountId: 1, jid: COVEN }),
    )
    expect(shown).toMatchObject({
      ...{ jid: COVEN, nick: 'thirdwitch' },
      traits: { name: 'A Dark Cave', membersOnly: true, archived: true },
    })
    const plain = await during(stream, rules, stage.app.previewRoom({ accountId: 1, jid: COVEN }))
    expect(plain.nick).toBe('romeo')
    expect(stage.app.state().rooms).toEqual([])
  })

  test('of what is no room, or is not there, says so', async () => {
    const stage = setStage()
    const { stream } = await startWith(stage, [])
    const person = info(COVEN, `<identity category='account' type='registered'/>`)
    const asked = during(stream, [person], stage.app.previewRoom({ accountId: 1, jid: COVEN }))
    await expect(asked).rejects.toMatchObject({ data: { code: 'not-found' } })
    const none: Rule = [(request) => request.attrs['to'] === COVEN, refusal('item-not-found')]
    const again = during(stream, [none], stage.app.previewRoom({ accountId: 1, jid: COVEN }))
    await expect(again).rejects.toMatchObject({ data: { condition: 'item-not-found' } })
  })
})
