import Sqlite from 'better-sqlite3'
import { beforeEach, describe, expect, test } from 'vitest'
import type { FullJid } from '../../src-main/model/jid.ts'
import type { WritableDB } from '../../src-main/storage/database.ts'
import { HISTORY_QUERIES } from '../../src-main/storage/history.ts'
import { createStorage } from '../../src-main/storage/index.ts'
import { migrate, MIGRATIONS } from '../../src-main/storage/migrate.ts'
import { openMemoryDatabase } from '../../src-main/storage/open.ts'
import { NEWEST_NAMED } from '../../src-main/storage/room-archives.ts'
import { ROOM_QUERIES } from '../../src-main/storage/rooms.ts'
import type { Storage } from '../../src-main/storage/storage.ts'
import { JULIET, ROMEO, roomTraits, sampleAccount } from './samples.ts'

const GARDEN = 'garden@rooms.example' as typeof JULIET
const HER = `${GARDEN}/juliet` as FullJid

let storage: Storage
let accountId: number
let conversationId: number

beforeEach(() => {
  storage = createStorage(openMemoryDatabase())
  accountId = storage.insertAccount(sampleAccount()).id
  conversationId = storage.insertConversation(accountId, GARDEN, 0, 'room').id
  storage.insertRoom(conversationId, 'romeo')
})

function say(body: string, change: object = {}) {
  const message = storage.insertMessage({
    ...{
      accountId,
      conversationId,
      direction: 'in',
      sender: HER,
      author: { nick: 'juliet', occupantId: 'her' },
    },
    ...{ body, sentAt: 1000, atEnd: true, state: 'received', unread: true, ...change },
  })
  if (message === undefined) throw new Error('it was there already')
  return message
}

describe('a room', () => {
  test('is what was set, and nothing of it is lost by opening it again', () => {
    storage.setRoom(conversationId, {
      wanted: true,
      subject: 'Roses',
      subjectBy: 'juliet',
      traits: roomTraits,
    })
    storage.insertRoom(conversationId, 'somebody')
    expect(storage.findRoomAt(accountId, GARDEN)).toEqual({
      ...{ conversationId, accountId, jid: GARDEN, nick: 'romeo', ownName: '', notify: 'mentions' },
      ...{ subject: 'Roses', subjectBy: 'juliet', wanted: true, autojoin: false, bookmarked: false },
      traits: roomTraits,
    })
    storage.setRoom(conversationId, { subjectBy: null })
    expect(storage.findRoom(conversationId)).not.toHaveProperty('subjectBy')
    expect(storage.listRooms()).toHaveLength(1)
  })

  test('takes a chat with its address over', () => {
    const chat = storage.insertConversation(accountId, JULIET, 0)
    storage.insertRoom(chat.id, 'romeo')
    expect(storage.findConversation(chat.id)?.kind).toBe('room')
  })

  test('goes with its account', () => {
    storage.deleteAccount(accountId)
    expect(storage.listRooms()).toEqual([])
  })

  test('counts unread messages that speak to us', () => {
    say('one', { mention: true })
    say('two', { mention: true })
    say('three')
    expect(storage.countMentions(conversationId)).toBe(2)
    storage.markRead(conversationId)
    expect(storage.countMentions(conversationId)).toBe(0)
  })
})

describe('a message of ours', () => {
  const mine = () =>
    say('mine', {
      ...{ direction: 'out', sender: ROMEO, author: undefined, state: 'pending', unread: false },
      ...{ messageId: 'm', originId: 'm' },
    })

  test('goes behind what came before it from the room, and is sent', () => {
    const { id } = mine()
    const hers = say('hers', { stanzaId: 's1' })
    const author = { nick: 'romeo', occupantId: 'me' }
    const reflected = storage.reflect(conversationId, { ids: ['m'], stanzaId: 's2', author })
    expect(reflected).toMatchObject({ id, state: 'sent', author })
    expect(reflected?.place).toBeGreaterThan(hers.place)
    expect(storage.findByStanzaId(conversationId, 's2')?.id).toBe(id)
    expect(storage.findConversation(conversationId)?.last).toMatchObject({ body: 'mine', author: 'romeo' })
  })

  test('stays where it is when nothing came meanwhile', () => {
    say('before', { stanzaId: 's1' })
    const { place } = mine()
    expect(storage.reflect(conversationId, { ids: ['m'], author: { nick: 'romeo' } })?.place).toBe(place)
  })

  test('is not that of another conversation', () => {
    mine()
    const other = storage.insertConversation(accountId, JULIET, 0)
    expect(storage.reflect(other.id, { ids: ['m'], author: { nick: 'romeo' } })).toBeUndefined()
  })
})

