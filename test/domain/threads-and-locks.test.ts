/** Threads (RFC 6121 §5.2.5) and which device a chat goes to (§5.1). */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createResourceLocks } from '../../src-main/domain/outgoing/recipient.ts'
import { nextThread } from '../../src-main/domain/outgoing/thread.ts'
import type { Jid } from '../../src-main/model/jid.ts'
import { JULIET, NOW, ROMEO, setStage, startOnline, type Stage } from './stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const CONTACT = `<item jid='${JULIET}' subscription='both'/>`

function say(stage: Stage, body = 'hi') {
  const { id } = stage.app.openConversation({ accountId: 1, jid: JULIET })
  stage.app.sendMessage({ conversationId: id, body })
  return stage.stream().sent().at(-1)
}

describe('which thread', () => {
  const theirs = (id?: string) => ({ direction: 'in' as const, ...(id && { thread: { id } }) })
  const ours = (id?: string) => ({ direction: 'out' as const, ...(id && { thread: { id } }) })
  test.each([
    ['none yet', [], 'fresh'],
    ['theirs', [theirs('a')], 'a'],
    ['their latest, though ours is later', [ours('b'), theirs('a'), theirs('c')], 'a'],
    ['ours, when they use none', [theirs(), ours('b')], 'b'],
    ['nobody used one', [theirs(), ours()], 'fresh'],
  ])('%s', (_what, recent, expected) => {
    expect(nextThread(recent, () => 'fresh').id).toBe(expected)
  })

  test('is kept over messages, and taken over from the other side with its parent', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, CONTACT)
    const first = say(stage)?.getChildText('thread')
    expect(first).toMatch(/./)
    expect(say(stage)?.getChildText('thread')).toBe(first)
    stream.receive(
      `<message from='${JULIET}/b' type='chat'><body>x</body><thread parent='p'>t</thread></message>`,
    )
    const answer = say(stage)?.getChild('thread')
    expect([answer?.getText(), answer?.attrs['parent']]).toEqual(['t', 'p'])
    const again = setStage({ storage: stage.storage, newId: () => 'later' })
    await startOnline(again, CONTACT)
    expect(say(again)?.getChildText('thread')).toBe('t')
  })
})

const PHONE = `${JULIET}/phone` as Jid
const DESK = `${JULIET}/desk` as Jid

/** What is heard of Juliet, in order, and where the next message then goes. Both devices are there unless they go. */
describe('which device', () => {
  const chat = (from: string) => `<message from='${from}' type='chat'><body>hi</body></message>`
  const presence = (from: string, content = '') => `<presence from='${from}'>${content}</presence>`
  const gone = (from: string) => `<presence from='${from}' type='unavailable'/>`
  test.each<[string, string[], Jid]>([
    ['nothing was heard', [], JULIET],
    ['one wrote', [chat(DESK)], DESK],
    ['the other wrote then', [chat(DESK), chat(PHONE)], PHONE],
    ['it wrote twice', [chat(DESK), chat(DESK)], DESK],
    ['the bare address wrote then', [chat(DESK), chat(JULIET)], JULIET],
    ['it went', [chat(DESK), gone(DESK)], JULIET],
    ['all of the contact went', [chat(DESK), gone(JULIET)], JULIET],
    ['the other one went', [chat(DESK), gone(PHONE)], JULIET],
    ['the other one changed its show', [chat(DESK), presence(PHONE, '<show>chat</show>')], JULIET],
    ['it changed its show itself', [chat(DESK), presence(DESK, '<show>away</show>')], JULIET],
    ['a new one came', [chat(DESK), presence(`${JULIET}/tablet`)], JULIET],
    ['it wrote again after that', [chat(DESK), presence(PHONE), chat(DESK)], DESK],
    ['one wrote that is not seen', [chat(`${JULIET}/ghost`)], JULIET],
    ['another contact is heard of', [chat(DESK), presence('nurse@capulet.example/x')], DESK],
    ['a single message came', [`<message from='${DESK}'><body>hi</body></message>`], JULIET],
    ['the same message came again', [chat(DESK), presence(PHONE), chat(DESK).replace('hi', '')], JULIET],
    [
      'an error of hers answered nothing',
      [chat(DESK), `<message from='${DESK}' type='error' id='n'/>`],
      DESK,
    ],
  ])('%s', async (_what, heard, expected) => {
    const stage = setStage()
    const stream = await startOnline(stage, CONTACT)
    for (const device of [PHONE, DESK]) stream.receive(presence(device))
    for (const stanza of heard) stream.receive(stanza)
    expect(say(stage)?.attrs['to']).toBe(expected)
  })

  test('an error from there unlocks, and Retry goes to the bare address', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, CONTACT)
    stream.receive(presence(DESK))
    stream.receive(chat(DESK))
    const sent = say(stage)
    expect(sent?.attrs['to']).toBe(DESK)
    stream.receive(`<message from='${DESK}' type='error' id='${String(sent?.attrs['id'])}'>
      <error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>`)
    stage.app.retryMessage(1 + 1)
    expect(stream.sent().at(-1)?.attrs['to']).toBe(JULIET)
  })

  test('a stranger’s device is not seen, so never chosen', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(presence(DESK))
    stream.receive(chat(DESK))
    expect(say(stage)?.attrs['to']).toBe(JULIET)
  })

  test('our own other device gets no lock: notes to ourselves go to all', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(`<presence from='${ROMEO}/phone'/>`)
    stream.receive(chat(`${ROMEO}/phone`))
    const { id } = stage.app.openConversation({ accountId: 1, jid: ROMEO })
    stage.app.sendMessage({ conversationId: id, body: 'note' })
    expect(stream.sent().at(-1)?.attrs['to']).toBe(ROMEO)
  })

  test('is forgotten with the stream', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, CONTACT)
    stream.receive(presence(DESK))
    stream.receive(chat(DESK))
    const again = setStage({ storage: stage.storage })
    const next = await startOnline(again, CONTACT)
    next.receive(presence(DESK))
    expect(say(again)?.attrs['to']).toBe(JULIET)
  })
})

test('a lock is for one contact', () => {
  const locks = createResourceLocks()
  locks.wrote(DESK)
  expect(locks.recipient(JULIET, () => true)).toBe(DESK)
  expect(locks.recipient(JULIET, () => false)).toBe(JULIET)
  expect(locks.recipient(ROMEO, () => true)).toBe(ROMEO)
  locks.unlock(PHONE)
  expect(locks.recipient(JULIET, () => true)).toBe(JULIET)
})
