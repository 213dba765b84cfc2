import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryStorage } from '../helpers/memory-storage.ts'
import type { Indexing } from '../../src-main/model/search.ts'
import { SearchCancelled, type Searcher } from '../../src-main/storage/search.types.ts'
import { StorageError } from '../../src-main/storage/storage.ts'
import { JULIET, NOW, setStage, settle } from './stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

test('what was said is found, over all and in one conversation', async () => {
  const { app, storage } = setStage()
  const [account] = storage.listAccounts()
  const { id: conversationId } = app.openConversation({ accountId: account?.id ?? 0, jid: JULIET })
  const message = app.sendMessage({ conversationId, body: 'But soft, what light' })
  const found = await app.findWords(1, { text: 'light', limit: 10 })
  expect(found.hits).toMatchObject([{ id: message.id, conversationId, found: ['light'] }])
  expect(await app.findWords(1, { text: 'soft', conversationId, limit: 10 })).toMatchObject({ total: 1 })
  expect(await app.findWords(1, { text: 'dark', limit: 10 })).toStrictEqual({ hits: [], hasMore: false })
})

test('an ended search answers with nothing, a failed one with an error', async () => {
  const storage = createMemoryStorage()
  const asked: string[] = []
  let error: Error = new SearchCancelled()
  const searcher: Searcher = {
    ...storage.searcher,
    search(caller) {
      asked.push(caller)
      return Promise.reject(error)
    },
    cancel: (caller) => void asked.push(`not ${caller}`),
  }
  const { app } = setStage({ storage: { ...storage, searcher } })
  expect(await app.findWords(7, { text: 'x', limit: 10 })).toStrictEqual({ hits: [], hasMore: false })
  await app.findWords(7, { text: 'x', conversationId: 3, limit: 10 })
  app.cancelSearch(7)
  expect(asked).toStrictEqual(['7', '7 3', 'not 7'])
  error = new StorageError('other', 'the search worker ended')
  await expect(app.findWords(7, { text: 'x', limit: 10 })).rejects.toBe(error)
})

test('windows hear how far the index is, and of a fault in the database', async () => {
  const storage = createMemoryStorage()
  const listeners: { indexing?: (indexing: Indexing | undefined) => void; damaged?: () => void } = {}
  let indexing: Indexing | undefined = { done: 0.5 }
  const searcher: Searcher = {
    ...storage.searcher,
    indexing: () => indexing,
    onIndexing: (listener) => void (listeners.indexing = listener),
    onDamaged: (listener) => void (listeners.damaged = listener),
  }
  const { app, events } = setStage({ storage: { ...storage, searcher } })
  expect(app.state().indexing).toStrictEqual({ done: 0.5 })
  indexing = undefined
  listeners.indexing?.(undefined)
  expect(events('search.indexing')).toStrictEqual([{ indexing: null }])
  expect(app.state().indexing).toBeNull()
  listeners.damaged?.()
  listeners.damaged?.()
  await settle()
  expect(app.state().notices).toStrictEqual([{ code: 'database-doubtful' }])
})
