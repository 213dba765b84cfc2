/** Pictures of rooms and occupants: asked for by who is seen, believed by their hash, kept, and bounded (attack S15). */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { BareJid } from '../../src-main/model/jid.ts'
import type { Element } from '../../src-main/protocol/xml.ts'
import type { FakeStream } from '../helpers/fake-stream.ts'
import { makePng, photo } from '../helpers/picture.ts'
import { enter, occupant, PLAIN, ROOM, room } from './rooms/fake-room.ts'
import { NOW, result, setStage, settle, type Stage } from './stage.ts'

const FACE = makePng(8, [200, 30, 60])
const OTHER = makePng(8, [1, 2, 3])
const INFO = 'http://jabber.org/protocol/disco#info'
let stage: Stage
let stream: FakeStream

beforeEach(async () => {
  vi.useFakeTimers({ now: NOW })
  stage = setStage()
  ;({ stream } = await enter(stage))
})
afterEach(() => void vi.useRealTimers())

const update = (hash: string): string => `<x xmlns='vcard-temp:x:update'><photo>${hash}</photo></x>`
const isCardOf = (to: string) => (each: Element) =>
  each.is('iq') && each.attrs['to'] === to && each.getChild('vCard', 'vcard-temp') !== undefined

/** Answers what was asked of an address; gives back how many asked. */
async function answer(to: string, payload: string, isAsked = isCardOf(to)): Promise<number> {
  await settle()
  const asked = stream.sent().filter(isAsked)
  for (const request of asked) {
    stream.receive(result(request, payload).replace('<iq ', `<iq from='${to}' `))
  }
  await settle()
  return asked.length
}

const info = (...hashes: string[]): string =>
  `<query xmlns='${INFO}'><identity category='conference' type='text'/><feature var='${PLAIN[0]}'/>
    <x xmlns='jabber:x:data' type='result'>
    <field var='FORM_TYPE' type='hidden'><value>http://jabber.org/protocol/muc#roominfo</value></field>
    <field var='muc#roominfo_avatarhash'>${hashes.map((hash) => `<value>${hash}</value>`).join('')}</field></x></query>`
const isInfo = (each: Element): boolean =>
  each.attrs['to'] === ROOM && each.getChild('query', INFO) !== undefined

function wanted(hash: string, nick?: string, of: BareJid = ROOM) {
  return stage.app.fetchPicture({ accountId: 1, room: of, hash, ...(nick === undefined ? {} : { nick }) })
}

describe('of an occupant', () => {
  const JULIET = `${ROOM}/juliet`
  const show = (hash: string): void => stream.receive(occupant('juliet', { id: 'her', more: update(hash) }))

  test('comes through the room, and is asked for once for good', async () => {
    show(FACE.hash)
    const [one, two] = [wanted(FACE.hash, 'juliet'), wanted(FACE.hash, 'juliet')]
    expect(await answer(JULIET, photo(FACE))).toBe(1)
    expect(await one).toEqual({ type: 'image/png', base64: FACE.base64 })
    expect(await two).toEqual(await one)
    expect(await wanted(FACE.hash, 'juliet')).toEqual(await one)
    expect(stream.sent().filter(isCardOf(JULIET))).toEqual([])
  })

  test('is none where it is another one than the hash says, and is not asked for again', async () => {
    show(FACE.hash)
    const picture = wanted(FACE.hash, 'juliet')
    await answer(JULIET, photo(OTHER))
    expect(await picture).toBeUndefined()
    expect(stage.storage.findPicture(OTHER.hash, NOW)).toBeUndefined()
    expect(await wanted(FACE.hash, 'juliet')).toBeUndefined()
    expect(stream.sent().filter(isCardOf(JULIET))).toEqual([])
  })

  test('is none where it unpacks to more than the window could bear', async () => {
    const bomb = makePng(1, [0, 0, 0], 30_000)
    show(bomb.hash)
    const picture = wanted(bomb.hash, 'juliet')
    await answer(JULIET, photo(bomb))
    expect(await picture).toBeUndefined()
  })

  test('is asked for only of who is there and announces it', async () => {
    show(FACE.hash)
    expect(await wanted(OTHER.hash, 'juliet')).toBeUndefined()
    expect(await wanted(FACE.hash, 'nurse')).toBeUndefined()
    expect(await wanted(FACE.hash, 'juliet', 'elsewhere@rooms.example' as BareJid)).toBeUndefined()
    expect(stream.sent().filter((each) => each.is('iq'))).toEqual([])
  })

  test('who is scrolled past is not asked: two at once, the last seen first, and few that wait', async () => {
    const nicks = Array.from({ length: 100 }, (_, index) => `n${index}`)
    for (const nick of nicks) stream.receive(occupant(nick, { id: nick, more: update(FACE.hash) }))
    const asked = nicks.map((nick) => wanted(FACE.hash, nick))
    await settle()
    const sent = stream.sent().filter((each) => each.getChild('vCard', 'vcard-temp') !== undefined)
    expect(sent.map((each) => each.attrs['to'])).toEqual([`${ROOM}/n0`, `${ROOM}/n1`])
    for (const request of sent) {
      stream.receive(
        result(request, photo(OTHER)).replace('<iq ', `<iq from='${String(request.attrs['to'])}' `),
      )
    }
    await settle()
    const next = stream.sent().filter((each) => each.getChild('vCard', 'vcard-temp') !== undefined)
    expect(next.map((each) => each.attrs['to'])).toEqual([`${ROOM}/n99`, `${ROOM}/n98`])
    expect(await Promise.all(asked.slice(2, 50))).toEqual(Array(48).fill(undefined))
  })
})

