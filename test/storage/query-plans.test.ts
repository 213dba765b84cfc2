import { expect, test } from 'vitest'
import { INVITATION_QUERIES } from '../../src-main/storage/bookmarks.ts'
import {
  CONVERSATION_QUERIES,
  FIRST_UNREAD,
  LAST_MESSAGE,
  READ_MESSAGES,
  READ_SOME,
} from '../../src-main/storage/conversations.ts'
import { DUPLICATE_QUERIES } from '../../src-main/storage/duplicates.ts'
import { MESSAGE_QUERIES } from '../../src-main/storage/message-reads.ts'
import { DUTY_QUERIES } from '../../src-main/storage/receipt-duties.ts'
import { BY_ORIGIN_ID, BY_OTHER_ORIGIN_ID } from '../../src-main/storage/origin-ids.ts'
import { RECEIPT_QUERIES } from '../../src-main/storage/receipts.ts'
import { openMemoryDatabase } from '../../src-main/storage/open.ts'
import { REPLY_QUERIES } from '../../src-main/storage/replies.ts'
import { CAPABILITY_QUERIES } from '../../src-main/storage/services.ts'
import { SINGLE_QUERIES } from '../../src-main/storage/single-reads.ts'
import { SINGLE_DUPLICATES } from '../../src-main/storage/singles.ts'
import { TARGET_QUERIES } from '../../src-main/storage/targets.ts'
import { WRITTEN_QUERIES } from '../../src-main/storage/written-to.ts'

const db = openMemoryDatabase()

/** SQLite's plan, one line a step, with a constant in place of each parameter, after a plus where the connection puts one. */
function plan(sql: string): string {
  const { source } = db.prepare(sql)
  const explained = `EXPLAIN QUERY PLAN ${source.replace(/:\w+|\?/g, '1')}`
  const steps = db.prepare<[], { detail: string }>(explained).all()
  return steps.map(({ detail }) => detail).join('\n')
}

