import { expect, test } from 'vitest'
import {
  CONVERSATION_QUERIES,
  FIRST_UNREAD,
  LAST_MESSAGE,
  READ_MESSAGES,
} from '../../src-main/storage/conversations.ts'
import { DUPLICATE_QUERIES } from '../../src-main/storage/duplicates.ts'
import { MESSAGE_QUERIES } from '../../src-main/storage/message-reads.ts'
import { openMemoryDatabase } from '../../src-main/storage/open.ts'
import { CAPABILITY_QUERIES } from '../../src-main/storage/services.ts'
import { SINGLE_QUERIES } from '../../src-main/storage/single-reads.ts'
import { SINGLE_DUPLICATES } from '../../src-main/storage/singles.ts'

const db = openMemoryDatabase()

/** SQLite's plan, one line a step, with a constant in place of each parameter. */
function plan(sql: string): string {
  const steps = db.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql.replace(/:\w+|\?/g, '1')}`).all()
  return steps.map(({ detail }) => detail).join('\n')
}

test.each<[string, string, RegExp]>([
  [
    'newest page',
    MESSAGE_QUERIES.newest,
    /^SEARCH message USING INDEX message_by_time \(conversation_id=\?\)$/,
  ],
  ['page before', MESSAGE_QUERIES.before, /INDEX message_by_time \(conversation_id=\? AND sent_at<\?\)$/],
  ['page after', MESSAGE_QUERIES.after, /INDEX message_by_time \(conversation_id=\? AND sent_at>\?\)$/],
  [
    'own by id',
    MESSAGE_QUERIES.ownByMessageId,
    /INDEX message_own_by_message_id \(account_id=\? AND message_id=\?\)$/,
  ],
  ['pending', MESSAGE_QUERIES.pending, /^SEARCH m USING INDEX message_pending \(account_id=\?\)/],
  [
    'duplicate by stanza-id',
    DUPLICATE_QUERIES.byStanzaId,
    /COVERING INDEX message_by_stanza_id \(conversation_id=\? AND stanza_id=\?\)$/,
  ],
  [
    'duplicate by origin-id',
    DUPLICATE_QUERIES.byOriginId,
    /COVERING INDEX message_by_origin_id \(conversation_id=\? AND sender=\? AND origin_id=\?\)$/,
  ],
  [
    'duplicate by message id',
    DUPLICATE_QUERIES.byMessageId,
    /INDEX message_by_message_id \(conversation_id=\? AND sender=\? AND message_id=\?\)/,
  ],
  [
    'unread line',
    FIRST_UNREAD,
    /^SEARCH message USING COVERING INDEX message_unread \(conversation_id=\?\)$/,
  ],
  ['mark read', READ_MESSAGES, /INDEX message_unread \(conversation_id=\?\)$/],
  [
    'last message',
    LAST_MESSAGE,
    /^SEARCH message USING COVERING INDEX message_by_time \(conversation_id=\?\)$/,
  ],
  [
    'list',
    CONVERSATION_QUERIES.list,
    /^SCAN c USING INDEX conversation_by_activity\nSEARCH m USING INTEGER PRIMARY KEY/,
  ],
  [
    'conversation with',
    CONVERSATION_QUERIES.byCounterpart,
    /AUTOINDEX|INDEX sqlite_autoindex_conversation_1/,
  ],
  ['capability', CAPABILITY_QUERIES.one, /^SEARCH capability USING PRIMARY KEY \(hash=\? AND ver=\?\)$/],
  [
    'capabilities to drop',
    CAPABILITY_QUERIES.oldest,
    /^SCAN capability USING COVERING INDEX capability_by_use$/,
  ],
  [
    'recent threads',
    MESSAGE_QUERIES.recentThreads,
    /^SEARCH message USING INDEX message_by_time \(conversation_id=\?\)$/,
  ],
  ['Inbox', SINGLE_QUERIES.newest, /^SCAN single_message USING INDEX single_by_time$/],
  ['Inbox before', SINGLE_QUERIES.before, /INDEX single_by_time \(sent_at<\?\)$/],
  ['Inbox unread', SINGLE_QUERIES.unread, /COVERING INDEX single_unread$/],
  ['Inbox outbox', SINGLE_QUERIES.pending, /INDEX single_pending \(account_id=\?\)$/],
  [
    'own single by id',
    SINGLE_QUERIES.ownByMessageId,
    /INDEX single_own_by_message_id \(account_id=\? AND message_id=\?\)$/,
  ],
  [
    'unread of one',
    SINGLE_QUERIES.unreadFrom,
    /COVERING INDEX single_unread \(account_id=\? AND counterpart=\?\)$/,
  ],
  [
    'unread of strangers',
    SINGLE_QUERIES.unreadFromStrangers,
    /COVERING INDEX single_unread \(account_id=\?\)/,
  ],
  ['single by origin-id', SINGLE_DUPLICATES.byOriginId, /INDEX single_by_origin_id \(/],
  ['single by message id', SINGLE_DUPLICATES.byMessageId, /INDEX single_by_message_id \(/],
])('%s is answered from its index, in its order', (_, sql, expected) => {
  expect(plan(sql)).toMatch(expected)
  expect(plan(sql)).not.toMatch(/TEMP B-TREE|SCAN message|SCAN m\b/)
})

test('removing an account or a conversation finds what belongs to it by index', () => {
  expect(plan('SELECT 1 FROM message WHERE conversation_id = ? AND account_id = ?')).toMatch(
    /^SEARCH .* INDEX message_/,
  )
  expect(plan('SELECT 1 FROM conversation WHERE account_id = ?')).toMatch(/^SEARCH .* INDEX/)
  expect(plan('SELECT 1 FROM roster_group WHERE account_id = ? AND jid = ?')).toMatch(
    /^SEARCH .* PRIMARY KEY/,
  )
})
