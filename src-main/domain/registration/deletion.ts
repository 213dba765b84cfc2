/** Deleting an account on its server (XEP-0077 §3.2), and then here. */
import type { CheckedInput } from '../../contract/commands.ts'
import { RequestTimeout } from '../../protocol/errors.ts'
import { deleteOwnAccount } from '../../protocol/xep-0077-registration.ts'
import { removeAccount } from '../accounts.ts'
import { retireAccount } from '../accounts/retire.ts'
import type { Link } from '../link.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'

/** Throws UserError 'offline' and what the server refuses; the account is here as it was then. */
export async function deleteAccount(
  tools: Tools,
  sessions: Sessions,
  { accountId, keepHistory }: CheckedInput<'account.deleteOnServer'>,
): Promise<void> {
  const link = sessions.requireOnline(accountId)
  try {
    await deleteOwnAccount(link.iq)
  } catch (error) {
    if (!(error instanceof RequestTimeout && wasThrownOut(link))) throw error
  }
  // No server knows the token any more.
  tools.secrets.set(accountId, 'token', undefined)
  if (keepHistory) await retireAccount(tools, sessions, accountId)
  else await removeAccount(tools, sessions, accountId)
}

/** §3.2: a server may end the stream with not-authorized, for there is no such account. */
function wasThrownOut({ problem }: Link): boolean {
  return problem?.code === 'policy' && problem.detail?.includes('not-authorized') === true
}
