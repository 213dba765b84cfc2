/** Gateways to other networks (XEP-0100): logging in and out by presence to them alone, and addresses of their network. */
import type { CheckedInput } from '../../contract/commands.ts'
import type { Jid } from '../../model/jid.ts'
import type { GatewayAddress, GatewayPrompt } from '../../model/services.ts'
import { buildPresence, buildUnavailable } from '../../protocol/presence.ts'
import { directPresence, fetchGatewayPrompt, translateAddress } from '../../protocol/xep-0100-gateways.ts'
import type { Element } from '../../protocol/xml.ts'
import { presenceOf } from '../accounts/presence-of.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'

/** The gateway sees what contacts see. Throws UserError 'offline'. */
export function logIn({ storage }: Tools, link: Link, jid: Jid): void {
  const { show, status } = presenceOf({ storage }, link.accountId)
  if (show === 'offline') throw userError('offline')
  send(link, directPresence(buildPresence({ show, status, caps: link.caps() }), jid))
  link.addressed.add(jid)
}

/** Throws UserError 'offline'. */
export function logOut(link: Link, jid: Jid): void {
  send(link, directPresence(buildUnavailable(''), jid))
  link.addressed.delete(jid)
}

export function askGateway({ iq }: Link, jid: Jid): Promise<GatewayPrompt> {
  return fetchGatewayPrompt(iq, jid)
}

/** Throws UserError 'invalid-address' when the gateway makes none of it. */
export async function translate(
  { iq }: Link,
  { jid, address }: CheckedInput<'service.translateAddress'>,
): Promise<GatewayAddress> {
  const translated = await translateAddress(iq, jid, address)
  if (translated === undefined) throw userError('invalid-address')
  return { jid: translated }
}

function send({ stream }: Link, presence: Element): void {
  if (!stream.send(presence)) throw userError('offline')
}
