/** Staying in rooms (XEP-0410): that a room has lost us is found out, and put right. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Element } from '../../../src-main/protocol/xml.ts'
import type { FakeStream } from '../../helpers/fake-stream.ts'
import { NOW, ROMEO, settle, setStage } from '../stage.ts'
import { enter, joinOf, room, ROOM, said } from './fake-room.ts'

beforeEach(() => vi.useFakeTimers({ now: NOW }))
afterEach(() => vi.useRealTimers())

const MINUTE = 60_000
/** Of silence: the room is being asked, and has a moment to answer. */
const LONG = 15 * MINUTE + 1000

function pingOf(sent: readonly Element[]): Element | undefined {
  return sent.find((each) => each.is('iq') && each.getChild('ping', 'urn:xmpp:ping') !== undefined)
}

function answer(stream: FakeStream, ping: Element | undefined, condition?: string): void {
  if (ping === undefined) throw new Error('the room was not asked')
  const id = String(ping.attrs['id'])
  const error = `<error type='cancel'><${condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>`
  stream.receive(
    condition === undefined
      ? `<iq type='result' from='${ROOM}/romeo' to='${ROMEO}/orchard' id='${id}'/>`
      : `<iq type='error' from='${ROOM}/romeo' to='${ROMEO}/orchard' id='${id}'>${error}</iq>`,
  )
}

test('a room is asked after a quarter of an hour of silence, and not before', async () => {
  const stage = setStage()
  const { stream } = await enter(stage)
  await settle(10 * MINUTE)
  stream.receive(said('juliet', 'still here'))
  await settle(14 * MINUTE)
  expect(pingOf(stream.sent())).toBeUndefined()
  await settle(2 * MINUTE)
  const ping = pingOf(stream.sent())
  expect(ping?.attrs['to']).toBe(`${ROOM}/romeo`)
  answer(stream, ping)
  await settle()
  expect(room(stage).phase).toBe('in')
})

describe('it answers', () => {
  test.each(['service-unavailable', 'feature-not-implemented', 'item-not-found'])(
    '%s: we are in',
    async (condition) => {
      const stage = setStage()
      const { stream } = await enter(stage)
      await settle(LONG)
      answer(stream, pingOf(stream.sent()), condition)
      await settle()
      expect(room(stage).phase).toBe('in')
    },
  )

  test('not-acceptable: we were removed in silence, and go in again', async () => {
    const stage = setStage()
    const { stream } = await enter(stage)
    await settle(LONG)
    answer(stream, pingOf(stream.sent()), 'not-acceptable')
    await settle()
    expect(room(stage).phase).toBe('joining')
    expect(joinOf(stream.sent()).attrs['to']).toBe(`${ROOM}/romeo`)
  })

  test('nothing: it is asked again later', async () => {
    const stage = setStage()
    const { stream } = await enter(stage)
    await settle(LONG)
    expect(pingOf(stream.sent())).toBeDefined()
    await settle(2 * MINUTE)
    expect(pingOf(stream.sent())).toBeDefined()
    expect(room(stage).phase).toBe('in')
  })
})

test('after a stream that broke and went on, at once', async () => {
  const stage = setStage()
  const { stream } = await enter(stage)
  stream.interrupt()
  stream.resume()
  await settle()
  expect(pingOf(stream.sent())?.attrs['to']).toBe(`${ROOM}/romeo`)
})

test('when our words do not come back, soon', async () => {
  const stage = setStage()
  const { stream, conversationId } = await enter(stage)
  stage.app.sendMessage({ conversationId, body: 'Hark' })
  await settle(2 * MINUTE)
  expect(pingOf(stream.sent())).toBeDefined()
})
