/** How an account connects: over TCP or over WebSocket, and at which address that is, where the user gave one. */
import type { WritableDB } from '../database.ts'

export function addConnection(db: WritableDB): void {
  db.exec(`
    ALTER TABLE account ADD COLUMN transport TEXT NOT NULL DEFAULT 'automatic'
      CHECK (transport IN ('automatic', 'tcp', 'websocket'));
    ALTER TABLE account ADD COLUMN web_socket_url TEXT;
  `)
}
