import { describe, expect, test } from 'vitest'
import Sqlite from 'better-sqlite3'
import type { WritableDB } from '../../src-main/storage/database.ts'
import { MIGRATIONS, migrate, userVersion } from '../../src-main/storage/migrate.ts'

const empty = () => new Sqlite(':memory:') as unknown as WritableDB
// Without SQLite's own and the parts of the full text index, which FTS5 makes.
const tables = (db: WritableDB) =>
  db
    .prepare(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'message_words%'
       ORDER BY name`,
    )
    .pluck()
    .all()

describe('migrations', () => {
  test('make every table from nothing, strictly typed, and are done once', () => {
    const db = empty()
    migrate(db)
    expect(userVersion(db)).toBe(MIGRATIONS.length)
    expect(tables(db)).toStrictEqual([
      'account',
      'account_presence',
      'archive',
      'avatar',
      'blocked_address',
      'bookmark_due',
      'capability',
      'contact_card',
      'contact_note',
      'conversation',
      'conversation_archive',
      'deed',
      'displayed',
      'displayed_duty',
      'feed_item',
      'folded_group',
      'forgotten_message',
      'ignored_occupant',
      'invitation',
      'invite_token',
      'link_picture',
      'message',
      'nickname',
      'person_picture',
      'reaction',
      'recent_status',
      'revision',
      'room',
      'room_archive',
      'room_reader',
      'room_service',
      'roster_group',
      'roster_item',
      'scheduled_message',
      'search_block',
      'search_change',
      'search_state',
      'setting',
      'single_message',
      'stream_sent',
      'stream_session',
      'subscription_request',
      'waiting_deed',
      'waiting_receipt',
    ])
    expect(
      db.prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0").pluck().all(),
    ).toStrictEqual(expect.not.arrayContaining(tables(db)))
    migrate(db)
    expect(userVersion(db)).toBe(MIGRATIONS.length)
  })

  test('run from where the database stands, in order', () => {
    const db = empty()
    const done: number[] = []
    const steps = [1, 2, 3].map((step) => () => void done.push(step))
    migrate(db, steps.slice(0, 1))
    migrate(db, steps)
    expect(done).toStrictEqual([1, 2, 3])
    expect(userVersion(db)).toBe(3)
  })

  test('one that fails leaves what was before it', () => {
    const db = empty()
    const steps = [
      (to: WritableDB) => void to.exec('CREATE TABLE one (x)'),
      (to: WritableDB) => void to.exec('CREATE TABLE two (x); INSERT INTO nowhere VALUES (1)'),
    ]
    expect(() => migrate(db, steps)).toThrow(/nowhere/)
    expect(tables(db)).toStrictEqual(['one'])
    expect(userVersion(db)).toBe(1)
  })

  test('messages of 0.1 are styled', () => {
    const db = empty()
    migrate(db, MIGRATIONS.slice(0, 1))
    db.exec(`
      INSERT INTO account (jid, enabled, security, resource, remember) VALUES ('a@b', 1, 'automatic', 'r', 1);
      INSERT INTO conversation (account_id, counterpart, opened_at, active_at) VALUES (1, 'c@d', 0, 0);
      INSERT INTO message (account_id, conversation_id, direction, sender, body, sent_at, state, unread)
      VALUES (1, 1, 'in', 'c@d', '*x*', 0, 'received', 0)`)
    migrate(db)
    expect(db.prepare('SELECT unstyled FROM message').pluck().all()).toStrictEqual([0])
  })

  test('every reference between tables holds', () => {
    const db = empty()
    migrate(db)
    expect(db.pragma('foreign_key_check')).toStrictEqual([])
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  })
})
