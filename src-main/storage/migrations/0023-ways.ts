/** Ways to a server: a proxy for an account, and the one certificate that is trusted although it does not hold. */
import type { WritableDB } from '../database.ts'

export function addWays(db: WritableDB): void {
  db.exec(`
ALTER TABLE account ADD COLUMN proxy_kind TEXT CHECK (proxy_kind IN ('socks5', 'http'));
ALTER TABLE account ADD COLUMN proxy_host TEXT;
ALTER TABLE account ADD COLUMN proxy_port INTEGER;
ALTER TABLE account ADD COLUMN proxy_username TEXT;
ALTER TABLE account ADD COLUMN trusted_certificate TEXT;`)
}
