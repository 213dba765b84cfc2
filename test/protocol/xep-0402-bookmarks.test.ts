/** XEP-0402, XEP-0048, XEP-0049 and XEP-0433: bookmarks fetched, written and removed, and channels searched. */
import { beforeEach, describe, expect, test } from 'vitest'
import type { BareJid, Jid } from '../../src-main/model/jid.ts'
import { createIq, type Iq } from '../../src-main/protocol/iq.ts'
import { fromVerbatim, toVerbatim } from '../../src-main/protocol/verbatim.ts'
import {
  fetchLegacyBookmarks,
  storeLegacyBookmarks,
} from '../../src-main/protocol/xep-0048-legacy-bookmarks.ts'
import { parseOwnEvent } from '../../src-main/protocol/xep-0163-pep.ts'
import {
  bookmarkChangesIn,
  buildBookmark,
  fetchBookmarks,
  LOSS,
  MAX_BOOKMARKS,
  NS,
  parseBookmark,
  publishBookmark,
  removeBookmark,
} from '../../src-main/protocol/xep-0402-bookmarks.ts'
import { searchChannels } from '../../src-main/protocol/xep-0433-channel-search.ts'
import { createFakeStream, type FakeStream } from '../helpers/fake-stream.ts'
import { parseStanza } from '../helpers/stanza.ts'

const OWN = 'romeo@montague.example' as BareJid
const ROOM = 'theplay@conference.shakespeare.example' as BareJid
const PUBSUB = 'http://jabber.org/protocol/pubsub'
const least = { room: ROOM, name: '', autojoin: false } as const
let stream: FakeStream
let iq: Iq

beforeEach(() => {
  stream = createFakeStream()
  iq = createIq({ stream })
  stream.onStanza((stanza) => void iq.receive(stanza))
})

function answer(payload: string, from = ''): string {
  const [request] = stream.sent()
  const id = String(request?.attrs['id'])
  stream.receive(`<iq type='result' id='${id}'${from === '' ? '' : ` from='${from}'`}>${payload}</iq>`)
  return String(request?.getChildElements()[0])
}

const items = (content: string, node = NS): string =>
  `<pubsub xmlns='${PUBSUB}'><items node='${node}'>${content}</items></pubsub>`
const item = (id: string, attributes = ''): string =>
  `<item id='${id}'><conference xmlns='${NS}'${attributes}/></item>`

describe('bookmarks', () => {
  test('all are fetched, also a long list', async () => {
    const ids = Array.from({ length: 250 }, (_, index) => `r${index}@c.example`)
    const bookmarks = fetchBookmarks(iq)
    expect(answer(items([...ids, 'no room@@'].map((id) => item(id)).join('')))).toContain(`node="${NS}"`)
    expect((await bookmarks).map(({ room }) => room)).toEqual(ids)
  })

  test('a list without end is cut', async () => {
    const ids = Array.from({ length: MAX_BOOKMARKS + 5 }, (_, index) => `r${index}@c.example`)
    const bookmarks = fetchBookmarks(iq)
    answer(items(ids.map((id) => item(id)).join('')))
    expect(await bookmarks).toHaveLength(MAX_BOOKMARKS)
  })

  test('one is published for nobody but us', async () => {
    const done = publishBookmark(iq, { ...least, autojoin: true })
    const sent = answer('')
    expect(sent).toContain(`<item id="${ROOM}"><conference xmlns="${NS}" autojoin="true"/></item>`)
    expect(sent).toContain('<field var="pubsub#access_model"><value>whitelist</value></field>')
    expect(sent).toContain('<field var="pubsub#max_items"><value>max</value></field>')
    await done
  })

  test('one that would lose what others put into it is not', async () => {
    await expect(publishBookmark(iq, { ...least, readOnly: true })).rejects.toThrow(LOSS)
    expect(stream.sent()).toEqual([])
  })

  test('one is removed', async () => {
    const done = removeBookmark(iq, ROOM)
    expect(answer('')).toContain(`<retract node="${NS}" notify="true"><item id="${ROOM}"/></retract>`)
    await done
  })

  test('S7: changes of our own account alone', () => {
    const content = `<event xmlns='${PUBSUB}#event'><items node='${NS}'>${item(ROOM, ` autojoin='1'`)}
      <retract id='gone@c.example'/><retract id='@@'/></items></event>`
    const event = (from: string) =>
      parseOwnEvent(parseStanza(`<message from='${from}'>${content}</message>`), OWN)
    const own = event(OWN)
    if (own?.kind !== 'own-event') throw new Error('not our own')
    expect(bookmarkChangesIn(own)).toEqual({
      changed: [{ ...least, autojoin: true }],
      removed: ['gone@c.example'],
    })
    expect(event('mallory@evil.example')?.kind).toBe('rejected')
    expect(bookmarkChangesIn({ ...own, node: 'urn:xmpp:mds:displayed:0' })).toBeUndefined()
  })

  test('what others put into it is the same after reading and writing', () => {
    const extensions = `<extensions xmlns="${NS}" xmlns:a="urn:a"><a:x a:y="1">&lt;&amp;</a:x><b xmlns="urn:b"><c/></b></extensions>`
    const payload = parseStanza(`<conference xmlns='${NS}'>${extensions}</conference>`)
    const bookmark = parseBookmark({ id: ROOM, payload })
    expect(bookmark?.extensions).toBe(extensions)
    expect(String(bookmark && buildBookmark(bookmark))).toBe(
      `<conference xmlns="${NS}">${extensions}</conference>`,
    )
  })
})

