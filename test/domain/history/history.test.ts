/** Deleting what was said in a conversation: here alone, for good if it is wanted, and never what is new. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createArchiveServer } from '../archive-server.ts'
import { JULIET, NOW, setStage, settle, startOnline, type Stage } from '../stage.ts'

beforeEach(
  () =>
    void vi.useFakeTimers({
      now: NOW,
      toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval', 'Date'],
    }),
)
afterEach(() => void vi.useRealTimers())

const bodies = (stage: Stage) =>
  stage.app.pageMessages({ conversationId: 1, limit: 200 }).messages.map(({ body }) => body)

async function withMessages(
  count: number,
): Promise<{ stage: Stage; stream: Awaited<ReturnType<typeof startOnline>> }> {
  const stage = setStage()
  const stream = await startOnline(stage, `<item jid='${JULIET}' subscription='both'/>`)
  for (let nth = 1; nth <= count; nth++) {
    stream.receive(`<message from='${JULIET}/x' type='chat' id='m${nth}'><body>words ${nth}</body></message>`)
  }
  return { stage, stream }
}

describe('deleting the history of a conversation', () => {
  test('leaves nothing but the conversation, read and empty, and tells of it once', async () => {
    const { stage } = await withMessages(130)
    await stage.app.deleteHistory({ conversationId: 1, keepAway: true })
    expect(bodies(stage)).toEqual([])
    const [conversation] = stage.app.state().conversations
    expect(conversation).toMatchObject({ id: 1, unreadCount: 0 })
    expect(conversation).not.toHaveProperty('last')
    expect(conversation).not.toHaveProperty('firstUnreadId')
    expect(stage.events('conversation.cleared')).toEqual([{ conversationId: 1 }])
    expect(stage.events('message.removed')).toEqual([])
  })

  test('touches no other one, and what comes afterwards is there', async () => {
    const { stage, stream } = await withMessages(3)
    stream.receive(`<message from='nurse@x.example/x' type='chat' id='n'><body>other</body></message>`)
    await stage.app.deleteHistory({ conversationId: 1, keepAway: true })
    stream.receive(`<message from='${JULIET}/x' type='chat' id='new'><body>new</body></message>`)
    // Kept for us by the server since before the history was deleted: nobody has seen it here.
    stream.receive(
      `<message from='${JULIET}/x' type='chat' id='late'><body>late</body>
       <delay xmlns='urn:xmpp:delay' from='montague.example' stamp='2020-01-01T00:00:00Z'/></message>`,
    )
    expect([...bodies(stage)].sort()).toEqual(['late', 'new'])
    expect(stage.storage.pageMessages({ conversationId: 2, limit: 9 }).messages).toHaveLength(1)
  })

  test('lets what is still to be sent go out', async () => {
    const { stage, stream } = await withMessages(2)
    stream.interrupt()
    await settle()
    stage.app.sendMessage({ conversationId: 1, body: 'unsent' })
    await stage.app.deleteHistory({ conversationId: 1, keepAway: true })
    expect(bodies(stage)).toEqual(['unsent'])
  })

  test('of one that is not there says so', async () => {
    const { stage } = await withMessages(1)
    await expect(stage.app.deleteHistory({ conversationId: 9, keepAway: true })).rejects.toThrow('not-found')
  })

  test('remembers how far it went, for the archive', async () => {
    const { stage } = await withMessages(3)
    const last = stage.storage.findLastPlace(1) ?? 0
    await stage.app.deleteHistory({ conversationId: 1, keepAway: true })
    expect(stage.storage.isCleared(1, last)).toBe(true)
    expect(stage.storage.isCleared(1, last + 1)).toBe(false)
    const other = await withMessages(3)
    await other.stage.app.deleteHistory({ conversationId: 1, keepAway: false })
    expect(other.stage.storage.isCleared(1, last)).toBe(false)
  })
})

describe('marking as read', () => {
  test('is one event, however many messages there are', async () => {
    const { stage } = await withMessages(300)
    stage.eventNames()
    stage.app.markRead(1)
    expect(stage.eventNames()).toEqual(['conversation.changed'])
    expect(stage.app.state().conversations[0]).toMatchObject({ unreadCount: 0 })
  })

  test('of very many goes on little by little, and leaves what comes meanwhile', async () => {
    const { stage, stream } = await withMessages(1200)
    stage.eventNames()
    stage.app.markRead(1)
    stage.app.markRead(1)
    expect(stage.app.state().conversations[0]?.unreadCount).toBe(1200)
    stream.receive(`<message from='${JULIET}/x' type='chat' id='new'><body>new</body></message>`)
    stage.eventNames()
    await vi.waitFor(() => expect(stage.app.state().conversations[0]?.unreadCount).toBe(1))
    await vi.waitFor(() => expect(stage.eventNames()).toContain('conversation.changed'))
    const { firstUnreadId } = stage.app.state().conversations[0] ?? {}
    expect(stage.storage.findMessage(firstUnreadId ?? 0)?.body).toBe('new')
    stage.app.markRead(1)
    expect(stage.app.state().conversations[0]).toMatchObject({ unreadCount: 0 })
  })
})

describe('what was deleted', () => {
  const archived = (body: string): string =>
    `<message xmlns='jabber:client' from='${JULIET}/phone' to='romeo@montague.example' type='chat' id='${body}'><body>${body}</body></message>`

  async function withArchive(keepAway: boolean): Promise<readonly string[]> {
    const stage = setStage()
    stage.app.setSettings({ historyLimit: 'none' })
    const server = createArchiveServer()
    for (let nth = 1; nth <= 400; nth++) {
      server.messages.push({
        id: `a${nth}`,
        stampMs: NOW - 1_000_000 + nth * 1000,
        stanza: archived(`old ${nth}`),
      })
    }
    stage.app.start()
    await settle()
    // The newest are here, the older ones not yet.
    await server.serve(stage.stream())
    const before = bodies(stage)
    expect(before.length).toBeGreaterThan(0)
    expect(before).not.toContain('old 1')
    await stage.app.deleteHistory({ conversationId: 1, keepAway })
    const loading = { isDone: false }
    void stage.app.loadOlder({ conversationId: 1 }).finally(() => (loading.isDone = true))
    while (!loading.isDone) {
      await server.serve(stage.stream())
      await new Promise((resolve) => setImmediate(resolve))
    }
    return bodies(stage)
  }

  test('for good does not come back as older history is loaded', async () => {
    expect(await withArchive(true)).toEqual([])
  })

  test('for now may: what is not loaded yet comes', async () => {
    expect(await withArchive(false)).not.toEqual([])
  })
})
