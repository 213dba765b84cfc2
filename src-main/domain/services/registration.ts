/**
 * Registering with services (XEP-0077): gateways and the like. Nothing here can reach the own server, where the same
 * request would change the account's password or delete the account.
 */
import type { CheckedInput } from '../../contract/commands.ts'
import type { Jid } from '../../model/jid.ts'
import type { Registration } from '../../model/services.ts'
import {
  fetchRegistration,
  removeRegistration,
  serviceAddress,
  submitRegistration,
  type ServiceAddress,
} from '../../protocol/xep-0077-registration.ts'
import type { Link } from '../link.ts'
import { userError } from '../user-errors.ts'

type Target = Pick<CheckedInput<'service.unregister'>, 'jid'>

export function askRegistration(link: Link, { jid }: Target): Promise<Registration> {
  return fetchRegistration(link.iq, requireService(link, jid))
}

export function register(
  link: Link,
  { jid, kind, answers }: CheckedInput<'service.register'>,
): Promise<void> {
  return submitRegistration(link.iq, requireService(link, jid), kind, answers)
}

export function unregister(link: Link, { jid }: Target): Promise<void> {
  return removeRegistration(link.iq, requireService(link, jid))
}

/** Throws UserError 'own-server'. */
function requireService({ stream }: Link, jid: Jid): ServiceAddress {
  const address = serviceAddress(jid, stream.ownBareJid)
  if (address === undefined) throw userError('own-server')
  return address
}
