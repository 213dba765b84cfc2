/** Which way goes what is not a stream: with a proxy in it, nothing goes beside it. */
import type { ConnectionOptions } from '../../model/account.ts'
import type { ProbeOptions } from '../../protocol/transport/xmpp-client.ts'
import type { ProxyRoute } from '../../protocol/xep-0368-direct-tls.ts'
import { connectionOf } from '../connection.ts'
import type { BareJid } from '../../model/jid.ts'
import type { Tools } from '../tools.ts'

type Entered = ConnectionOptions & { readonly proxyPassword?: string | undefined }
type Tool = Pick<Tools, 'storage' | 'secrets'>

/**
 * Where an address that was entered is reached. What is known of an account with that address holds where nothing was
 * entered: its proxy above all, beside which not even a question may go.
 */
export function whereOf(
  { storage, secrets }: Tool,
  jid: BareJid,
  entered: Entered,
): Required<ConnectionOptions> & ProbeOptions {
  const known = storage.listAccounts().find((account) => account.jid === jid)
  const where = connectionOf(entered)
  const proxyPassword = entered.proxyPassword ?? (known && secrets.get(known.id, 'proxy'))
  return {
    ...where,
    proxy: where.proxy ?? known?.proxy,
    trustedCertificate: where.trustedCertificate ?? known?.trustedCertificate,
    proxyPassword,
  }
}

/**
 * For what the user wants of the web, which belongs to no account: as soon as one account has a proxy, it goes through that.
 * Undefined: there is none.
 */
export function webProxy({ storage, secrets }: Tool): ProxyRoute | undefined {
  const account = storage.listAccounts().find(({ proxy, retired }) => proxy !== undefined && !retired)
  return account?.proxy && { ...account.proxy, password: secrets.get(account.id, 'proxy') }
}
