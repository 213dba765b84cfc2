/**
 * The list of servers that somebody without an account is shown: the one that came with Linnet, or a newer one, which is
 * fetched when the user asks for it and at no other time.
 */
import { parseServerList, type ServerList } from '../../model/servers.ts'
import { webProxy } from '../connections/ways.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'
import bundled from './servers.json' with { type: 'json' }

/** Where a newer list is, in the same form as servers.json beside this file. */
export const SERVER_LIST_URL = 'https://linnet.im/servers.json'

/** A kept one that can't be read any more counts as none. */
export function serverList({ storage }: Pick<Tools, 'storage'>): ServerList {
  const kept = storage.getServerList()
  const servers = kept && parseServerList(kept.text)
  if (kept !== undefined && servers !== undefined) return { servers, updatedAt: kept.fetchedAt }
  return { servers: parseServerList(JSON.stringify(bundled)) ?? [] }
}

/**
 * Fetches the list, keeps it, and returns it. Throws UserError 'not-found' where it can't be had, 'unreadable-answer' for what
 * is no such list; then the one before stays.
 */
export async function updateServerList(tools: Tools): Promise<ServerList> {
  const text = await tools.fetchText(SERVER_LIST_URL, webProxy(tools))
  if (text === undefined) throw userError('not-found')
  if (parseServerList(text) === undefined) throw userError('unreadable-answer')
  tools.storage.putServerList({ text, fetchedAt: tools.now() })
  return serverList(tools)
}
