/**
 * A history of a million messages: how it is made, and how fast words, days and pages are found in it. The table of
 * `npm run bench` asks for these; run by itself (`npx tsx test/bench/search.ts [MESSAGES]`) it prints them.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BareJid, Jid } from '../../src-main/model/jid.ts'
import type { WritableDB } from '../../src-main/storage/database.ts'
import { createStorage } from '../../src-main/storage/index.ts'
import { openDatabase } from '../../src-main/storage/open.ts'
import { prepareIndexing } from '../../src-main/storage/search/indexing.ts'
import { prepareSearch } from '../../src-main/storage/search/reading.ts'
import type { Storage } from '../../src-main/storage/storage.ts'
import type { SearchQuery } from '../../src-main/storage/search.types.ts'
import { bodyOf, createRandom, RARE, uuid } from './words.ts'

export const CONVERSATIONS = 500
const START = Date.UTC(2016, 0, 1)
/** A million of these are ten years. */
const STEP_MS = 315_000
const SPEAKERS = 2000
/** In the conversation beside the room. */
const FEW = 100
const OWN = 'romeo@montague.example' as BareJid
export interface Measured {
  readonly what: string
  readonly medianMs: number
  readonly p99Ms: number
  /** How many were found, so that nobody measures finding nothing. */
  readonly found: number
}

const NOBODYS_ACCOUNT = {
  jid: OWN,
  enabled: true,
  security: 'automatic',
  resource: 'bench',
  remember: false,
} as const

/** Makes a database as a run of years would have left it, index included. About 40 s a million. An account that is there gets them. */
export function fillHistory(file: string, messages: number): void {
  fill(file, (db, storage, accountId) => {
    const threads = Array.from({ length: CONVERSATIONS }, (_, index): Thread => {
      const counterpart = `contact${index}@capulet.example` as BareJid
      return { id: storage.insertConversation(accountId, counterpart, START).id, sender: () => [counterpart] }
    })
    // A tenth of all is in one conversation; the others get less and less.
    const pick: Pick = (index, random) =>
      threads[index % 10 === 0 ? 0 : Math.floor(random() ** 2 * CONVERSATIONS)]
    insertMessages(db, accountId, pick, messages)
  })
}

/** The same with all of it in one room, said by so many as large rooms have. */
export function fillRoomHistory(file: string, messages: number): void {
  fill(file, (db, storage, accountId) => {
    const room = 'orchard@rooms.capulet.example' as BareJid
    const { id } = storage.insertConversation(accountId, room, START, 'room')
    storage.insertRoom(id, 'romeo')
    const sender: Thread['sender'] = (random) => {
      const nick = `guest${Math.floor(random() ** 2 * SPEAKERS)}`
      return [`${room}/${nick}` as Jid, nick, `id-of-${nick}`]
    }
    insertMessages(db, accountId, () => ({ id, sender }), messages)
    const other = storage.insertConversation(accountId, 'contact@capulet.example' as BareJid, START)
    insertMessages(db, accountId, () => ({ id: other.id, sender: () => [other.counterpart] }), FEW)
  })
}

function fill(file: string, body: (db: WritableDB, storage: Storage, accountId: number) => void): void {
  const { db, lock } = openDatabase(file, Date.now)
  const storage = createStorage(db)
  const [account = storage.insertAccount(NOBODYS_ACCOUNT)] = storage.listAccounts()
  db.pragma('synchronous = OFF')
  body(db, storage, account.id)
  const { step } = prepareIndexing(db)
  while (step()) continue
  // As the first check of the whole file would leave it.
  lock.setCheckedAt(Date.now() / 1000)
  storage.close()
}

interface Thread {
  readonly id: number
  /** Whom the next one is from; in a room with nick and occupant-id. */
  sender(random: () => number): readonly [Jid, nick?: string, occupantId?: string]
}

type Pick = (index: number, random: () => number) => Thread | undefined

