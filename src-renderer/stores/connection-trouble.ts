/** When a connection is worth words: what is wrong with it, and how long it may take. */
import type { ConnectionProblem, ConnectionState } from '../../src-main/model/account.ts'

/** A connection that comes up at once needs none. */
export const PATIENCE_MS = 1500

/** Undefined while nothing is wrong that the user has not done themselves. */
export function troubleOf(connection: ConnectionState): ConnectionProblem | undefined {
  if (connection.phase !== 'waiting' && connection.phase !== 'offline') return undefined
  return connection.problem?.code === 'cancelled' ? undefined : connection.problem
}
