/** Which accounts are not connected, held steady: one that tries again has not got over it yet. */
import { untrack } from 'svelte'
import type { Account, ConnectionState } from '../../src-main/model/account.ts'

/** A connection that comes up at once is no trouble. */
const PATIENCE_MS = 1500

/** Of a component, while it is made: it watches until that goes. */
export function createTroubleWatch(
  accounts: () => readonly Account[],
  connectionOf: (accountId: number) => ConnectionState,
): () => readonly Account[] {
  let troubled = $state.raw<ReadonlySet<number>>(new Set())
  const listed = $derived(accounts().filter(({ id }) => troubled.has(id)))

  function mark(id: number, isTroubled: boolean): void {
    if (untrack(() => troubled).has(id) === isTroubled) return
    const next = new Set(untrack(() => troubled))
    if (isTroubled) next.add(id)
    else next.delete(id)
    troubled = next
  }

  $effect(() => {
    const timers = accounts().map(({ id }) => {
      const connection = connectionOf(id)
      if (connection.phase === 'connecting') return setTimeout(() => mark(id, true), PATIENCE_MS)
      mark(id, isTrouble(connection))
      return undefined
    })
    return () => timers.forEach(clearTimeout)
  })
  return () => listed
}

function isTrouble(connection: ConnectionState): boolean {
  if (connection.phase !== 'waiting' && connection.phase !== 'offline') return false
  return connection.problem !== undefined && connection.problem.code !== 'cancelled'
}
