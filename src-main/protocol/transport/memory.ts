/**
 * Which WebSocket led to a server, for as long as this run: who was shut out from TCP once, or chose WebSocket, comes
 * back at once when the connection is lost. Forgotten when it is no server to sign in to, or when TCP is open after all.
 */
import type { ConnectionOptions } from '../../model/account.ts'
import type { Candidate } from './candidates.ts'

export interface Memory {
  recall(domain: string, where: ConnectionOptions): URL | undefined
  remember(domain: string, where: ConnectionOptions, candidate: Candidate): void
  forget(domain: string, where: ConnectionOptions): void
}

/** By all that the user entered: a change there is a new beginning. */
export function createMemory(): Memory {
  const known = new Map<string, URL>()
  return {
    recall: (domain, where) => known.get(keyOf(domain, where)),
    remember(domain, where, candidate) {
      if (candidate.transport === 'websocket') known.set(keyOf(domain, where), candidate.url)
      else known.delete(keyOf(domain, where))
    },
    forget: (domain, where) => void known.delete(keyOf(domain, where)),
  }
}

function keyOf(domain: string, where: ConnectionOptions): string {
  const { host, port, security, transport, webSocketUrl, proxy } = where
  return JSON.stringify([domain, host, port, security, transport ?? 'automatic', webSocketUrl, proxy])
}
