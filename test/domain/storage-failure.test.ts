/** A full disk: what comes in is not acknowledged and comes again; what is typed is said to be not kept. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { StorageError, type Storage, type StorageErrorCode } from '../../src-main/storage/storage.ts'
import { createMemoryStorage } from '../helpers/memory-storage.ts'
import {
  answerRoster,
  bodies,
  JULIET,
  NOW,
  only,
  phase,
  result,
  ROMEO,
  setStage,
  settle,
  startOnline,
} from './stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const MESSAGE = `<message from='${JULIET}' type='chat' id='m1'><body>Art thou?</body></message>`

type Writes = Exclude<keyof Storage, 'searcher'>

/** Storage whose writes of some kind fail while `fault` has a code. */
function setFailing(names: readonly Writes[]) {
  const fault: { code: StorageErrorCode | undefined } = { code: undefined }
  const real = createMemoryStorage()
  const failing = Object.fromEntries(
    names.map((name) => [
      name,
      (...args: never[]) => {
        if (fault.code !== undefined) throw new StorageError(fault.code, 'no space left')
        const call: (...args: never[]) => unknown = real[name]
        return call(...args)
      },
    ]),
  )
  return { stage: setStage({ storage: { ...real, ...failing } }), fault }
}

describe('a message that comes in while the disk is full', () => {
  test.each<[string, Writes, string]>([
    ['a single message', 'insertSingle', ''],
    ['a headline', 'insertFeedItem', `type='headline'`],
  ])('%s is not acknowledged either, and is taken when it comes again', async (_what, write, type) => {
    const { stage, fault } = setFailing([write])
    const stream = await startOnline(stage)
    const stanza = `<message from='${JULIET}' ${type} id='s1'><body>Art thou?</body></message>`
    fault.code = 'disk-full'
    stream.receive(stanza)
    expect(stream.state).toBe('closed')
    fault.code = undefined
    await settle(2000)
    await answerRoster(stage.stream())
    stage.stream().receive(stanza)
    const { inbox, feed } = stage.app.state()
    expect([...inbox.messages, ...feed]).toMatchObject([{ preview: 'Art thou?', unread: true }])
  })

  test('ends the stream, says so once, and is taken when it comes again', async () => {
    const { stage, fault } = setFailing(['insertMessage'])
    const stream = await startOnline(stage)
    fault.code = 'disk-full'
    stream.receive(MESSAGE)
    expect(stream.state).toBe('closed')
    expect(phase(stage)).toBe('waiting')
    expect(stage.events('notice.raised')).toEqual([
      { notice: { code: 'disk-full', detail: 'no space left' } },
    ])
    expect(stage.app.state().notices).toHaveLength(1)
    // The rest of the packet: nothing of it may be taken for handled either.
    stream.receive(`<message from='${JULIET}' type='chat' id='m2'><body>Deny thy father</body></message>`)
    expect(stage.app.state().conversations).toEqual([])

    await settle(1000)
    await answerRoster(stage.stream())
    stage.stream().receive(MESSAGE)
    expect(phase(stage)).toBe('waiting')
    expect(stage.events('notice.raised')).toHaveLength(1)

    fault.code = undefined
    await settle(2000)
    await answerRoster(stage.stream())
    stage.stream().receive(MESSAGE)
    expect(stage.app.state().conversations).toMatchObject([{ last: { body: 'Art thou?' }, unreadCount: 1 }])
    expect(stage.app.state().notices).toEqual([])
  })

  test('leaves no empty conversation behind', async () => {
    const { stage, fault } = setFailing(['insertMessage'])
    const stream = await startOnline(stage)
    fault.code = 'disk-full'
    stream.receive(MESSAGE)
    expect(stage.app.state().conversations).toEqual([])
    expect(stage.events('conversation.changed')).toEqual([])
  })

  test.each(['damaged', 'locked'] as const)('also when the database is %s', async (code) => {
    const { stage, fault } = setFailing(['insertMessage'])
    const stream = await startOnline(stage)
    fault.code = code
    stream.receive(MESSAGE)
    expect(phase(stage)).toBe('waiting')
    expect(stage.events('notice.raised')).toEqual([])
  })
})

