/**
 * Several accounts: a name, a colour and a place for each, a presence of its own where the user chose one, and whether it
 * is only history. Those that are there get a colour each, in the order that they came.
 */
import type { WritableDB } from '../database.ts'

export function addSeveralAccounts(db: WritableDB): void {
  db.exec(`
ALTER TABLE account ADD COLUMN label TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN color TEXT NOT NULL DEFAULT 'blue';
ALTER TABLE account ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
ALTER TABLE account ADD COLUMN retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1));
ALTER TABLE account ADD COLUMN own_show TEXT;
ALTER TABLE account ADD COLUMN own_status TEXT NOT NULL DEFAULT '';
UPDATE account SET position = (SELECT count(*) FROM account AS before WHERE before.id < account.id);
UPDATE account SET color = CASE position % 8
  WHEN 0 THEN 'blue' WHEN 1 THEN 'orange' WHEN 2 THEN 'green' WHEN 3 THEN 'purple'
  WHEN 4 THEN 'teal' WHEN 5 THEN 'pink' WHEN 6 THEN 'yellow' ELSE 'grey' END;`)
}
