/** Conversations as the user handles them, the settings, and the state that a window draws itself from. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { DEFAULT_SETTINGS } from '../../src-main/model/settings.ts'
import { JULIET, NOW, setStage, startOnline } from './stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

describe('a conversation', () => {
  test('is made when it is opened, once', () => {
    const stage = setStage()
    const first = stage.app.openConversation({ accountId: 1, jid: JULIET })
    const second = stage.app.openConversation({ accountId: 1, jid: JULIET })
    expect(second).toEqual(first)
    expect(first).toMatchObject({ counterpart: JULIET, unreadCount: 0, draft: '', activeAt: NOW })
    expect(stage.events('conversation.changed')).toHaveLength(1)
  })

  test('of an account that is not there, or that is not there itself, is not found', () => {
    const stage = setStage()
    expect(() => stage.app.openConversation({ accountId: 9, jid: JULIET })).toThrow('not-found')
    expect(() => stage.app.pageMessages({ conversationId: 9, limit: 5 })).toThrow('not-found')
    expect(() => stage.app.markRead(9)).toThrow('not-found')
    expect(() => stage.app.setDraft(9, 'x')).toThrow('not-found')
  })

  test('that is read says so once, and keeps nothing unread', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(`<message from='${JULIET}' type='chat'><body>one</body></message>`)
    stream.receive(`<message from='${JULIET}' type='chat'><body>two</body></message>`)
    const [conversation] = stage.app.state().conversations
    const first = stage.events('message.added')[0]?.message.id
    expect(conversation).toMatchObject({ unreadCount: 2, firstUnreadId: first })
    stage.eventNames()
    stage.app.markRead(conversation?.id ?? 0)
    stage.app.markRead(conversation?.id ?? 0)
    expect(stage.eventNames()).toEqual(['conversation.changed'])
    const [read] = stage.app.state().conversations
    expect(read?.unreadCount).toBe(0)
    expect(read).not.toHaveProperty('firstUnreadId')
  })

  test('keeps its draft over a restart, and tells of a draft only when it changed', () => {
    const before = setStage()
    const { id } = before.app.openConversation({ accountId: 1, jid: JULIET })
    before.eventNames()
    before.app.setDraft(id, 'But so')
    before.app.setDraft(id, 'But so')
    expect(before.eventNames()).toEqual(['conversation.changed'])
    const after = setStage({ storage: before.storage })
    expect(after.app.state().conversations).toMatchObject([{ id, draft: 'But so' }])
  })

  test('is paged by keys', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    for (const each of ['a', 'b', 'c', 'd']) {
      stream.receive(`<message from='${JULIET}' type='chat'><body>${each}</body></message>`)
    }
    const conversationId = stage.app.state().conversations[0]?.id ?? 0
    const newest = stage.app.pageMessages({ conversationId, limit: 2 })
    expect(newest.messages.map(({ body }) => body)).toEqual(['c', 'd'])
    expect(newest.hasMore).toBe(true)
    const [oldest] = newest.messages
    const before = oldest && { place: oldest.place, id: oldest.id }
    const older = stage.app.pageMessages({ conversationId, limit: 2, before })
    expect(older.messages.map(({ body }) => body)).toEqual(['a', 'b'])
    expect(older.hasMore).toBe(false)
    const around = stage.app.pageMessages({
      conversationId,
      limit: 3,
      around: { messageId: oldest?.id ?? 0 },
    })
    expect(around).toMatchObject({ aroundId: oldest?.id, hasMore: true, hasNewer: false })
    expect(() => stage.app.pageMessages({ conversationId, limit: 3, around: { messageId: 99 } })).toThrow(
      'not-found',
    )
  })
})

describe('settings', () => {
  test('change one by one, are announced, and stay over a restart', () => {
    const stage = setStage()
    expect(stage.app.setSettings({ theme: 'dark', language: undefined })).toEqual({
      ...DEFAULT_SETTINGS,
      theme: 'dark',
    })
    stage.app.setSettings({ notifications: false })
    const settings = { ...DEFAULT_SETTINGS, theme: 'dark', notifications: false }
    expect(stage.events('settings.changed').at(-1)).toEqual({ settings })
    expect(setStage({ storage: stage.storage }).app.state().settings).toEqual(settings)
  })
})

test('notices from before the start are part of the state', () => {
  const stage = setStage({ notices: [{ code: 'database-damaged', setAside: 'old.db' }] })
  expect(stage.app.state().notices).toEqual([{ code: 'database-damaged', setAside: 'old.db' }])
})

test('the state can be cloned to a window as it is', async () => {
  const stage = setStage()
  const stream = await startOnline(stage, `<item jid='${JULIET}' subscription='both'/>`)
  stream.receive(`<presence from='${JULIET}/x'/>`)
  stream.receive(`<message from='${JULIET}' type='chat'><body>hi</body></message>`)
  const state = stage.app.state()
  expect(structuredClone(state)).toEqual(state)
})
