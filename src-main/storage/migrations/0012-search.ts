/**
 * Finding words in the history. The index `message_words` holds no text, only where words stand; it is filled in the
 * background (storage/search/indexing.ts), so that neither this step nor the arrival of a message waits for it.
 */
import type { WritableDB } from '../database.ts'

export function addSearch(db: WritableDB): void {
  db.exec(INDEX)
  db.exec(TABLES)
  db.exec(TRIGGERS)
}

// No text and no lengths are kept (the messages have them), and words are cut by us, so 'ascii' only has to split at
// spaces. What is deleted goes from its pages at once. Parts are merged in small steps by the indexer, never by an insert.
const INDEX = `
CREATE VIRTUAL TABLE message_words USING fts5 (words, content = '', columnsize = 0, tokenize = 'ascii');
INSERT INTO message_words (message_words, rank) VALUES ('secure-delete', 1);
INSERT INTO message_words (message_words, rank) VALUES ('automerge', 0);`

// search_state: up to which message the blocks are known (`surveyed`) and the words are in the index (`indexed`).
// search_block: 1024 ids each, with the places of what is in them; these may be wider than the truth, never narrower.
// search_change: messages whose words must leave the index, with the text that is in it; emptied at once by the indexer.
const TABLES = `
CREATE TABLE search_state (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  surveyed INTEGER NOT NULL,
  indexed INTEGER NOT NULL
) STRICT;
INSERT INTO search_state VALUES (1, 0, 0);
CREATE TABLE search_block (
  block INTEGER PRIMARY KEY,
  newest INTEGER NOT NULL,
  oldest INTEGER NOT NULL
) STRICT;
CREATE TABLE search_change (
  message_id INTEGER PRIMARY KEY,
  conversation_id INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;`

// Whoever changes or deletes a message, by whatever way: in the same transaction its old words are due to go.
const TRIGGERS = `
CREATE TRIGGER search_after_delete AFTER DELETE ON message
WHEN old.id <= (SELECT indexed FROM search_state)
BEGIN
  INSERT INTO search_change VALUES (old.id, old.conversation_id, old.body) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_after_change AFTER UPDATE OF body, conversation_id ON message
WHEN old.id <= (SELECT indexed FROM search_state)
  AND (old.body, old.conversation_id) IS NOT (new.body, new.conversation_id)
BEGIN
  INSERT INTO search_change VALUES (old.id, old.conversation_id, old.body) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_after_move AFTER UPDATE OF place ON message
WHEN old.place <> new.place
BEGIN
  UPDATE search_block SET newest = max(newest, new.place), oldest = min(oldest, new.place)
  WHERE block = new.id >> 10;
END;`
