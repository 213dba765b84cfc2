/** Subscription requests: waiting for the user, answered here or elsewhere, over restarts. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { FakeStream } from '../helpers/fake-stream.ts'
import {
  attributes,
  JULIET,
  jid,
  NOW,
  only,
  result,
  ROMEO,
  setStage,
  settle,
  startOnline,
  type Stage,
} from './stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const PARIS = jid('paris@verona.example')
const REQUEST = `<presence type='subscribe' from='paris@verona.example'><status>Marry me</status>
  <nick xmlns='http://jabber.org/protocol/nick'>County Paris</nick></presence>`

function types(stream: FakeStream): readonly unknown[] {
  return attributes(stream.sent(), 'type')
}

async function withRequest(): Promise<{ stage: Stage; stream: FakeStream }> {
  const stage = setStage()
  const stream = await startOnline(stage)
  stream.receive(REQUEST)
  return { stage, stream }
}

describe('a request', () => {
  test('is stored and announced, and nothing is answered for the user', async () => {
    const { stage, stream } = await withRequest()
    const request = { accountId: 1, jid: PARIS, text: 'Marry me', nick: 'County Paris', receivedAt: NOW }
    expect(stage.app.state().requests).toEqual([request])
    expect(stage.events('subscription.requested')).toEqual([{ request }])
    expect(stream.sent()).toEqual([])
  })

  test('waits over a restart; the server’s repetition is not announced again', async () => {
    const { stage: before } = await withRequest()
    const stage = setStage({ storage: before.storage })
    expect(stage.app.state().requests).toHaveLength(1)
    const stream = await startOnline(stage)
    await settle(1000)
    stream.receive(REQUEST)
    expect(stage.events('subscription.requested')).toEqual([])
    expect(stage.app.state().requests).toMatchObject([{ receivedAt: NOW }])
  })

  test('with new words is announced again', async () => {
    const { stage, stream } = await withRequest()
    stream.receive(
      `<presence type='subscribe' from='paris@verona.example'><status>Please</status></presence>`,
    )
    expect(stage.events('subscription.requested')).toHaveLength(2)
    expect(stage.app.state().requests).toMatchObject([{ text: 'Please' }])
  })

  test.each(['from', 'both'])(
    'of a contact whose subscription is %s is granted without the user',
    async (kind) => {
      const stage = setStage()
      const stream = await startOnline(stage, `<item jid='juliet@capulet.example' subscription='${kind}'/>`)
      stream.receive(`<presence type='subscribe' from='juliet@capulet.example/balcony'/>`)
      expect(only(stream.sent(), 'presence').attrs).toMatchObject({ type: 'subscribed', to: JULIET })
      expect(stage.app.state().requests).toEqual([])
    },
  )

  test.each(['none', 'to'])('of a contact whose subscription is %s asks the user', async (kind) => {
    const stage = setStage()
    const stream = await startOnline(stage, `<item jid='juliet@capulet.example' subscription='${kind}'/>`)
    stream.receive(`<presence type='subscribe' from='juliet@capulet.example'/>`)
    expect(stage.app.state().requests).toHaveLength(1)
  })

  test('of oneself is dropped', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(`<presence type='subscribe' from='${ROMEO}'/>`)
    expect(stage.app.state().requests).toEqual([])
  })

  test('by thousands does not fill the disk', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    for (let i = 0; i < 1000; i++) stream.receive(`<presence type='subscribe' from='bot${i}@evil.example'/>`)
    expect(stage.app.state().requests).toHaveLength(200)
  })

  test('that is taken back is gone', async () => {
    const { stage, stream } = await withRequest()
    stream.receive(`<presence type='unsubscribe' from='paris@verona.example'/>`)
    expect(stage.app.state().requests).toEqual([])
    expect(stage.events('subscription.answered')).toEqual([{ accountId: 1, jid: PARIS }])
  })

  test('that another device accepted is gone with the roster push that says so', async () => {
    const { stage, stream } = await withRequest()
    const push = (subscription: string): string =>
      `<iq type='set' id='p'><query xmlns='jabber:iq:roster'><item jid='${PARIS}' subscription='${subscription}'/></query></iq>`
    stream.receive(push('to'))
    expect(stage.app.state().requests).toHaveLength(1)
    stream.receive(push('from'))
    expect(stage.app.state().requests).toEqual([])
    expect(stage.events('subscription.answered')).toHaveLength(1)
  })

  test('that was accepted while we were away is gone with the roster', async () => {
    const { stage: before } = await withRequest()
    const stage = setStage({ storage: before.storage })
    await startOnline(stage, `<item jid='${PARIS}' subscription='both'/>`)
    expect(stage.app.state().requests).toEqual([])
  })
})

describe('the answer', () => {
  const answer = (stage: Stage, how: 'accept' | 'accept-and-add' | 'refuse'): Promise<void> =>
    stage.app.answerSubscription({ accountId: 1, jid: PARIS, answer: how })

  test.each([
    ['accept', 'subscribed'],
    ['refuse', 'unsubscribed'],
  ] as const)('%s sends %s, and the request is gone', async (how, type) => {
    const { stage, stream } = await withRequest()
    await answer(stage, how)
    expect(only(stream.sent(), 'presence').attrs).toMatchObject({ type, to: PARIS })
    expect(stage.app.state().requests).toEqual([])
    expect(stage.events('subscription.answered')).toEqual([{ accountId: 1, jid: PARIS }])
  })

  test('accept-and-add writes the roster first, without the nick, then grants and asks', async () => {
    const { stage, stream } = await withRequest()
    const answering = answer(stage, 'accept-and-add')
    const set = only(stream.sent(), 'iq')
    expect(set.getChild('query')?.getChild('item')?.attrs).toEqual({ jid: PARIS })
    expect(stage.app.state().requests).toHaveLength(1)
    stream.receive(result(set))
    await answering
    expect(types(stream)).toEqual(['subscribed', 'subscribe'])
    expect(stage.app.state().requests).toEqual([])
  })

  test('accept-and-add of a contact keeps its name', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, `<item jid='${PARIS}' name='Paris' subscription='none'/>`)
    stream.receive(REQUEST)
    await answer(stage, 'accept-and-add')
    expect(types(stream)).toEqual(['subscribed', 'subscribe'])
  })

  test('that the server refuses grants nothing and keeps the request', async () => {
    const { stage, stream } = await withRequest()
    const answering = answer(stage, 'accept-and-add')
    const id = String(only(stream.sent(), 'iq').attrs['id'])
    stream.receive(`<iq type='error' id='${id}'><error type='cancel'/></iq>`)
    await expect(answering).rejects.toThrow('refused-by-server')
    expect(stream.sent()).toEqual([])
    expect(stage.app.state().requests).toHaveLength(1)
  })

  test('offline is refused, and the request waits on', async () => {
    const { stage, stream } = await withRequest()
    stream.drop()
    await expect(answer(stage, 'accept')).rejects.toThrow('offline')
    expect(stage.app.state().requests).toHaveLength(1)
  })

  test('to nobody’s request sends nothing', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    await expect(answer(stage, 'accept')).rejects.toThrow('not-found')
    expect(stream.sent()).toEqual([])
  })
})

test('subscribed and unsubscribed change nothing by themselves: the roster push does', async () => {
  const stage = setStage()
  const stream = await startOnline(
    stage,
    `<item jid='juliet@capulet.example' subscription='none' ask='subscribe'/>`,
  )
  stage.eventNames()
  stream.receive(`<presence type='subscribed' from='juliet@capulet.example'/>`)
  stream.receive(`<presence type='unsubscribed' from='juliet@capulet.example'/>`)
  expect(stage.eventNames()).toEqual([])
  expect(stream.sent()).toEqual([])
  expect(stage.app.state().contacts).toMatchObject([{ subscription: 'none', ask: true }])
})

test('asking again for a contact’s presence', async () => {
  const stage = setStage()
  const stream = await startOnline(stage)
  stage.app.requestSubscription({ accountId: 1, jid: JULIET })
  expect(only(stream.sent(), 'presence').attrs).toMatchObject({ type: 'subscribe', to: JULIET })
  stream.drop()
  expect(() => stage.app.requestSubscription({ accountId: 1, jid: JULIET })).toThrow('offline')
})

test('RFC 6121 §3.1.1, §3.1.4: each has an id of its own, not that of the request, and goes to the bare address', async () => {
  const stage = setStage()
  const stream = await startOnline(stage)
  stage.app.requestSubscription({ accountId: 1, jid: JULIET })
  stream.receive(`<presence type='subscribe' id='theirs' from='juliet@capulet.example/balcony'/>`)
  await stage.app.answerSubscription({ accountId: 1, jid: JULIET, answer: 'accept' })
  const ids = attributes(stream.sent(), 'id')
  expect(ids).toEqual([expect.stringMatching(/^id-/), expect.stringMatching(/^id-/)])
  expect(ids[0]).not.toBe(ids[1])
})
