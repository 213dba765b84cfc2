/** What others call themselves: contacts by their events, strangers in what they write first; nobody for anybody else. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { FakeStream } from '../helpers/fake-stream.ts'
import { jid, JULIET, NOW, only, ROMEO, setStage, settle, startOnline, type Stage } from './stage.ts'

const NICK = 'http://jabber.org/protocol/nick'
const PARIS = jid('paris@verona.example')
let stage: Stage
let stream: FakeStream

beforeEach(async () => {
  vi.useFakeTimers({ now: NOW })
  stage = setStage()
  stream = await startOnline(stage, `<item jid='${JULIET}' subscription='both'/>`)
  stream.sent()
})
afterEach(() => void vi.useRealTimers())

const nick = (name: string): string => `<nick xmlns='${NICK}'>${name}</nick>`
const event = (inner: string, from: string = JULIET): string =>
  `<message from='${from}' to='${ROMEO}'><event xmlns='http://jabber.org/protocol/pubsub#event'>${inner}</event></message>`
const items = (payload: string): string =>
  `<items node='${NICK}'><item id='current'>${payload}</item></items>`

function says(from: string, name: string): void {
  stream.receive(
    `<message from='${from}' to='${ROMEO}' type='chat' id='${name}'><body>x</body>${nick(name)}</message>`,
  )
}

/** Who is called what, after what was said has had its time. */
async function known(): Promise<readonly (readonly [string, string])[]> {
  await settle(6000)
  return stage.app.state().nicknames.map((each) => [each.jid, each.nick] as const)
}

describe('a contact', () => {
  test('tells it by an event, which is told once and kept', async () => {
    stream.receive(event(items(nick(' Jule '))))
    expect(await known()).toEqual([[JULIET, 'Jule']])
    stream.receive(event(items(nick('Jule'))))
    await settle(6000)
    expect(stage.events('nickname.changed')).toEqual([
      { nicknames: [{ accountId: 1, jid: JULIET, nick: 'Jule' }] },
    ])
    expect(setStage({ storage: stage.storage }).app.state().nicknames).toHaveLength(1)
  })

  test.each([
    ['a stranger', PARIS],
    ['a device of the contact', `${JULIET}/balcony`],
    ['the contact’s server', 'capulet.example'],
  ])('is not called so by %s', async (_, from) => {
    stream.receive(event(items(nick('Jule')), from))
    expect(await known()).toEqual([])
  })

  test('is not called so by a message, which everybody else may not have got', async () => {
    says(`${JULIET}/balcony`, 'Jule')
    expect(await known()).toEqual([])
  })

  test.each([
    ['an empty one', items(nick(''))],
    ['one that is taken back', `<items node='${NICK}'><retract id='current'/></items>`],
    ['a node that is purged', `<purge node='${NICK}'/>`],
  ])('is called nothing any more after %s', async (_, inner) => {
    stream.receive(event(items(nick('Jule'))))
    await known()
    stream.receive(event(inner))
    expect(await known()).toEqual([])
    expect(stage.events('nickname.changed').at(-1)).toEqual({
      nicknames: [{ accountId: 1, jid: JULIET, nick: '' }],
    })
  })

  test('is called as before after what is no nickname', async () => {
    stream.receive(event(items(nick('Jule'))))
    await known()
    stream.receive(event(items(`<nick xmlns='other'>Tybalt</nick>`)))
    expect(await known()).toEqual([[JULIET, 'Jule']])
  })

  test('may change it as often as it likes: few of these are told, and the last counts', async () => {
    for (let round = 0; round < 300; round += 1) {
      stream.receive(event(items(nick(`J${round}`))))
      await settle(10)
    }
    expect(await known()).toEqual([[JULIET, 'J299']])
    expect(stage.events('nickname.changed').length).toBeLessThanOrEqual(3)
  })
})

describe('our own account', () => {
  const asked = (): string => {
    stage.app.requestSubscription({ accountId: 1, jid: PARIS })
    return only(stream.sent(), 'presence').getChildText('nick', NICK) ?? ''
  }

  test('is called as any of its devices says, and introduces itself so to who is asked', async () => {
    expect(asked()).toBe('')
    stream.receive(event(items(nick('Romy')), ROMEO))
    expect(await known()).toEqual([[ROMEO, 'Romy']])
    expect(asked()).toBe('Romy')
    stream.receive(event(`<items node='${NICK}'><retract id='current'/></items>`, ROMEO))
    expect(await known()).toEqual([])
    expect(asked()).toBe('')
  })

  test('does not say it to who is granted or refused', async () => {
    stream.receive(event(items(nick('Romy')), ROMEO))
    stream.receive(`<presence type='subscribe' from='${PARIS}'/>`)
    await known()
    stream.sent()
    await stage.app.answerSubscription({ accountId: 1, jid: PARIS, answer: 'accept' })
    expect(only(stream.sent(), 'presence').getChild('nick')).toBeUndefined()
  })
})

describe('a stranger', () => {
  test('is called so while what they wrote waits, and forgotten with it', async () => {
    says(`${PARIS}/phone`, 'The Count')
    expect(await known()).toEqual([[PARIS, 'The Count']])
    const [conversation] = stage.app.state().conversations
    stage.app.deleteRequest(conversation?.id ?? 0)
    expect(await known()).toEqual([])
  })

  test('is not heard any more once taken', async () => {
    says(`${PARIS}/phone`, 'The Count')
    await known()
    const [conversation] = stage.app.state().conversations
    stage.app.acceptRequest(conversation?.id ?? 0)
    says(`${PARIS}/phone`, 'Juliet')
    expect(await known()).toEqual([[PARIS, 'The Count']])
  })
})
