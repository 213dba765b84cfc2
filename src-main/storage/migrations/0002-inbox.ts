/**
 * Single messages and notices (RFC 6121 §5.2.2) in tables of their own: they belong to no conversation. Messages get
 * their thread, the other languages that they were written in, and <unstyled/> (XEP-0393).
 */
import type { WritableDB } from '../database.ts'

export function addInbox(db: WritableDB): void {
  db.exec(MESSAGE_COLUMNS)
  db.exec(SINGLE_MESSAGES)
  db.exec(FEED)
}

// languages: JSON of model/message.ts Languages.
const MESSAGE_COLUMNS = `
ALTER TABLE message ADD COLUMN thread TEXT;
ALTER TABLE message ADD COLUMN thread_parent TEXT;
ALTER TABLE message ADD COLUMN languages TEXT;
ALTER TABLE message ADD COLUMN unstyled INTEGER NOT NULL DEFAULT 0;`

// size: UTF-16 units of all its texts, so that what strangers sent is summed up without reading it.
const SINGLE_MESSAGES = `
CREATE TABLE single_message (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
  counterpart TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  size INTEGER NOT NULL,
  sent_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'sent', 'failed', 'received')),
  unread INTEGER NOT NULL CHECK (unread IN (0, 1)),
  thread TEXT,
  thread_parent TEXT,
  languages TEXT,
  unstyled INTEGER NOT NULL CHECK (unstyled IN (0, 1)),
  message_id TEXT CHECK (message_id IS NOT NULL OR state <> 'pending'),
  origin_id TEXT,
  error_condition TEXT,
  error_text TEXT
) STRICT;
CREATE INDEX single_by_time ON single_message (sent_at);
CREATE INDEX single_unread ON single_message (account_id, counterpart, size) WHERE unread = 1;
CREATE INDEX single_pending ON single_message (account_id) WHERE state = 'pending';
CREATE UNIQUE INDEX single_by_origin_id ON single_message (account_id, counterpart, direction, origin_id)
  WHERE origin_id IS NOT NULL;
CREATE INDEX single_by_message_id ON single_message (account_id, counterpart, direction, message_id)
  WHERE message_id IS NOT NULL;
CREATE INDEX single_own_by_message_id ON single_message (account_id, message_id) WHERE direction = 'out';`

// sender is the whole address, sender_bare what the bounds go by; known: a contact or the own server when it came.
const FEED = `
CREATE TABLE feed_item (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('headline', 'error', 'turned-away')),
  sender TEXT NOT NULL,
  sender_bare TEXT NOT NULL,
  known INTEGER NOT NULL CHECK (known IN (0, 1)),
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  languages TEXT,
  unstyled INTEGER NOT NULL CHECK (unstyled IN (0, 1)),
  error_condition TEXT,
  error_text TEXT,
  source TEXT NOT NULL,
  occurrences INTEGER NOT NULL,
  sent_at INTEGER NOT NULL,
  unread INTEGER NOT NULL CHECK (unread IN (0, 1)),
  message_id TEXT,
  origin_id TEXT
) STRICT;
CREATE INDEX feed_by_account ON feed_item (account_id, known);
CREATE INDEX feed_by_sender ON feed_item (account_id, sender_bare, kind);`