function insertMessages(db: WritableDB, accountId: number, pick: Pick, count: number): void {
  const insert = db.prepare(
    `INSERT INTO message (account_id, conversation_id, direction, sender, author_nick, author_id, body, sent_at, place,
       state, unread, message_id, origin_id, stanza_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)`,
  )
  const random = createRandom(20_260_101)
  const batch = db.transaction((from: number, to: number) => {
    for (let index = from; index < to; index += 1) {
      const thread = pick(index, random)
      if (thread === undefined) continue
      const own = random() < 0.4
      const sentAt = START + index * STEP_MS
      const ids = [uuid(random), uuid(random)]
      const [sender, nick = null, occupantId = null] = own ? [OWN] : thread.sender(random)
      insert.run(
        ...[accountId, thread.id, own ? 'out' : 'in', sender, nick, occupantId, bodyOf(index, random)],
        // Of others in a room Linnet keeps no origin id.
        ...[sentAt, sentAt * 1000, own ? 'sent' : 'received', ids[0], nick === null ? ids[0] : null, ids[1]],
      )
    }
  })
  for (let from = 0; from < count; from += 10_000) batch(from, Math.min(count, from + 10_000))
  db.exec(`UPDATE conversation SET
    last_message_id = (SELECT id FROM message WHERE conversation_id = conversation.id ORDER BY place DESC LIMIT 1),
    active_at = coalesce((SELECT max(sent_at) FROM message WHERE conversation_id = conversation.id), active_at)`)
}

export type Search = readonly [string, Omit<SearchQuery, 'limit'>]

const SEARCHES: readonly Search[] = [
  ['rare word', { text: `"${RARE.word}"` }],
  ['word in half of all messages', { text: '"the"' }],
  ['word in one of a thousand', { text: '"kedo"' }],
  ['two characters, rare', { text: RARE.chinese }],
  ['two characters, common', { text: '明天' }],
  ['phrase', { text: '"the xylophone is"' }],
  ['phrase of common words', { text: '"be be ba"' }],
  ['beginning of a word', { text: 'xyl' }],
  ['two letters', { text: 'th' }],
  ['two letters, rare', { text: 'xy' }],
  ['two words', { text: 'the xylophone' }],
  ['nothing', { text: 'qqqq' }],
  ['in the largest conversation', { text: '明天', conversationId: 1 }],
  ['common, in the largest conversation', { text: 'the', conversationId: 1 }],
]

/** Where all is one room. */
export const ROOM_SEARCHES: readonly Search[] = [
  ['rare word', { text: `"${RARE.word}"`, conversationId: 1 }],
  ['word in one of a thousand', { text: '"kedo"', conversationId: 1 }],
  ['word in three of four', { text: '"the"', conversationId: 1 }],
  ['two characters', { text: '明天', conversationId: 1 }],
]

/** First page of each kind of search, on a connection of the kind that the worker has; then days and pages. */
export function measureHistory(
  file: string,
  { searches = SEARCHES, conversations = CONVERSATIONS, times = 20 } = {},
): readonly Measured[] {
  const { db } = openDatabase(file, Date.now)
  const storage = createStorage(db)
  const search = prepareSearch(db)
  const run = (query: Omit<SearchQuery, 'limit'>): number => {
    const steps = search({ ...query, limit: 50 })
    for (;;) {
      const { done, value } = steps.next()
      if (done === true) return value.hits.length
    }
  }
  const days = (turn: number): number => {
    const time = START + ((turn * 7919) % 3650) * 86_400_000
    return storage.pageMessages({ conversationId: 1, around: { time }, limit: 50 }).messages.length
  }
  let before: { place: number; id: number } | undefined
  const back = (): number => {
    const { messages } = storage.pageMessages({ conversationId: 1, limit: 50, before })
    before = messages[0] && { place: messages[0].place, id: messages[0].id }
    return messages.length
  }
  const rows = [
    ...searches.map(([what, query]) => measure(`search: ${what}`, times, () => run(query))),
    measure('jump to a date', times, days),
    measure('open a conversation (newest 50)', times, (turn) => {
      const conversationId = 1 + ((turn * 7919) % conversations)
      return storage.pageMessages({ conversationId, limit: 50 }).messages.length
    }),
    measure('page back (50)', times, back),
  ]
  storage.close()
  return rows
}

export function bytesPerMessage(file: string, messages: number): number {
  return Math.round(statSync(file).size / messages)
}

function measure(what: string, times: number, body: (turn: number) => number): Measured {
  let found = 0
  const all = Array.from({ length: times }, (_, turn) => {
    const started = performance.now()
    found = body(turn)
    return performance.now() - started
  }).sort((a, b) => a - b)
  return { what, medianMs: round(all[times >> 1]), p99Ms: round(all[Math.floor(times * 0.99)]), found }
}

function round(ms = NaN): number {
  return Number(ms.toPrecision(3))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const messages = Number(process.argv[2] ?? 1_000_000)
  const folder = mkdtempSync(join(tmpdir(), 'linnet-bench-'))
  try {
    const file = join(folder, 'linnet.db')
    const started = performance.now()
    fillHistory(file, messages)
    console.log(`filled in ${Math.round((performance.now() - started) / 1000)} s`)
    console.table(measureHistory(file))
    console.log(`${bytesPerMessage(file, messages)} bytes a message`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
