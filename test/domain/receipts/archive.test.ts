/** Receipts and markers out of the archive, whichever way it is read and however it is cut into pages. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { AppEvents } from '../../../src-main/model/events.ts'
import type { Message } from '../../../src-main/model/message.ts'
import { createArchiveServer, type ArchiveServer } from '../archive-server.ts'
import { JULIET, NOW, ROMEO, settle, setStage, type Stage } from '../stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const START = NOW - 3_600_000
const own = (id: string): string =>
  `<message xmlns='jabber:client' from='${ROMEO}/phone' to='${JULIET}' type='chat' id='${id}'><body>${id}</body></message>`
const theirs = (content: string): string =>
  `<message xmlns='jabber:client' from='${JULIET}/x' to='${ROMEO}' type='chat'>${content}</message>`
const received = (id: string): string => theirs(`<received xmlns='urn:xmpp:receipts' id='${id}'/>`)
const displayed = (id: string): string => theirs(`<displayed xmlns='urn:xmpp:chat-markers:0' id='${id}'/>`)

function append(server: ArchiveServer, ...stanzas: readonly string[]): void {
  for (const stanza of stanzas) {
    const count = server.messages.length
    server.messages.push({ id: `a${count}`, stampMs: START + count * 1000, stanza })
  }
}

/** Each of thirty messages has its receipt; the twentieth and the tenth were marked, in this order. */
const HISTORY = Array.from({ length: 30 }, (_, index) => `o${index + 1}`).flatMap((id) => [
  ...[own(id), received(id)],
  ...(id === 'o25' ? [displayed('o20'), displayed('o10')] : []),
])

const far = ({ state, deliveredAt, displayedAt }: Message): string =>
  displayedAt !== undefined ? 'displayed' : deliveredAt !== undefined ? 'delivered' : state
const EXPECTED = Array.from({ length: 30 }, (_, index) => (index < 20 ? 'displayed' : 'delivered'))

const rows = (stage: Stage): readonly Message[] => {
  const id = stage.storage.findConversationWith(1, JULIET)?.id ?? 0
  return stage.storage.pageMessages({ conversationId: id, limit: 200 }).messages
}

/** What a window knows that was open all the time. */
function watch(stage: Stage): () => readonly Message[] {
  const known = new Map<number, Message>()
  const take = (message: Message): void => void known.set(message.id, message)
  stage.app.events.onAny((name, payload) => {
    if (name === 'archive.added') (payload as AppEvents['archive.added']).messages.forEach(take)
    if (name !== 'message.changed') return
    const { message } = payload as AppEvents['message.changed']
    if (known.has(message.id)) take(message)
  })
  return () => [...known.values()].sort((one, other) => one.place - other.place)
}

test.each([1, 2, 3, 7, 50])('read backwards in pages of %i', async (pageSize) => {
  const server = createArchiveServer()
  server.pageSize = pageSize
  append(server, ...HISTORY)
  const stage = setStage()
  const shown = watch(stage)
  stage.app.start()
  await settle()
  await server.serve(stage.stream())
  expect(rows(stage).map(far)).toEqual(EXPECTED)
  expect(shown().map(far)).toEqual(EXPECTED)
})

test.each([1, 3, 50])('caught up with in pages of %i', async (pageSize) => {
  const server = createArchiveServer()
  append(server, own('o0'))
  const stage = setStage()
  const shown = watch(stage)
  stage.app.start()
  await settle()
  await server.serve(stage.stream())
  server.pageSize = pageSize
  append(server, ...HISTORY)
  const before = stage.stream()
  before.drop()
  while (stage.stream() === before) await settle(1000)
  await server.serve(stage.stream())
  expect(rows(stage).map(far)).toEqual(['displayed', ...EXPECTED])
  expect(shown().map(far)).toEqual(['displayed', ...EXPECTED])
  expect(rows(stage).find(({ body }) => body === 'o1')?.deliveredAt).toBe(START + 2000)
})
