/** Whatever order messages come, are read, fail and go in: the same as a model of a few lines says. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { NewMessage, Storage } from '../../src-main/storage/storage.ts'
import { createMemoryStorage } from '../helpers/memory-storage.ts'
import { received, withConversation } from './samples.ts'

/** A fresh database each time: twenty seconds at rest. */
const TIMEOUT_MS = 300_000

interface Known {
  readonly id: number
  readonly sentAt: number
  readonly body: string
  readonly key: string
  unread: boolean
}

type Step =
  | { readonly kind: 'insert'; readonly sentAt: number; readonly key: string; readonly unread: boolean }
  | { readonly kind: 'delete'; readonly pick: number }
  | { readonly kind: 'read' }

// Few different times and ids, so that equal times and duplicates are common.
const insert = fc.record({
  kind: fc.constant('insert' as const),
  sentAt: fc.integer({ min: 1, max: 6 }),
  key: fc.integer({ min: 0, max: 14 }).map(String),
  unread: fc.boolean(),
})
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: insert },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), pick: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'read' as const }) },
)
const ids = fc.constantFrom(['messageId'], ['originId'], ['stanzaId'], ['messageId', 'originId'])

const byPlace = (a: Known, b: Known) => a.sentAt - b.sentAt || a.id - b.id

test(
  'any interleaving gives the order, last message and unread line of the model',
  () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), ids, (steps, idKinds) => {
        const storage = createMemoryStorage()
        const conversation = withConversation(storage)
        const model: Known[] = []
        for (const each of steps) {
          apply(storage, model, each, (change) => ({
            ...received(conversation, change),
            ...Object.fromEntries(idKinds.map((kind) => [kind, change.body])),
          }))
          expectSame(storage, conversation.id, [...model].sort(byPlace))
        }
        storage.close()
      }),
      { numRuns: 150 },
    )
  },
  TIMEOUT_MS,
)

test(
  'the same messages in any order end in the same history',
  () => {
    const messages = fc.uniqueArray(insert, { selector: ({ key }) => key, maxLength: 15 })
    const shuffled = messages.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    )
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        expect(historyOf(one)).toStrictEqual(historyOf(other))
      }),
      { numRuns: 100 },
    )
  },
  TIMEOUT_MS,
)

function apply(
  storage: Storage,
  model: Known[],
  step: Step,
  make: (change: Partial<NewMessage>) => NewMessage,
): void {
  if (step.kind === 'read') {
    storage.markRead(1)
    for (const message of model) message.unread = false
  } else if (step.kind === 'delete') {
    const [gone] = model.splice(step.pick, 1)
    storage.deleteMessage(gone?.id ?? 0)
  } else {
    const { sentAt, unread, key } = step
    const message = storage.insertMessage(make({ sentAt, unread, body: key }))
    const duplicate = model.some((known) => known.key === key)
    expect(message === undefined).toBe(duplicate)
    if (message !== undefined) model.push({ id: message.id, sentAt, body: key, key, unread })
  }
}

function expectSame(storage: Storage, conversationId: number, model: readonly Known[]): void {
  const conversation = storage.findConversation(conversationId)
  const unread = model.filter((message) => message.unread)
  const last = model.at(-1)
  expect(conversation).toMatchObject({ unreadCount: unread.length, activeAt: last?.sentAt ?? 0 })
  expect(conversation?.firstUnreadId).toBe(unread[0]?.id)
  expect(conversation?.last?.body).toBe(last?.body)
  expect(idsBackwards(storage, conversationId)).toStrictEqual(model.map(({ id }) => id))
  expect(idsForwards(storage, conversationId)).toStrictEqual(model.map(({ id }) => id))
}

function idsBackwards(storage: Storage, conversationId: number): number[] {
  const found: number[] = []
  for (let page = storage.pageMessages({ conversationId, limit: 3 }); ;) {
    found.unshift(...page.messages.map(({ id }) => id))
    if (!page.hasMore) return found
    page = storage.pageMessages({ conversationId, limit: 3, before: page.messages[0] })
  }
}

function idsForwards(storage: Storage, conversationId: number): number[] {
  const found: number[] = []
  for (let after = { place: 0, id: 0 }; ;) {
    const page = storage.pageMessages({ conversationId, limit: 3, after })
    found.push(...page.messages.map(({ id }) => id))
    if (!page.hasMore) return found
    after = page.messages.at(-1) ?? after
  }
}

/** Times made different by the key, because equal ones are in the order of arrival. */
function historyOf(steps: readonly { sentAt: number; key: string; unread: boolean }[]) {
  const storage = createMemoryStorage()
  const conversation = withConversation(storage)
  for (const { sentAt, key, unread } of steps) {
    storage.insertMessage(received(conversation, { sentAt: sentAt * 100 + Number(key), body: key, unread }))
  }
  const { messages } = storage.pageMessages({ conversationId: conversation.id, limit: 99 })
  const { last, unreadCount, firstUnreadId, activeAt } =
    storage.findConversation(conversation.id) ?? conversation
  const firstUnread = messages.find(({ id }) => id === firstUnreadId)?.body
  storage.close()
  return { bodies: messages.map(({ body }) => body), last, unreadCount, firstUnread, activeAt }
}