test('an occupant is found under any nick by its id, and by none other', () => {
  const { id } = say('one', { messageId: 'm1' })
  expect(storage.findTargetById(conversationId, 'her', 'm1')?.id).toBe(id)
  expect(storage.findTargetById(conversationId, 'evil', 'm1')).toBeUndefined()
})

test('a conversation with one alone follows the nick, unless there is one already', () => {
  const { id } = storage.insertConversation(accountId, HER, 0, 'private')
  const capulet = `${GARDEN}/capulet` as FullJid
  expect(storage.renamePrivate(accountId, HER, capulet)).toMatchObject({ id, nick: 'capulet' })
  storage.insertConversation(accountId, HER, 0, 'private')
  expect(storage.renamePrivate(accountId, HER, capulet)).toBeUndefined()
})

describe('how far the archive is here', () => {
  const known = {
    first: { order: 1, id: 'a1' },
    last: { order: 9, id: 'a9', stampMs: 900 },
    fromStart: false,
  }

  test('goes on with what came live, where nothing is missing', () => {
    storage.putRoomArchive(conversationId, known)
    say('live', { stanzaId: 'a10' })
    storage.beginRoomAbsence(conversationId)
    storage.checkpointRoom(conversationId)
    expect(storage.findRoomArchive(conversationId)).toEqual(known)
    storage.endRoomAbsence(conversationId)
    storage.checkpointRoom(conversationId)
    expect(storage.findRoomArchive(conversationId)?.last).toEqual({ order: 10, id: 'a10', stampMs: 1000 })
    storage.checkpointRoom(conversationId)
    expect(storage.findRoomArchive(conversationId)?.last.order).toBe(10)
  })

  test('a gap, and what is older, are those of the room and not of the account', () => {
    storage.putRoomArchive(conversationId, known)
    say('before')
    storage.beginRoomAbsence(conversationId)
    say('after')
    const history = storage.historyOf(conversationId, 0, Number.MAX_SAFE_INTEGER)
    expect(history.gaps).toHaveLength(1)
    expect(history.olderInArchive).toBe(true)
    storage.forgetRoomArchive(conversationId)
    expect(storage.historyOf(conversationId, 0, 9e15)).toEqual({ gaps: [], olderInArchive: false })
  })
})

test('migration 0016: a conversation from before is a chat, and nobody stands beside its messages', () => {
  const db = new Sqlite(':memory:') as unknown as WritableDB
  migrate(db, MIGRATIONS.slice(0, 15))
  db.exec(`
    INSERT INTO account (jid, enabled, security, resource, remember)
      VALUES ('romeo@montague.example', 1, 'automatic', 'Linnet.abc', 1);
    INSERT INTO conversation (account_id, counterpart, opened_at, active_at)
      VALUES (1, 'juliet@capulet.example', 0, 0);
    INSERT INTO message (account_id, conversation_id, direction, sender, body, sent_at, state, unread)
      VALUES (1, 1, 'in', 'juliet@capulet.example', 'old', 1000, 'received', 0);
    INSERT INTO reaction (message_row, sender, emoji, place) VALUES (1, 'romeo@montague.example', '["🌹"]', 0);`)
  migrate(db)
  const opened = createStorage(db)
  const [message] = opened.pageMessages({ conversationId: 1, limit: 9 }).messages
  expect(message).toMatchObject({ body: 'old', reactions: [{ sender: ROMEO, emoji: ['🌹'] }] })
  for (const field of ['author', 'mention', 'moderated']) expect(message).not.toHaveProperty(field)
  expect(opened.findConversation(1)).toMatchObject({ kind: 'chat', counterpart: JULIET })
  expect(opened.listRooms()).toEqual([])
})

test.each([
  ['room by address', ROOM_QUERIES.byAddress, /conversation.*\(account_id=\? AND counterpart=\?\)/],
  ['mentions', ROOM_QUERIES.mentions, /INDEX message_unread_mention \(conversation_id=\?\)/],
  [
    'by occupant',
    ROOM_QUERIES.byOccupant,
    /INDEX message_by_author \(conversation_id=\? AND author_id=\? AND message_id=\?\)/,
  ],
  ['last author', ROOM_QUERIES.lastAuthor, /INDEX message_by_place \(conversation_id=\?\)/],
  ['newest with an id', NEWEST_NAMED, /INDEX message_by_place \(conversation_id=\?\)/],
  ['how much is known', HISTORY_QUERIES.knownOfRoom, /SEARCH room_archive USING INTEGER PRIMARY KEY/],
])('%s is found by an index', (_name, sql, expected) => {
  const plan = openMemoryDatabase()
    .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql.replace(/\?/g, '1')}`)
    .all()
  expect(plan.map(({ detail }) => detail).join('\n')).toMatch(expected)
})
