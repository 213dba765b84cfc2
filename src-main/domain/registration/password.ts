/**
 * Changing an account's password on its server (XEP-0077 §3.3). The keyring has both until it is known which one holds: an
 * answer that is lost must not shut the user out.
 */
import type { CheckedInput } from '../../contract/commands.ts'
import { StanzaError } from '../../protocol/errors.ts'
import { changeOwnPassword } from '../../protocol/xep-0077-registration.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'

type Tool = Pick<Tools, 'secrets' | 'storage'>

/** Throws UserError 'wrong-password' when `current` is not what the account signs in with, and what the server refuses. */
export async function changePassword(
  tools: Tools,
  sessions: Sessions,
  { accountId, current, password }: CheckedInput<'account.changePassword'>,
): Promise<void> {
  const link = sessions.requireOnline(accountId)
  if (tools.secrets.getPassword(accountId) !== current) throw userError('wrong-password')
  tools.secrets.set(accountId, 'next-password', password)
  try {
    await changeOwnPassword(link.iq, link.stream.ownBareJid, password)
  } catch (error) {
    // It was refused: nothing has changed. Anything else leaves it open.
    if (error instanceof StanzaError) tools.secrets.set(accountId, 'next-password', undefined)
    throw error
  }
  settlePassword(tools, accountId, password)
}

/** The passwords to try, in order. */
export function passwordsOf({ secrets }: Tool, accountId: number): readonly string[] {
  const known = [secrets.getPassword(accountId), secrets.get(accountId, 'next-password')]
  return known.filter((password) => password !== undefined)
}

/** This one has proved to be right: it is the only one from now on. */
export function settlePassword({ secrets, storage }: Tool, accountId: number, password: string): void {
  if (secrets.get(accountId, 'next-password') === undefined) return
  const remember = storage.findAccount(accountId)?.remember ?? false
  if (secrets.getPassword(accountId) !== password) {
    // Where the keyring protects nothing the user has insisted before, or it would not be remembered.
    secrets.setPassword(accountId, password, { remember, insist: remember })
  }
  secrets.set(accountId, 'next-password', undefined)
}