describe('verbatim', () => {
  test('namespaces from around come along, others do not', () => {
    const outer = parseStanza(`<a xmlns='urn:a' xmlns:p='urn:p' xmlns:q='urn:q'><b><p:c/></b></a>`)
    const [b] = outer.getChildElements()
    const text = b === undefined ? '' : toVerbatim(b)
    expect(text).toBe('<b xmlns="urn:a" xmlns:p="urn:p"><p:c/></b>')
    expect(fromVerbatim(text)?.getChildElements()[0]?.getNS()).toBe('urn:p')
  })

  test.each(['', '<a', '<a/><b/>', 'text', '<p:a/>', '<!DOCTYPE a><a/>'])('"%s" is no element', (text) => {
    expect(fromVerbatim(text)).toBeUndefined()
  })
})

describe('those of XEP-0048', () => {
  const storage = `<storage xmlns='storage:bookmarks'><conference jid='${ROOM}' autojoin='1'/></storage>`
  const one = { bookmarks: [{ ...least, autojoin: true }], others: [] }

  test('in Private XML Storage', async () => {
    const fetched = fetchLegacyBookmarks(iq, 'private-xml')
    expect(answer(`<query xmlns='jabber:iq:private'>${storage}</query>`)).toContain(
      '<storage xmlns="storage:bookmarks"/>',
    )
    expect(await fetched).toEqual(one)
    const stored = storeLegacyBookmarks(iq, 'private-xml', one)
    expect(answer('')).toContain(`<conference xmlns="storage:bookmarks" jid="${ROOM}" autojoin="true"/>`)
    await stored
  })

  test('in PEP, for nobody but us', async () => {
    const fetched = fetchLegacyBookmarks(iq, 'pep')
    answer(items(`<item id='current'>${storage}</item>`, 'storage:bookmarks'))
    expect(await fetched).toEqual(one)
    const stored = storeLegacyBookmarks(iq, 'pep', one)
    expect(answer('')).toMatch(/<item id="current">.*whitelist/s)
    await stored
  })

  test('none', async () => {
    const fetched = fetchLegacyBookmarks(iq, 'private-xml')
    answer(`<query xmlns='jabber:iq:private'/>`)
    expect(await fetched).toEqual({ bookmarks: [], others: [] })
    const inPep = fetchLegacyBookmarks(iq, 'pep')
    answer(items(`<item id='current'><storage xmlns='urn:example:x'/></item>`, 'storage:bookmarks'))
    expect(await inPep).toEqual({ bookmarks: [], others: [] })
  })

  test('are not written where something would be lost', async () => {
    const all = { bookmarks: [{ ...least, readOnly: true as const }], others: [] }
    await expect(storeLegacyBookmarks(iq, 'pep', all)).rejects.toThrow(LOSS)
  })

  test('what lay in them moves over with its own namespace', () => {
    const pinned = `<pinned xmlns="urn:xmpp:bookmarks-pinning:0"/>`
    const bookmark = {
      ...least,
      pinned: true as const,
      extensions: `<extensions xmlns="storage:bookmarks">${pinned}</extensions>`,
    }
    expect(String(buildBookmark(bookmark))).toBe(
      `<conference xmlns="${NS}"><extensions xmlns="${NS}">${pinned}</extensions></conference>`,
    )
  })
})

test('channels are searched', async () => {
  const service = 'search.service.example' as Jid
  const found = searchChannels(iq, service, { words: 'xmpp', order: 'users', page: { max: 5 } })
  answer(
    `<result xmlns='urn:xmpp:channel-search:0:search'><item address='a@b.example'><name>A</name></item></result>`,
    service,
  )
  expect(await found).toEqual({ channels: [{ room: 'a@b.example', name: 'A' }] })
  const none = searchChannels(iq, service, { words: 'xmpp', order: 'users', page: { max: 5 } })
  answer('', service)
  expect(await none).toEqual({ channels: [] })
})
