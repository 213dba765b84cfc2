/**
 * How fast storage is with a long history: `npm run bench`, or `npm run bench -- --messages 1000000`. Prints one table.
 * A time never decides a test; what must not become slow is in query-plans.test.ts.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { BareJid } from '../../src-main/model/jid.ts'
import { openStorage } from '../../src-main/storage/index.ts'
import type { NewMessage, Storage } from '../../src-main/storage/storage.ts'

const CONVERSATIONS = 500
const WORDS = 'but soft what light through yonder window breaks it is the east'.split(' ')
const START = Date.UTC(2026, 0, 1)

const { values } = parseArgs({ options: { messages: { type: 'string', default: '100000' } } })
const count = Number(values.messages)
const folder = mkdtempSync(join(tmpdir(), 'linnet-bench-'))
try {
  console.table(measureAll(join(folder, 'linnet.db')))
} finally {
  rmSync(folder, { recursive: true })
}

function measureAll(file: string): Record<string, Measure> {
  const open = () => openStorage({ file, now: Date.now }).storage
  const { conversations, fill } = timeFill(open())
  const opening = time(5, () => open().close())
  const storage = open()
  const rows = {
    [`fill ${count} messages (per message)`]: fill,
    'open (with check)': opening,
    ...measureUse(storage, conversations),
  }
  storage.close()
  console.log(
    `${count} messages, ${CONVERSATIONS} conversations, ${Math.round(statSync(file).size / 1e6)} MB`,
  )
  return rows
}

function timeFill(storage: Storage) {
  const account = storage.insertAccount({
    jid: 'romeo@montague.example' as BareJid,
    enabled: true,
    security: 'automatic',
    resource: 'bench',
    remember: false,
  })
  const conversations = Array.from({ length: CONVERSATIONS }, (_, index) =>
    storage.insertConversation(account.id, `contact${index}@capulet.example` as BareJid, START),
  )
  const started = performance.now()
  for (let done = 0; done < count; done += 1000) {
    storage.transaction(() => {
      for (let index = done; index < Math.min(count, done + 1000); index += 1) {
        storage.insertMessage(makeMessage(conversations, index))
      }
    })
  }
  const each = (performance.now() - started) / count
  storage.close()
  return { conversations, fill: { median: round(each), p99: NaN } }
}

function measureUse(storage: Storage, conversations: ReturnType<Storage['listConversations']>) {
  const busiest = conversations[0]?.id ?? 0
  let next = count
  let known = 0
  let { messages } = storage.pageMessages({ conversationId: busiest, limit: 50 })
  return {
    'insert one message': time(500, () => storage.insertMessage(makeMessage(conversations, next++))),
    'refuse one known message': time(500, () => storage.insertMessage(makeMessage(conversations, known++))),
    'newest page of 50': time(500, () => storage.pageMessages({ conversationId: busiest, limit: 50 })),
    'older page of 50': time(500, () => {
      const before = messages[0]
      ;({ messages } = storage.pageMessages({ conversationId: busiest, limit: 50, before }))
    }),
    'list conversations': time(100, () => storage.listConversations()),
    'mark read': time(100, () => storage.markRead(conversations[known++ % CONVERSATIONS]?.id ?? 0)),
    'list pending': time(500, () => storage.listPending(1)),
    'delete 100 messages of an account': time(100, () => storage.deleteSomeMessages(1, 100)),
    'remove the account with all of it': time(1, () => storage.deleteAccount(1)),
  }
}

/** Message `index` is always the same one; the first conversation gets a quarter of them. */
function makeMessage(conversations: ReturnType<Storage['listConversations']>, index: number): NewMessage {
  const conversation = conversations[index % 4 === 0 ? 0 : (index * 7919) % CONVERSATIONS]
  if (conversation === undefined) throw new Error('no conversations')
  const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`
  return {
    accountId: conversation.accountId,
    conversationId: conversation.id,
    direction: 'in',
    sender: conversation.counterpart,
    body: WORDS.map((word, place) => `${word}${(index >> place) & 7}`).join(' '),
    sentAt: START + index * 10_000,
    state: 'received',
    messageId: id,
    originId: id,
    stanzaId: `archive-${id}`,
    unread: index % 100 === 0,
  }
}

/** Milliseconds. */
interface Measure {
  readonly median: number
  readonly p99: number
}

function time(times: number, body: () => unknown): Measure {
  const all = Array.from({ length: times }, () => {
    const started = performance.now()
    body()
    return performance.now() - started
  }).sort((a, b) => a - b)
  return { median: round(all[times >> 1] ?? NaN), p99: round(all[Math.floor(times * 0.99)] ?? NaN) }
}

function round(ms: number): number {
  return Number(ms.toPrecision(3))
}
