/** Accounts: their addresses, passwords and connections at the user's wish, and their end. */
import type { AddressCheck, CheckedInput } from '../contract/commands.ts'
import type { Account } from '../model/account.ts'
import { domainOf, isAccountJid, parseJid, type BareJid } from '../model/jid.ts'
import { whereOf } from './connections/ways.ts'
import { giveBackToken } from './fast-tokens.ts'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { leaveOffline } from './own-presence.ts'
import type { Sessions } from './sessions.ts'
import { announceUnread } from './inbox/announce.ts'
import type { Tools } from './tools.ts'
import { userError } from './user-errors.ts'

const RESOURCE_SUFFIX_LENGTH = 6
const SUFFIX_LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789'

/** Reads what a user types or pastes as an account's address; undefined when it is none (yet). */
export function parseAccountAddress(text: string): BareJid | undefined {
  const jid = parseJid(text.trim().replace(/^xmpp:/i, ''))
  return jid !== undefined && isAccountJid(jid) ? jid : undefined
}

/** For the setup screen: is it an address, and does its server answer? */
export async function checkAddress(
  tools: Pick<Tools, 'probe' | 'storage' | 'secrets'>,
  { address, ...where }: CheckedInput<'account.check'>,
): Promise<AddressCheck> {
  const jid = parseAccountAddress(address)
  if (jid === undefined) return {}
  return { jid, ...(await tools.probe(domainOf(jid), whereOf(tools, jid, where))) }
}

/** Random per installation: it tells others apart from each other and nothing about the machine. */
export function createResource(random: () => number): string {
  const letter = (): string => SUFFIX_LETTERS[Math.floor(random() * SUFFIX_LETTERS.length)] ?? 'a'
  return `Linnet.${Array.from({ length: RESOURCE_SUFFIX_LENGTH }, letter).join('')}`
}

export function findAccountOf({ storage }: Pick<Tools, 'storage'>, jid: BareJid): Account | undefined {
  return storage.listAccounts().find((account) => account.jid === jid)
}

/** Throws UserError 'keyring-unprotected' when the password would lie open and the user did not insist on it. */
export function checkKeyring(
  { secrets }: Pick<Tools, 'secrets'>,
  wish: { remember: boolean; insist: boolean },
): void {
  if (wish.remember && !secrets.protected && !wish.insist) throw userError('keyring-unprotected')
}

/** For a password that was not kept or is no longer right. A connection that stands is left alone. */
export function enterPassword(
  tools: Tools,
  sessions: Sessions,
  input: CheckedInput<'account.enterPassword'>,
): void {
  const { accountId, password, remember, insist } = input
  const session = sessions.get(accountId)
  checkKeyring(tools, input)
  tools.secrets.setPassword(accountId, password, { remember, insist })
  const account = tools.storage.updateAccount(accountId, { remember })
  tools.events.emit('account.changed', { account })
  if (!account.enabled) return
  leaveOffline(tools, sessions, accountId)
  if (session.online() !== undefined) return
  void session.stop()
  session.connect()
}

/** Tries at once, also after a problem that is never tried again by itself; not for one that is switched off. */
export function reconnect(tools: Tools, sessions: Sessions, accountId: number): void {
  const session = sessions.get(accountId)
  if (tools.storage.findAccount(accountId)?.enabled !== true) return
  leaveOffline(tools, sessions, accountId)
  session.retry()
}

/** As many rows go in one turn as cost a few milliseconds: the program goes on answering meanwhile. */
const ROWS_A_TURN = 100

/**
 * Signs out, then forgets the password, the rows and what is in memory. Ended in the middle, it leaves an account that is
 * switched off and that the user can remove again.
 */
export async function removeAccount(tools: Tools, sessions: Sessions, accountId: number): Promise<void> {
  const { storage, secrets, events, presences, traffic } = tools
  await sessions.get(accountId).stop()
  const account = storage.findAccount(accountId)
  if (account !== undefined) giveBackToken(tools, account)
  const conversations = storage.listConversations().filter((each) => each.accountId === accountId)
  secrets.forget(accountId)
  storage.updateAccount(accountId, { enabled: false })
  while (storage.deleteSomeMessages(accountId, ROWS_A_TURN) > 0) await nextTurn()
  storage.deleteAccount(accountId)
  storage.searcher.scrub()
  sessions.remove(accountId)
  presences.forget(accountId)
  tools.rooms.forget(accountId)
  tools.bookmarks.books.delete(accountId)
  traffic.close(accountId)
  for (const { id, kind } of conversations) {
    events.emit('conversation.removed', { conversationId: id })
    if (kind === 'room') events.emit('room.removed', { conversationId: id })
  }
  events.emit('account.removed', { accountId })
  announceUnread(tools)
}