describe('of a room', () => {
  test('is known by what it announces, in one of its formats, and kept by its own hash', async () => {
    const picture = wanted(OTHER.hash)
    await answer(ROOM, info(OTHER.hash, FACE.hash), isInfo)
    await answer(ROOM, photo(FACE))
    expect(await picture).toEqual({ type: 'image/png', base64: FACE.base64 })
    expect(stage.storage.findPicture(OTHER.hash, NOW)).toBeUndefined()
    expect(stage.storage.findPicture(FACE.hash, NOW)).toMatchObject({ type: 'image/png' })
  })

  test('that tells its hash by presence is asked what else it says, and has the picture', async () => {
    stream.receive(`<presence from='${ROOM}'>${update(FACE.hash)}</presence>`)
    // Not every room says it with the rest.
    expect(await answer(ROOM, info(), isInfo)).toBe(1)
    await settle(200)
    expect(room(stage).traits?.avatarHash).toBe(FACE.hash)
    stream.receive(`<presence from='${ROOM}'>${update('')}</presence>`)
    await answer(ROOM, info(), isInfo)
    await settle(200)
    expect(room(stage).traits?.avatarHash).toBeUndefined()
  })

  test('is kept: it is there without a connection too', async () => {
    stage.storage.putPicture(FACE.hash, { type: 'image/png', bytes: FACE.bytes }, NOW)
    await stage.app.stop()
    expect(await wanted(FACE.hash)).toEqual({ type: 'image/png', base64: FACE.base64 })
    expect(await wanted(OTHER.hash)).toBeUndefined()
  })
})

describe('which one somebody announces', () => {
  const NAKED = 'naked@rooms.example' as BareJid
  const announced = (room: BareJid, more: { nick?: string; ask?: boolean } = {}) =>
    stage.app.announcedPicture({ accountId: 1, room, ask: false, ...more })
  const isAsked = (each: Element): boolean => each.attrs['to'] === NAKED

  test('is known of who is there, and nobody is asked', async () => {
    stream.receive(occupant('juliet', { id: 'her', more: update(FACE.hash) }))
    expect(await announced(ROOM, { nick: 'juliet', ask: true })).toBe(FACE.hash)
    expect(await announced(ROOM, { nick: 'nobody', ask: true })).toBeUndefined()
    expect(await announced(ROOM, { ask: true })).toBeUndefined()
    expect(await announced(NAKED)).toBeUndefined()
    expect(stream.sent().filter((each) => each.is('iq'))).toEqual([])
  })

  test('is asked of a room where that may be, and is none where it does not answer so', async () => {
    const hash = announced(NAKED, { ask: true })
    expect(await answer(NAKED, info(FACE.hash), isAsked)).toBe(1)
    expect(await hash).toBe(FACE.hash)
    const none = announced(NAKED, { ask: true })
    expect(await answer(NAKED, `<query xmlns='${INFO}'/>`, isAsked)).toBe(1)
    expect(await none).toBeUndefined()
  })
})
