/** What an invitation to an account (XEP-0445 §2) starts the making of one with. */
import type { XmppUri } from '../../src-main/model/xmpp-uri.ts'
import type { CreationStart } from './account-creation.svelte.ts'
import { domainPart, localPart } from './address.ts'

/** The address of `?register` is the new account's, or its server's; that of `?roster` is the inviter's. */
export function startOf({ action, jid, preauth }: XmppUri): CreationStart {
  const name = action === 'register' ? localPart(jid) : ''
  return { server: domainPart(jid), preauth, ...(name === '' ? {} : { username: name }) }
}
