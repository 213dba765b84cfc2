/** XEP-0313: which results are taken, and which never (attack S2). */
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createIq, type Iq } from '../../src-main/protocol/iq.ts'
import {
  createArchives,
  fetchArchiveMetadata,
  NS,
  type Archives,
} from '../../src-main/protocol/xep-0313-archive.ts'
import type { BareJid } from '../../src-main/model/jid.ts'
import { createFakeStream, type FakeStream } from '../helpers/fake-stream.ts'
import { parseStanza } from '../helpers/stanza.ts'

const ROOM = 'balcony@rooms.example' as BareJid
let stream: FakeStream
let iq: Iq
let archives: Archives
let forged: string[]

beforeEach(() => {
  stream = createFakeStream()
  let ids = 0
  const newId = () => `id-${++ids}`
  iq = createIq({ stream, newId })
  forged = []
  const onForged = (from: string) => void forged.push(from)
  archives = createArchives({ iq, ownBareJid: stream.ownBareJid, newId, onForged })
})

/** Asks, and returns how the test's server calls the query. */
function ask(query: Partial<Parameters<Archives['query']>[0]> = {}) {
  const page = archives.query({ page: { max: 10 }, ...query })
  const request = stream.sent().at(-1)
  const queryId = String(request?.getChild('query', NS)?.attrs['queryid'])
  const answer = (attributes = '', content = '') =>
    iq.receive(
      parseStanza(`<iq type='result' id='${String(request?.attrs['id'])}' ${attributes}>${content}</iq>`),
    )
  return { page, queryId, fin: (from = '') => answer(from, `<fin xmlns='${NS}' complete='true'/>`), answer }
}

function result(queryId: string, id: string, from = ''): boolean {
  return archives.receive(
    parseStanza(`<message ${from}><result xmlns='${NS}' queryid='${queryId}' id='${id}'>
      <forwarded xmlns='urn:xmpp:forward:0'><delay xmlns='urn:xmpp:delay' stamp='2010-07-10T23:08:25Z'/>
      <message xmlns='jabber:client' from='juliet@capulet.example/x' type='chat'><body>${id}</body></message>
      </forwarded></result></message>`),
  )
}

test('the results of a page, in order, with their ids and stamps', async () => {
  const { page, queryId, answer } = ask()
  result(queryId, 'a')
  result(queryId, 'b', "from='romeo@montague.example'")
  answer(
    '',
    `<fin xmlns='${NS}'><set xmlns='http://jabber.org/protocol/rsm'><first>a</first><last>b</last></set></fin>`,
  )
  const { results, ...rest } = await page
  expect(rest).toStrictEqual({ first: 'a', last: 'b', complete: false })
  expect(results.map(({ id, stampMs, message }) => [id, stampMs, message])).toMatchObject([
    ['a', 1278803305000, { body: 'a', from: 'juliet@capulet.example/x' }],
    ['b', 1278803305000, { body: 'b' }],
  ])
  expect(forged).toStrictEqual([])
})

test('a flipped page is turned round again', async () => {
  const { page, queryId, fin } = ask({ flip: true })
  result(queryId, 'new')
  result(queryId, 'old')
  fin()
  expect((await page).results.map(({ id }) => id)).toStrictEqual(['old', 'new'])
})

test('what was taken out of the archive is passed over', async () => {
  const { page, queryId, fin } = ask()
  const gone = `<result xmlns='${NS}' queryid='${queryId}' id='1'><forwarded xmlns='urn:xmpp:forward:0'/></result>`
  expect(archives.receive(parseStanza(`<message>${gone}</message>`))).toBe(true)
  fin()
  expect((await page).results).toStrictEqual([])
})

test('an answer without an end is refused, and so is one with far more than was asked for', async () => {
  const without = ask()
  without.answer()
  await expect(without.page).rejects.toThrow('does not say')
  const flood = ask()
  for (let index = 0; index < 2100; index += 1) result(flood.queryId, String(index))
  flood.fin()
  await expect(flood.page).rejects.toThrow('more than')
})