test.each<[string, string, RegExp]>([
  [
    'newest page',
    MESSAGE_QUERIES.newest,
    /^SEARCH message USING INDEX message_by_place \(conversation_id=\?\)$/m,
  ],
  ['page before', MESSAGE_QUERIES.before, /INDEX message_by_place \(conversation_id=\? AND place<\?\)$/m],
  ['key of a message', MESSAGE_QUERIES.keyOf, /^SEARCH message USING INTEGER PRIMARY KEY \(rowid=\?\)$/],
  ['page after', MESSAGE_QUERIES.after, /INDEX message_by_place \(conversation_id=\? AND place>\?\)$/m],
  [
    'own by id',
    MESSAGE_QUERIES.ownByMessageId,
    /INDEX message_own_by_message_id \(account_id=\? AND message_id=\?\)$/m,
  ],
  [
    'displayed until',
    MESSAGE_QUERIES.byId,
    /^SEARCH marked USING INDEX message_displayed \(conversation_id=\? AND place>\?\)$/m,
  ],
  [
    'own to somebody',
    RECEIPT_QUERIES.ownTo,
    /INDEX message_by_message_id \(conversation_id=\? AND sender=\? AND message_id=\?\)$/m,
  ],
  [
    'own by a correction',
    RECEIPT_QUERIES.correctedTo,
    /SEARCH message USING INTEGER PRIMARY KEY \(rowid=\?\)[^]*SEARCH revision USING INDEX revision_by_own_id \(own_id=\?\)/,
  ],
  [
    'furthest marker',
    RECEIPT_QUERIES.furthest,
    /^SEARCH message USING INDEX message_displayed \(conversation_id=\?\)$/,
  ],
  [
    'displayed by a marker',
    RECEIPT_QUERIES.between,
    /^SEARCH message USING INDEX message_by_place \(conversation_id=\? AND place>\? AND place<\?\)$/m,
  ],
  [
    'receipts due',
    DUTY_QUERIES.receipts,
    /^SEARCH message USING INDEX message_receipt_due \(account_id=\?\)$/,
  ],
  ['markers due', DUTY_QUERIES.markers, /^SEARCH d USING INDEX displayed_duty_due \(account_id=\?\)/],
  [
    'newest that is seen',
    DUTY_QUERIES.newestSeen,
    /^SEARCH message USING INDEX message_unread \(conversation_id=\?\)$/,
  ],
  [
    'place of a marked message',
    DUTY_QUERIES.placeOf,
    /SEARCH m USING INDEX message_by_message_id \(conversation_id=\? AND sender=\? AND message_id=\?\)/,
  ],
  [
    'written to somebody',
    WRITTEN_QUERIES.chat,
    /SEARCH m USING INDEX message_by_message_id \(conversation_id=\? AND sender=\?/,
  ],
  [
    'written to somebody with a subject',
    WRITTEN_QUERIES.single,
    /SEARCH m USING INDEX single_by_message_id \(account_id=\? AND counterpart=\? AND direction=\?/,
  ],
  ['pending', MESSAGE_QUERIES.pending, /^SEARCH m USING INDEX message_pending \(account_id=\?\)/],
  [
    'duplicate by stanza-id',
    DUPLICATE_QUERIES.byStanzaId,
    /COVERING INDEX message_by_stanza_id \(conversation_id=\? AND stanza_id=\?\)$/,
  ],
  [
    'by origin-id',
    BY_ORIGIN_ID,
    /INDEX message_by_origin_id \(conversation_id=\? AND sender=\? AND origin_id=\?\)\n.*\n.*INDEX message_by_message_id \(conversation_id=\? AND sender=\? AND message_id=\?\)$/,
  ],
  [
    'by an origin-id of its own',
    BY_OTHER_ORIGIN_ID,
    /INDEX message_by_origin_id \(conversation_id=\? AND sender=\? AND origin_id=\?\)$/,
  ],
  [
    'target by origin-id',
    TARGET_QUERIES.byOriginId,
    /INDEX message_by_origin_id \(conversation_id=\? AND sender=\? AND origin_id=\?\)$/m,
  ],
  [
    'duplicate by message id',
    DUPLICATE_QUERIES.byMessageId,
    /INDEX message_by_message_id \(conversation_id=\? AND sender=\? AND message_id=\?\)/,
  ],
  [
    'invitation to',
    INVITATION_QUERIES.to,
    /INDEX sqlite_autoindex_invitation_1 \(account_id=\? AND room=\?\)$/,
  ],
  ['invitations of', INVITATION_QUERIES.countOf, /INDEX invitation_waiting \(account_id=\? AND sender=\?\)$/],
  [
    'unread line',
    FIRST_UNREAD,
    /^SEARCH message USING COVERING INDEX message_unread \(conversation_id=\?\)$/,
  ],
  ['mark some read', READ_SOME, /INDEX message_unread \(conversation_id=\?\)/],
  ['mark read', READ_MESSAGES, /INDEX message_unread \(conversation_id=\?\)$/],
  ['last message', LAST_MESSAGE, /^SEARCH message USING INDEX message_by_place \(conversation_id=\?\)$/],
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
    /^SEARCH message USING INDEX message_by_place \(conversation_id=\?\)$/,
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
  ['original by id', REPLY_QUERIES.byMessageId, /COVERING INDEX message_by_message_id \(/],
  [
    'answers that wait',
    REPLY_QUERIES.waiting,
    /INDEX message_waiting_reply \(conversation_id=\? AND reply_id=\?\)$/,
  ],
  ['any answer that waits', REPLY_QUERIES.anyWaiting, /INDEX message_waiting_reply \(conversation_id=\?/],
  ['pinned', REPLY_QUERIES.pinned, /INDEX message_pinned \(conversation_id=\?/],
  ['single by message id', SINGLE_DUPLICATES.byMessageId, /INDEX single_by_message_id \(/],
])('%s is answered from its index, in its order', (_, sql, expected) => {
  const parts = plan(sql).split(/\nCORRELATED SCALAR SUBQUERY \d+\n/)
  // What is looked up for each row stands beside the query itself, in an order of SQLite's own.
  const main = parts.find((part) => expected.test(part))
  expect(main, sql).toBeDefined()
  for (const lookup of parts.filter((part) => part !== main))
    expect(lookup).toMatch(/^SEARCH \w+ USING ((INTEGER )?PRIMARY KEY|(COVERING )?INDEX)/)
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
