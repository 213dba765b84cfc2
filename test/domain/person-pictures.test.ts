/** Pictures of contacts: believed only from themselves and by their hash, fetched once, and a storm of them changes little. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { BareJid } from '../../src-main/model/jid.ts'
import type { Element } from '../../src-main/protocol/xml.ts'
import type { FakeStream } from '../helpers/fake-stream.ts'
import { makePng, photo, type MadePicture } from '../helpers/picture.ts'
import { JULIET, NOW, result, ROMEO, setStage, settle, startOnline, type Stage } from './stage.ts'

const FACE = makePng(8, [200, 30, 60])
const OTHER = makePng(8, [1, 2, 3])
const DATA = 'urn:xmpp:avatar:data'
const METADATA = 'urn:xmpp:avatar:metadata'
const MALLORY = 'mallory@evil.example' as BareJid
let stage: Stage
let stream: FakeStream

beforeEach(async () => {
  vi.useFakeTimers({ now: NOW })
  stage = setStage()
  stream = await startOnline(stage, `<item jid='${JULIET}' subscription='both'/>`)
  stream.sent()
})
afterEach(() => void vi.useRealTimers())

const info = ({ hash, bytes }: MadePicture, more = ''): string =>
  `<info id='${hash}' bytes='${bytes.length}' type='image/png' width='8' height='8'${more}/>`
const event = (items: string, from: string): string =>
  `<message from='${from}' to='${ROMEO}'><event xmlns='http://jabber.org/protocol/pubsub#event'>${items}</event></message>`
const announced = (id: string, infos: string, from: string): string =>
  event(
    `<items node='${METADATA}'><item id='${id}'><metadata xmlns='${METADATA}'>${infos}</metadata></item></items>`,
    from,
  )

function announce(picture: MadePicture | undefined, from: string = JULIET): void {
  const [id, infos] = picture === undefined ? ['current', ''] : [picture.hash, info(picture)]
  stream.receive(announced(id, infos, from))
}

function inPresence(hash: string, from = `${JULIET}/balcony`): void {
  stream.receive(
    `<presence from='${from}'><x xmlns='vcard-temp:x:update'><photo>${hash}</photo></x></presence>`,
  )
}

/** Who shows which picture, after what was announced has had its time. */
async function shown(): Promise<readonly (readonly [string, string])[]> {
  await settle(6000)
  return stage.app.state().personPictures.map(({ jid, hash }) => [jid, hash] as const)
}

const wanted = (hash: string, jid: BareJid = JULIET) =>
  stage.app.fetchPersonPicture({ accountId: 1, jid, hash })
const isFor = (what: 'data' | 'vCard') => (each: Element) =>
  what === 'vCard'
    ? each.getChild('vCard', 'vcard-temp') !== undefined
    : each.getChild('pubsub')?.getChild('items')?.attrs['node'] === DATA

/** Answers what was asked of an address; gives back how many asked. */
async function answer(what: 'data' | 'vCard', payload: string, from: string = JULIET): Promise<number> {
  await settle()
  const asked = stream.sent().filter((each) => each.is('iq') && isFor(what)(each))
  for (const request of asked) {
    stream.receive(result(request, payload).replace('<iq ', `<iq from='${from}' `))
  }
  await settle()
  return asked.length
}

const data = ({ base64 }: MadePicture, id: string): string =>
  `<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='${DATA}'><item id='${id}'>
    <data xmlns='${DATA}'>${base64}</data></item></items></pubsub>`

