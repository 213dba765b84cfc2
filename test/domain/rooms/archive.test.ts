/** A room's archive (XEP-0313): caught up with at each coming in, loaded back into, and what only it can say. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Message } from '../../../src-main/model/message.ts'
import type { FakeStream } from '../../helpers/fake-stream.ts'
import { createArchiveServer, type ArchiveServer } from '../archive-server.ts'
import { answerRoster, NOW, only, settle, setStage, startOnline, type Stage } from '../stage.ts'
import { answerInfo, FULL, occupant, reflected, ROOM, said, subject } from './fake-room.ts'

beforeEach(() => vi.useFakeTimers({ now: NOW }))
afterEach(() => vi.useRealTimers())

const HOUR = 3_600_000
let server: ArchiveServer
beforeEach(() => {
  server = createArchiveServer(undefined, ROOM)
})

function archive(from: number, to: number): void {
  for (let index = from; index <= to; index += 1)
    keep(index, said('juliet', `m${index}`, { occupantId: 'her' }))
}

function keep(index: number, stanza: string): void {
  server.messages.push({ id: `a${index}`, stampMs: NOW - HOUR + index * 1000, stanza })
}

function rows(stage: Stage): readonly Message[] {
  const { id = 0 } = stage.storage.findConversationWith(1, ROOM) ?? {}
  return stage.storage.pageMessages({ conversationId: id, limit: 1000 }).messages
}
const bodies = (stage: Stage): readonly string[] => rows(stage).map(({ body }) => body)
const names = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `m${from + index}`)

async function letIn(stream: FakeStream): Promise<void> {
  stream.receive(occupant('juliet', { id: 'her' }))
  stream.receive(occupant('romeo', { id: 'me', codes: [110] }))
  stream.receive(subject('Roses'))
  await server.serve(stream)
}

async function enter(stage: Stage): Promise<FakeStream> {
  const stream = await startOnline(stage)
  await stage.app.joinRoom({ accountId: 1, jid: ROOM, nick: 'romeo', autojoin: false })
  await settle()
  await answerInfo(stream, FULL)
  await letIn(stream)
  return stream
}

async function again(stage: Stage): Promise<FakeStream> {
  const before = stage.stream()
  before.drop()
  while (stage.stream() === before) await settle(1000)
  const stream = stage.stream()
  await settle()
  await answerRoster(stream)
  await letIn(stream)
  return stream
}

describe('coming in', () => {
  test('the first time the newest page is fetched, and is no news; scrolling brings the rest', async () => {
    archive(1, 130)
    const stage = setStage()
    const stream = await enter(stage)
    expect(bodies(stage)).toEqual(names(81, 130))
    expect(stage.app.state().conversations[0]?.unreadCount).toBe(0)
    const { id } = stage.app.state().conversations[0] ?? { id: 0 }
    const older = stage.app.loadOlder({ conversationId: id })
    await server.serve(stream)
    await expect(older).resolves.toMatchObject({ added: 50, more: true })
    const oldest = stage.app.loadOlder({ conversationId: id })
    await server.serve(stream)
    await expect(oldest).resolves.toMatchObject({ added: 30, more: false })
    expect(bodies(stage)).toEqual(names(1, 130))
  })

  test('the next time what was said meanwhile is fetched, once, and is news', async () => {
    archive(1, 3)
    const stage = setStage()
    await enter(stage)
    archive(4, 120)
    await again(stage)
    expect(bodies(stage)).toEqual(names(1, 120))
    expect(stage.app.state().conversations[0]?.unreadCount).toBe(117)
  })

  test('of whom is ignored it is kept out of sight, counts as here, and comes back', async () => {
    archive(1, 3)
    const stage = setStage()
    await enter(stage)
    const { id: conversationId = 0 } = stage.app.state().conversations[0] ?? {}
    await stage.app.ignoreOccupant({ conversationId, nick: 'juliet', ignored: true })
    archive(4, 60)
    keep(61, said('nurse', 'm61', { occupantId: 'n' }))
    const told = stage.events('archive.added').length
    await again(stage)
    expect(bodies(stage)).toEqual([...names(1, 3), 'm61'])
    expect(stage.app.state().conversations[0]).toMatchObject({ unreadCount: 1, last: { body: 'm61' } })
    const added = stage.events('archive.added').slice(told)
    expect(added.flatMap(({ messages }) => messages.map(({ body }) => body))).toEqual(['m61'])
    await stage.app.ignoreOccupant({ conversationId, nick: 'juliet', ignored: false })
    expect(bodies(stage)).toEqual(names(1, 61))
  })

  test('what came live is met again by its id', async () => {
    archive(1, 3)
    const stage = setStage()
    const stream = await enter(stage)
    stream.receive(said('juliet', 'm4', { stanzaId: 'a4', occupantId: 'her' }))
    archive(4, 6)
    await again(stage)
    expect(bodies(stage)).toEqual(names(1, 6))
  })

  test('a message of ours that never came back is in the archive: it is not said twice', async () => {
    archive(1, 1)
    const stage = setStage()
    const stream = await enter(stage)
    const { id } = stage.app.state().conversations[0] ?? { id: 0 }
    stage.app.sendMessage({ conversationId: id, body: 'm2' })
    const sent = only(stream.sent(), 'message')
    keep(2, reflected(sent, { occupantId: 'me' }))
    await again(stage)
    expect(server.beside.filter((each) => each.is('message'))).toEqual([])
    expect(rows(stage)).toMatchObject([
      { body: 'm1' },
      { body: 'm2', direction: 'out', state: 'sent', author: { nick: 'romeo', occupantId: 'me' } },
    ])
  })

  test('a message of ours that never arrived goes after what was said meanwhile', async () => {
    archive(1, 1)
    const stage = setStage()
    const stream = await enter(stage)
    const { id } = stage.app.state().conversations[0] ?? { id: 0 }
    stage.app.sendMessage({ conversationId: id, body: 'mine' })
    stream.sent()
    archive(2, 2)
    const fresh = await again(stage)
    const sent = only(
      server.beside.filter((each) => each.is('message')),
      'message',
    )
    expect(sent.getChildText('body')).toBe('mine')
    fresh.receive(reflected(sent, { stanzaId: 'a3', occupantId: 'me' }))
    expect(bodies(stage)).toEqual(['m1', 'm2', 'mine'])
  })

  test('what we said elsewhere is ours, by the occupant-id alone', async () => {
    keep(1, said('romeo', 'mine', { occupantId: 'me' }))
    keep(2, said('romeo', 'not mine', { occupantId: 'iago' }))
    keep(3, said('montague', 'mine too', { occupantId: 'me' }))
    const stage = setStage()
    await enter(stage)
    expect(rows(stage).map(({ direction }) => direction)).toEqual(['out', 'in', 'out'])
  })

  test('reactions and corrections out of it find their messages, also backwards', async () => {
    archive(1, 1)
    const correction = `<replace xmlns='urn:xmpp:message-correct:0' id='m1'/>`
    keep(2, said('juliet', 'better', { id: 'c', occupantId: 'her', more: correction }))
    const reactions = `<reactions xmlns='urn:xmpp:reactions:0' id='a1'><reaction>🌹</reaction></reactions>`
    keep(3, said('nurse', '', { id: 'r', occupantId: 'n', more: reactions }))
    const stage = setStage()
    await enter(stage)
    expect(rows(stage)).toMatchObject([
      { body: 'better', reactions: [{ author: { nick: 'nurse', occupantId: 'n' }, emoji: ['🌹'] }] },
    ])
  })
})

test('a gap is said, until it is filled', async () => {
  archive(1, 3)
  const stage = setStage()
  const stream = await enter(stage)
  archive(4, 6)
  stream.drop()
  while (stage.stream() === stream) await settle(1000)
  const fresh = stage.stream()
  await settle()
  await answerRoster(fresh)
  fresh.receive(occupant('romeo', { id: 'me', codes: [110] }))
  fresh.receive(said('juliet', 'm7', { stanzaId: 'a7', occupantId: 'her' }))
  const { id } = stage.app.state().conversations[0] ?? { id: 0 }
  expect(stage.app.pageMessages({ conversationId: id, limit: 50 }).gaps).toHaveLength(1)
  archive(7, 7)
  await server.serve(fresh)
  expect(stage.app.pageMessages({ conversationId: id, limit: 50 }).gaps).toBeUndefined()
  expect(bodies(stage)).toEqual(names(1, 7))
})

test('what comes live while the archive is read stands after what that has from before, whatever the clocks say', async () => {
  archive(1, 3)
  const stage = setStage()
  await enter(stage)
  server.pageSize = 2
  const ahead = (index: number): void => {
    const stanza = said('juliet', `m${index}`, { occupantId: 'her' })
    server.messages.push({ id: `a${index}`, stampMs: NOW + HOUR + index * 1000, stanza })
  }
  ;[4, 5, 6].forEach(ahead)
  let pages = 0
  server.crossing = () => {
    pages += 1
    if (pages !== 2) return
    ahead(7)
    stage.stream().receive(said('juliet', 'm7', { stanzaId: 'a7', occupantId: 'her' }))
  }
  await again(stage)
  expect(bodies(stage)).toEqual(names(1, 7))
})

test('what came live need not be fetched again', async () => {
  archive(1, 1)
  const stage = setStage()
  const stream = await enter(stage)
  archive(2, 3)
  stream.receive(said('juliet', 'm2', { stanzaId: 'a2', occupantId: 'her' }))
  await settle(1000)
  stream.receive(said('juliet', 'm3', { stanzaId: 'a3', occupantId: 'her' }))
  archive(4, 5)
  server.queries.length = 0
  await again(stage)
  const [query] = server.queries
  expect(query?.getChild('query')?.getChild('set')?.getChildText('after')).toBe('a3')
  expect(bodies(stage)).toEqual(names(1, 5))
})
