/** Where and how to connect, picked out of an account or of what was entered for one. */
import type { ConnectionOptions } from '../model/account.ts'

/** Every field is there, undefined where it was not given: so a change takes back what was given before. */
export function connectionOf(options: ConnectionOptions): Required<ConnectionOptions> {
  const { host, port, security, transport, webSocketUrl, proxy, trustedCertificate } = options
  return { host, port, security, transport, webSocketUrl, proxy, trustedCertificate }
}
