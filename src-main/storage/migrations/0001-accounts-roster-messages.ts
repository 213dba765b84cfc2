/**
 * The first tables. Ids are AUTOINCREMENT so that none is ever given twice: keyring entries and windows hold them.
 */
import type { WritableDB } from '../database.ts'

export function createFirstTables(db: WritableDB): void {
  db.exec(ACCOUNTS)
  db.exec(ROSTER)
  db.exec(CONVERSATIONS)
  db.exec(MESSAGES)
  db.exec(SETTINGS)
}

const ACCOUNTS = `
CREATE TABLE account (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  jid TEXT NOT NULL UNIQUE,
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  host TEXT,
  port INTEGER,
  security TEXT NOT NULL,
  resource TEXT NOT NULL,
  remember INTEGER NOT NULL CHECK (remember IN (0, 1)),
  roster_version TEXT,
  strongest_mechanism TEXT
) STRICT;`

const ROSTER = `
CREATE TABLE roster_item (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  jid TEXT NOT NULL,
  name TEXT NOT NULL,
  subscription TEXT NOT NULL CHECK (subscription IN ('none', 'to', 'from', 'both')),
  ask INTEGER NOT NULL CHECK (ask IN (0, 1)),
  approved INTEGER NOT NULL CHECK (approved IN (0, 1)),
  PRIMARY KEY (account_id, jid)
) STRICT, WITHOUT ROWID;

CREATE TABLE roster_group (
  account_id INTEGER NOT NULL,
  jid TEXT NOT NULL,
  name TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (account_id, jid, name),
  FOREIGN KEY (account_id, jid) REFERENCES roster_item (account_id, jid) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE subscription_request (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  jid TEXT NOT NULL,
  text TEXT NOT NULL,
  nick TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, jid)
) STRICT, WITHOUT ROWID;`

// last_message_id and first_unread_id have no foreign key: it would be a circle, and conversations.ts sets both in the
// same transaction as every insert and delete.
const CONVERSATIONS = `
CREATE TABLE conversation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  counterpart TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  active_at INTEGER NOT NULL,
  last_message_id INTEGER,
  first_unread_id INTEGER,
  unread_count INTEGER NOT NULL DEFAULT 0,
  draft TEXT NOT NULL DEFAULT '',
  UNIQUE (account_id, counterpart),
  UNIQUE (id, account_id)
) STRICT;
CREATE INDEX conversation_by_activity ON conversation (active_at);`

// Every index ends with the row's id of itself, so (sent_at, id) and (account_id, id) are orders of these.
const MESSAGES = `
CREATE TABLE message (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL,
  conversation_id INTEGER NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
  sender TEXT NOT NULL,
  body TEXT NOT NULL,
  sent_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'sent', 'failed', 'received')),
  unread INTEGER NOT NULL CHECK (unread IN (0, 1)),
  message_id TEXT CHECK (message_id IS NOT NULL OR state <> 'pending'),
  origin_id TEXT,
  stanza_id TEXT,
  error_condition TEXT,
  error_text TEXT,
  FOREIGN KEY (conversation_id, account_id) REFERENCES conversation (id, account_id) ON DELETE CASCADE
) STRICT;
CREATE INDEX message_by_time ON message (conversation_id, sent_at);
CREATE INDEX message_unread ON message (conversation_id, sent_at) WHERE unread = 1;
CREATE INDEX message_pending ON message (account_id) WHERE state = 'pending';
CREATE UNIQUE INDEX message_by_stanza_id ON message (conversation_id, stanza_id) WHERE stanza_id IS NOT NULL;
CREATE UNIQUE INDEX message_by_origin_id ON message (conversation_id, sender, origin_id) WHERE origin_id IS NOT NULL;
CREATE INDEX message_by_message_id ON message (conversation_id, sender, message_id) WHERE message_id IS NOT NULL;
CREATE INDEX message_own_by_message_id ON message (account_id, message_id) WHERE direction = 'out';`

const SETTINGS = `
CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  json TEXT NOT NULL
) STRICT, WITHOUT ROWID;`