test('one row that can never be stored does not break the stream for ever', async () => {
  const { stage, fault } = setFailing(['insertMessage'])
  const stream = await startOnline(stage)
  fault.code = 'other'
  stream.receive(MESSAGE)
  expect(phase(stage)).toBe('online')
  expect(stage.logs.filter(({ level }) => level === 'error')).toHaveLength(1)
})

test('a roster push that can’t be kept ends the stream', async () => {
  const { stage, fault } = setFailing(['upsertRosterItem'])
  const stream = await startOnline(stage)
  fault.code = 'disk-full'
  stream.receive(
    `<iq type='set' id='p'><query xmlns='jabber:iq:roster' ver='v2'><item jid='${JULIET}'/></query></iq>`,
  )
  expect(phase(stage)).toBe('waiting')
  expect(stage.storage.getRosterVersion(1)).toBe('v1')
})

test('a roster that can’t be kept ends the stream', async () => {
  const { stage, fault } = setFailing(['replaceRoster'])
  fault.code = 'disk-full'
  stage.app.start()
  await settle()
  const request = only(stage.stream().sent(), 'iq')
  stage.stream().receive(result(request, `<query xmlns='jabber:iq:roster'><item jid='${JULIET}'/></query>`))
  await settle()
  expect(phase(stage)).toBe('waiting')
  expect(stage.events('notice.raised')).toHaveLength(1)
})

test('an acknowledgement that can’t be kept leaves the message pending, to go out again under its id', async () => {
  const { stage, fault } = setFailing(['setMessageState'])
  const stream = await startOnline(stage)
  const { id } = stage.app.openConversation({ accountId: 1, jid: JULIET })
  stage.app.sendMessage({ conversationId: id, body: 'hello' })
  fault.code = 'disk-full'
  stream.ack()
  fault.code = undefined
  await settle(1000)
  expect(bodies(await answerRoster(stage.stream()))).toEqual(['hello'])
  stage.stream().ack()
  expect(stage.app.state().conversations).toMatchObject([{ last: { state: 'sent' } }])
})

describe('what the user does while the disk is full', () => {
  test.each([
    ['sendMessage', (stage) => stage.app.sendMessage({ conversationId: 1, body: 'hello' })],
    ['setDraft', (stage) => stage.app.setDraft(1, 'hel')],
    ['openConversation', (stage) => stage.app.openConversation({ accountId: 1, jid: ROMEO })],
    ['setSettings', (stage) => stage.app.setSettings({ theme: 'dark' })],
    ['setPresence', (stage) => stage.app.setPresence({ show: 'away', status: '' })],
  ] as [string, (stage: ReturnType<typeof setStage>) => unknown][])('%s says so', async (_name, act) => {
    const { stage, fault } = setFailing([
      ...(['insertMessage', 'setDraft', 'insertConversation', 'setSettings', 'setOwnPresence'] as const),
    ])
    const stream = await startOnline(stage)
    stage.app.openConversation({ accountId: 1, jid: JULIET })
    stage.eventNames()
    fault.code = 'disk-full'
    expect(() => act(stage)).toThrow('disk-full')
    expect(stage.eventNames()).toEqual([])
    expect(stream.sent()).toEqual([])
  })

  test('signing in says so, closes its stream and keeps no password', async () => {
    const { stage, fault } = setFailing(['insertAccount'])
    fault.code = 'disk-full'
    const signing = stage.app.signIn({
      ...{
        address: 'nurse@capulet.example',
        password: 'p',
        remember: true,
        insist: false,
        security: 'automatic',
      },
    })
    const refused = expect(signing).rejects.toMatchObject({ data: { code: 'disk-full' } })
    await settle()
    await answerRoster(stage.stream())
    await refused
    expect(stage.stream().state).toBe('closed')
    expect(stage.secrets.passwords.size).toBe(1)
  })
})
