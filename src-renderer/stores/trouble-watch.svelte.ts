/** Which accounts are not connected, held steady: one that tries again has not got over it yet. */
import { SvelteSet } from 'svelte/reactivity'
import type { Account, ConnectionState } from '../../src-main/model/account.ts'
import { PATIENCE_MS, troubleOf } from './connection-trouble.ts'

/** Of a component, while it is made: it watches until that goes. */
export function createTroubleWatch(
  accounts: () => readonly Account[],
  connectionOf: (accountId: number) => ConnectionState,
): () => readonly Account[] {
  const troubled = new SvelteSet<number>()
  const listed = $derived(accounts().filter(({ id }) => troubled.has(id)))

  $effect(() => {
    const timers = accounts().map(({ id }) => {
      const connection = connectionOf(id)
      if (connection.phase === 'connecting') return setTimeout(() => troubled.add(id), PATIENCE_MS)
      if (troubleOf(connection)) troubled.add(id)
      else troubled.delete(id)
      return undefined
    })
    return () => timers.forEach(clearTimeout)
  })
  return () => listed
}
