/** The sessions of all accounts, by account id. */
import type { Account } from '../model/account.ts'
import { wantsStream } from './accounts/presence-of.ts'
import type { Link } from './link.ts'
import { createSession, type Session } from './session.ts'
import type { Tools } from './tools.ts'
import { userError } from './user-errors.ts'

export interface Sessions {
  all(): readonly Session[]
  /** Throws UserError 'not-found'. */
  get(accountId: number): Session
  /** Made when there is none yet. */
  of(account: Account): Session
  /** The stream for a request; throws UserError 'offline' or 'not-found'. */
  requireOnline(accountId: number): Link
  remove(accountId: number): void
  /** Connects every enabled account that has no stream, unless the user's presence for it is offline. */
  connectAll(): void
}

export function createSessions(tools: Tools): Sessions {
  const sessions = new Map<number, Session>()

  function of({ id }: Account): Session {
    const session = sessions.get(id) ?? createSession(tools, id)
    sessions.set(id, session)
    return session
  }

  function get(accountId: number): Session {
    const session = sessions.get(accountId)
    if (session === undefined) throw userError('not-found')
    return session
  }

  tools.storage.listAccounts().forEach(of)
  return {
    all: () => [...sessions.values()],
    get,
    of,
    requireOnline(accountId) {
      const link = get(accountId).online()
      if (link === undefined) throw userError('offline')
      return link
    },
    remove: (accountId) => void sessions.delete(accountId),
    connectAll() {
      for (const account of tools.storage.listAccounts()) {
        if (wantsStream(tools, account.id)) of(account).connect()
      }
    },
  }
}