test('two queries at once get each its own', async () => {
  const [one, other] = [ask(), ask()]
  result(other.queryId, 'other')
  result(one.queryId, 'one')
  other.fin()
  one.fin()
  expect((await one.page).results.map(({ id }) => id)).toStrictEqual(['one'])
  expect((await other.page).results.map(({ id }) => id)).toStrictEqual(['other'])
})

test('an ordinary message is left to others', () => {
  expect(archives.receive(parseStanza('<message><body>hi</body></message>'))).toBe(false)
})

describe('S2: a forged result is dropped', () => {
  test('(a) with a query id that is not running', async () => {
    const { page, fin } = ask()
    expect(result('guessed', 'a')).toBe(true)
    expect(result('', 'a')).toBe(true)
    expect(result('__proto__', 'a')).toBe(true)
    fin()
    expect((await page).results).toStrictEqual([])
    expect(forged).toHaveLength(3)
  })

  test.each([
    "from='mallory@evil.example'",
    "from='romeo@montague.example/orchard'",
    "from='montague.example'",
    "from='@@'",
    `from='${ROOM}'`,
  ])('(b) from another address: %s', async (from) => {
    const { page, queryId, fin } = ask()
    expect(result(queryId, 'a', from)).toBe(true)
    fin()
    expect((await page).results).toStrictEqual([])
    expect(forged).toHaveLength(1)
  })

  test('(c) after the end', async () => {
    const { page, queryId, fin } = ask()
    fin()
    // In the same packet, and later.
    expect(result(queryId, 'a')).toBe(true)
    const { results } = await page
    expect(result(queryId, 'b')).toBe(true)
    expect(results).toStrictEqual([])
    expect(forged).toHaveLength(2)
  })

  test('(d) by one archive for another', async () => {
    const { page, queryId, fin } = ask({ archive: ROOM })
    result(queryId, 'a')
    result(queryId, 'b', "from='romeo@montague.example'")
    result(queryId, 'c', "from='other@rooms.example'")
    result(queryId, 'd', `from='${ROOM}/nick'`)
    result(queryId, 'e', `from='${ROOM}'`)
    fin(`from='${ROOM}'`)
    expect((await page).results.map(({ id }) => id)).toStrictEqual(['e'])
    expect(forged).toHaveLength(4)
  })

  test('after a query that failed', async () => {
    vi.useFakeTimers()
    const { page, queryId } = ask()
    const failed = expect(page).rejects.toThrow()
    await vi.advanceTimersByTimeAsync(120_000)
    await failed
    result(queryId, 'a')
    expect(forged).toHaveLength(1)
    vi.useRealTimers()
  })
})

test('S2: what a room says that somebody else said is not believed', async () => {
  const { page, queryId, fin } = ask({ archive: ROOM })
  const authors = [
    `${ROOM}/nick`,
    ROOM,
    'juliet@capulet.example/x',
    'other@rooms.example/nick',
    stream.ownBareJid,
  ]
  for (const [index, author] of authors.entries()) {
    archives.receive(
      parseStanza(`<message from='${ROOM}'><result xmlns='${NS}' queryid='${queryId}' id='${index}'>
        <forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' from='${author}' type='groupchat'>
        <body>x</body></message></forwarded></result></message>`),
    )
  }
  fin(`from='${ROOM}'`)
  const kinds = (await page).results.map(({ message }) => message.kind)
  expect(kinds).toEqual(['message', 'message', 'rejected', 'rejected', 'rejected'])
})

test('the ends of a room’s archive are asked of the room', async () => {
  const metadata = fetchArchiveMetadata(iq, ROOM)
  const [request] = stream.sent()
  expect(request?.attrs).toMatchObject({ to: ROOM, type: 'get' })
  iq.receive(
    parseStanza(`<iq type='result' id='${String(request?.attrs['id'])}' from='${ROOM}'><metadata xmlns='${NS}'>
      <start id='a' timestamp='2010-07-10T23:08:25Z'/></metadata></iq>`),
  )
  expect(await metadata).toEqual({ start: { id: 'a', stampMs: Date.UTC(2010, 6, 10, 23, 8, 25) } })
})