describe('who shows which', () => {
  test('is learned by an event of the contact, told once, and kept', async () => {
    announce(FACE)
    expect(await shown()).toEqual([[JULIET, FACE.hash]])
    expect(stage.events('picture.changed')).toEqual([
      { pictures: [{ accountId: 1, jid: JULIET, hash: FACE.hash }] },
    ])
    announce(FACE)
    await settle(6000)
    expect(stage.events('picture.changed')).toHaveLength(1)
    const again = setStage({ storage: stage.storage })
    expect(again.app.state().personPictures).toEqual([{ accountId: 1, jid: JULIET, hash: FACE.hash }])
  })

  test.each([
    ['a stranger', MALLORY, 'of its own'],
    ['a device of the contact', `${JULIET}/balcony`, ''],
    ['the contact’s server', 'capulet.example', ''],
    ['nobody', '', ''],
  ])('is not learned from %s', async (_, from) => {
    announce(FACE, from)
    stream.receive(announced(FACE.hash, info(FACE), from))
    expect(await shown()).toEqual([])
    if (from === MALLORY) inPresence(FACE.hash, `${MALLORY}/x`)
    expect(await shown()).toEqual([])
  })

  test('is learned of the own account from itself alone', async () => {
    announce(FACE, ROMEO)
    expect(await shown()).toEqual([[ROMEO, FACE.hash]])
    inPresence(OTHER.hash, `${ROMEO}/phone`)
    expect(await shown()).toEqual([[ROMEO, FACE.hash]])
  })

  test('a vCard’s picture stands where none is published, and comes back after one', async () => {
    inPresence(OTHER.hash)
    expect(await shown()).toEqual([[JULIET, OTHER.hash]])
    announce(FACE)
    expect(await shown()).toEqual([[JULIET, FACE.hash]])
    announce(undefined)
    expect(await shown()).toEqual([[JULIET, OTHER.hash]])
    inPresence('')
    expect(await shown()).toEqual([])
  })

  test.each([
    ['an empty announcement', announced('current', '', JULIET)],
    ['an item that is taken back', event(`<items node='${METADATA}'><retract id='x'/></items>`, JULIET)],
    ['a node that is purged', event(`<purge node='${METADATA}'/>`, JULIET)],
    ['one that lies on the web', announced('x', info(OTHER, ` url='https://tracker.example/'`), JULIET)],
  ])('%s leaves none', async (_, stanza) => {
    announce(FACE)
    await shown()
    stream.receive(stanza)
    expect(await shown()).toEqual([])
    await stage.app.stop()
    expect(stage.events('picture.changed').at(-1)?.pictures).toEqual([
      { accountId: 1, jid: JULIET, hash: '' },
    ])
  })

  test('goes with the contact', async () => {
    announce(FACE)
    await shown()
    stream.receive(
      `<iq type='set' id='p1'><query xmlns='jabber:iq:roster'><item jid='${JULIET}' subscription='remove'/></query></iq>`,
    )
    expect(await shown()).toEqual([])
    expect(await wanted(FACE.hash)).toBeUndefined()
  })

  test('of a storm of changes the last counts, and few are told', async () => {
    for (let round = 0; round < 500; round += 1) {
      announce(round % 2 === 0 ? FACE : OTHER)
      await settle(10)
    }
    // Five seconds of it: what came first, and what came last.
    expect(await shown()).toEqual([[JULIET, OTHER.hash]])
    expect(stage.events('picture.changed').length).toBeLessThanOrEqual(3)
  })

  test.each([
    [200, 1],
    [450, 3],
  ])('a whole roster of %d that announces at once is no more than %d changes', async (count, changes) => {
    const many = Array.from({ length: count }, (_, index) => `n${index}@many.example`)
    for (const [index, jid] of many.entries()) {
      stream.receive(
        `<iq type='set' id='r${index}'><query xmlns='jabber:iq:roster'><item jid='${jid}' subscription='both'/></query></iq>`,
      )
    }
    for (const jid of many) announce(FACE, jid)
    expect(await shown()).toHaveLength(count)
    expect(stage.events('picture.changed')).toHaveLength(changes)
  })
})

describe('the picture', () => {
  test('comes out of the data node, is asked for once for good, and is there offline', async () => {
    announce(FACE)
    await shown()
    const [one, two] = [wanted(FACE.hash), wanted(FACE.hash)]
    expect(await answer('data', data(FACE, FACE.hash))).toBe(1)
    expect(await one).toEqual({ type: 'image/png', base64: FACE.base64 })
    expect(await two).toEqual(await one)
    expect(await wanted(FACE.hash)).toEqual(await one)
    expect(stream.sent().filter((each) => each.is('iq'))).toEqual([])
    await stage.app.stop()
    expect(await wanted(FACE.hash)).toEqual(await one)
  })

  test('comes out of the vCard where that has announced it', async () => {
    inPresence(FACE.hash)
    await shown()
    const picture = wanted(FACE.hash)
    expect(await answer('vCard', photo(FACE))).toBe(1)
    expect(await picture).toEqual({ type: 'image/png', base64: FACE.base64 })
  })

  test('comes out of the vCard where both announce it and the node does not have it', async () => {
    announce(FACE)
    inPresence(FACE.hash)
    await shown()
    const picture = wanted(FACE.hash)
    expect(await answer('data', data(OTHER, FACE.hash))).toBe(1)
    expect(await answer('vCard', photo(FACE))).toBe(1)
    expect(await picture).toEqual({ type: 'image/png', base64: FACE.base64 })
  })

  test.each([
    ['is another one', data(OTHER, FACE.hash)],
    ['is no picture', data({ ...FACE, base64: Buffer.from('<svg/>').toString('base64') }, FACE.hash)],
    ['is of another item', data(FACE, OTHER.hash)],
    ['is missing', ''],
  ])('is none where it %s, and is not asked for again', async (_, payload) => {
    announce(FACE)
    await shown()
    const picture = wanted(FACE.hash)
    await answer('data', payload)
    expect(await picture).toBeUndefined()
    expect(await wanted(FACE.hash)).toBeUndefined()
    expect(stream.sent().filter((each) => each.is('iq'))).toEqual([])
    expect(stage.storage.findPicture(OTHER.hash, NOW)).toBeUndefined()
  })

  test('is none where it unpacks to more than the window could bear', async () => {
    const bomb = makePng(1, [0, 0, 0], 30_000)
    announce(bomb)
    await shown()
    const picture = wanted(bomb.hash)
    await answer('data', data(bomb, bomb.hash))
    expect(await picture).toBeUndefined()
  })

  test('is asked for only of who announces it', async () => {
    announce(FACE)
    await shown()
    expect(await wanted(OTHER.hash)).toBeUndefined()
    expect(await wanted(FACE.hash, MALLORY)).toBeUndefined()
    expect(await wanted(FACE.hash, ROMEO)).toBeUndefined()
    expect(stream.sent().filter((each) => each.is('iq'))).toEqual([])
  })
})
