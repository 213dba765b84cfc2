/** Pictures of link cards (XEP-0511): had when the user wants it and not before (S15), once, and kept within bounds. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { prepareLinks } from '../../../src-main/storage/links.ts'
import { openMemoryDatabase } from '../../../src-main/storage/open.ts'
import type { StoredPicture } from '../../../src-main/storage/links.types.ts'
import { pngOf } from '../../helpers/pictures.ts'
import { JULIET, NOW, only, setStage, settle, startOnline, type Stage } from '../stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const PAGE = 'https://a.example/'
const IMAGE = 'https://cdn.example/i.png'
const bytes = new Uint8Array(pngOf(2, 1, [9, 9, 9]))
const picture: StoredPicture = { type: 'image/png', width: 2, height: 1, bytes }

/** What a stranger names is never loaded by itself. */
const JULIET_IS_KNOWN = `<item jid='${JULIET}' subscription='both'/>`

function card(image = IMAGE, url = PAGE): string {
  return `<rdf:Description xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'
    xmlns:og='https://ogp.me/ns#' rdf:about='${url}'><og:title>A</og:title><og:image>${image}</og:image></rdf:Description>`
}

async function withCard(answer: StoredPicture | undefined = picture, image = IMAGE) {
  const fetchPicture = vi.fn((_url: string) => Promise.resolve(answer))
  const stage = setStage({ fetchPicture })
  const stream = await startOnline(stage, JULIET_IS_KNOWN)
  stream.receive(
    `<message from='${JULIET}/x' type='chat' id='m1'><body>${PAGE}</body>${card(image)}</message>`,
  )
  return { stage, stream, fetchPicture, ask: (wish: 'auto' | 'asked') => ask(stage, wish) }
}

function ask(stage: Stage, wish: 'auto' | 'asked', url = PAGE) {
  return stage.app.linkPicture({ messageId: 1, url, wish })
}

describe('S15: the picture of a card', () => {
  test('is asked of nobody before the user wants it; then once, and it is kept', async () => {
    const { fetchPicture, ask } = await withCard()
    expect(await ask('auto')).toBeNull()
    expect(fetchPicture).not.toHaveBeenCalled()
    const loaded = await ask('asked')
    expect(loaded).toEqual({
      ...{ type: 'image/png', width: 2, height: 1 },
      base64: Buffer.from(bytes).toString('base64'),
    })
    expect(fetchPicture.mock.calls).toEqual([[IMAGE, undefined]])
    expect(await ask('auto')).toEqual(loaded)
    expect(fetchPicture).toHaveBeenCalledOnce()
  })

  test('is loaded by itself where the user said so, here or everywhere, until that is taken back', async () => {
    for (const where of ['here', 'everywhere'] as const) {
      const { stage, fetchPicture, ask } = await withCard()
      if (where === 'here') stage.app.setLinkPictures({ conversationId: 1, always: true })
      else stage.app.setSettings({ linkPictures: 'always' })
      expect(await ask('auto')).not.toBeNull()
      expect(fetchPicture).toHaveBeenCalledOnce()
      stage.storage.deleteLinkPictures()
      if (where === 'here') stage.app.setLinkPictures({ conversationId: 1, always: false })
      else stage.app.setSettings({ linkPictures: 'ask' })
      expect(await ask('auto')).toBeNull()
    }
  })

  test('that can not be had is not asked for again by itself', async () => {
    const fetchPicture = vi.fn(() => Promise.resolve(undefined))
    const stage = setStage({ fetchPicture })
    const stream = await startOnline(stage, JULIET_IS_KNOWN)
    stream.receive(`<message from='${JULIET}/x' type='chat' id='m1'><body>${PAGE}</body>${card()}</message>`)
    stage.app.setSettings({ linkPictures: 'always' })
    expect(await ask(stage, 'auto')).toBeNull()
    expect(await ask(stage, 'auto')).toBeNull()
    expect(fetchPicture).toHaveBeenCalledOnce()
    expect(await ask(stage, 'asked')).toBeNull()
    expect(fetchPicture).toHaveBeenCalledTimes(2)
  })

  test('is one that a card of this message names, and nothing else', async () => {
    const { stage, fetchPicture } = await withCard()
    await expect(ask(stage, 'asked', 'https://other.example/')).rejects.toThrow('not-found')
    await expect(stage.app.linkPicture({ messageId: 9, url: PAGE, wish: 'asked' })).rejects.toThrow()
    expect(fetchPicture).not.toHaveBeenCalled()
  })

  test.each([
    'http://cdn.example/i.png',
    'data:image/png;base64,AAAA',
    'file:///etc/passwd',
    'cid:x@bob.xmpp.org',
    'https://me:pw@cdn.example/i.png',
    'javascript:alert(1)',
  ])('is none at %s', async (image) => {
    const { stage } = await withCard(picture, image)
    expect(stage.storage.findMessage(1)?.links).toEqual([
      { url: PAGE, title: 'A', description: '', site: '' },
    ])
  })

  test('asked for from two windows is fetched once', async () => {
    const { fetchPicture, ask } = await withCard()
    const both = await Promise.all([ask('asked'), ask('asked')])
    expect(both[0]).toEqual(both[1])
    expect(fetchPicture).toHaveBeenCalledOnce()
  })
})

