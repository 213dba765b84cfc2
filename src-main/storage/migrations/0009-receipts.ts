/** What is known of messages on their way (XEP-0184, XEP-0333), and what we owe their senders. */
import type { WritableDB } from '../database.ts'

export function addReceipts(db: WritableDB): void {
  db.exec(MESSAGES)
  db.exec(DUTIES)
  db.exec(WAITING)
}

/**
 * displayed_at stands in the one own message that a marker named; those before it are displayed by that. Where this one is
 * deleted, the one before it inherits: what was known stays known. resent_at: a marker from before it says nothing of it.
 */
const MESSAGES = `
ALTER TABLE message ADD COLUMN delivered_at INTEGER;
ALTER TABLE message ADD COLUMN displayed_at INTEGER;
ALTER TABLE message ADD COLUMN resent_at INTEGER;
ALTER TABLE message ADD COLUMN markable INTEGER NOT NULL DEFAULT 0;
ALTER TABLE message ADD COLUMN receipt_due INTEGER NOT NULL DEFAULT 0;
CREATE INDEX message_displayed ON message (conversation_id, place) WHERE displayed_at IS NOT NULL;
CREATE INDEX message_receipt_due ON message (account_id) WHERE receipt_due = 1;
CREATE TRIGGER message_displayed_inherited AFTER DELETE ON message WHEN old.displayed_at IS NOT NULL BEGIN
  UPDATE message SET displayed_at = old.displayed_at
  WHERE displayed_at IS NULL AND id = (
    SELECT id FROM message
    WHERE conversation_id = old.conversation_id AND (place, id) < (old.place, old.id) AND direction = 'out'
    ORDER BY place DESC, id DESC LIMIT 1);
END;`

/** One marker a conversation: the newest message that the user has seen and whose sender wants to know it. */
const DUTIES = `
CREATE TABLE displayed_duty (
  conversation_id INTEGER PRIMARY KEY REFERENCES conversation (id) ON DELETE CASCADE,
  account_id INTEGER NOT NULL,
  place INTEGER NOT NULL,
  row INTEGER NOT NULL,
  message_id TEXT NOT NULL,
  told INTEGER NOT NULL CHECK (told IN (0, 1))
) STRICT;
CREATE INDEX displayed_duty_due ON displayed_duty (account_id) WHERE told = 0;`

/** Receipts and markers whose message is not here yet: history may come newest first. */
const WAITING = `
CREATE TABLE waiting_receipt (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  counterpart TEXT NOT NULL,
  message_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('delivered', 'displayed')),
  at INTEGER NOT NULL,
  PRIMARY KEY (account_id, counterpart, message_id, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX waiting_receipt_by_age ON waiting_receipt (account_id, at);`