test('of many pictures four are on their way at a time', async () => {
  const open: ((picture: StoredPicture) => void)[] = []
  const stage = setStage({ fetchPicture: () => new Promise((resolve) => open.push(resolve)) })
  const stream = await startOnline(stage, JULIET_IS_KNOWN)
  for (let n = 1; n <= 6; n++) {
    stream.receive(
      `<message from='${JULIET}/x' type='chat' id='m${n}'><body>${PAGE}</body>${card(`https://c${n}.example/`)}</message>`,
    )
  }
  const all = [1, 2, 3, 4, 5, 6].map((messageId) =>
    stage.app.linkPicture({ messageId, url: PAGE, wish: 'asked' }),
  )
  await settle()
  expect(open).toHaveLength(4)
  open[0]?.(picture)
  await settle()
  expect(open).toHaveLength(5)
  open[1]?.(picture)
  await settle()
  for (const answer of open.slice(2)) answer(picture)
  expect((await Promise.all(all)).every((each) => each !== null)).toBe(true)
})

test('the cache keeps what was used last, within its bound', () => {
  const links = prepareLinks(openMemoryDatabase(), 2 * bytes.length)
  links.putLinkPicture('https://1.example/', picture, 1)
  links.putLinkPicture('https://2.example/', picture, 2)
  expect(links.findLinkPicture('https://1.example/', 3)).toBeDefined()
  links.putLinkPicture('https://3.example/', picture, 4)
  expect(links.findLinkPicture('https://2.example/', 5)).toBeUndefined()
  expect(links.findLinkPicture('https://1.example/', 6)).toMatchObject({ width: 2, height: 1 })
})

describe('cards of a corrected message', () => {
  const correction = (id: string, body: string, more = '') =>
    `<message from='${JULIET}/x' type='chat' id='${id}'><body>${body}</body>${more}
     <replace xmlns='urn:xmpp:message-correct:0' id='m1'/></message>`

  test('are those that come with the correction', async () => {
    const { stage, stream } = await withCard()
    stream.receive(correction('m2', 'no link now'))
    expect(stage.storage.findMessage(1)).not.toHaveProperty('links')
    const other = card('https://cdn.example/b.png', 'https://b.example/')
    stream.receive(correction('m3', 'https://b.example/', other))
    expect(stage.storage.findMessage(1)?.links).toMatchObject([
      { url: 'https://b.example/', image: 'https://cdn.example/b.png' },
    ])
    stream.receive(correction('m4', 'https://c.example/', other))
    expect(stage.storage.findMessage(1)).not.toHaveProperty('links')
  })

  test('are there also when the correction comes before its message', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, JULIET_IS_KNOWN)
    stream.receive(correction('m2', `better ${PAGE}`, card()))
    stream.receive(`<message from='${JULIET}/x' type='chat' id='m1'><body>first</body></message>`)
    const [message] = stage.app.pageMessages({ conversationId: 1, limit: 5 }).messages
    expect(message).toMatchObject({ body: `better ${PAGE}`, links: [{ url: PAGE, image: IMAGE }] })
  })

  test('of ours stay while the words link there, also on the wire', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, JULIET_IS_KNOWN)
    stage.app.openConversation({ accountId: 1, jid: JULIET })
    const link = { url: PAGE, title: 'A', description: '', site: '', image: IMAGE }
    const { id } = stage.app.sendMessage({ conversationId: 1, body: PAGE, link })
    stream.sent()
    stage.app.correctMessage({ messageId: id, body: `see ${PAGE}` })
    expect(stage.storage.findMessage(id)?.links).toEqual([link])
    const sent = only(stream.sent(), 'message').getChild('Description')
    expect(sent?.getChildText('image')).toBe(IMAGE)
    stage.app.correctMessage({ messageId: id, body: 'never mind' })
    expect(stage.storage.findMessage(id)).not.toHaveProperty('links')
    expect(only(stream.sent(), 'message').getChild('Description')).toBeUndefined()
  })
})
