/** What the account's own server can do, asked once a stream (XEP-0030 §3.1). */
import { domainOf, type BareJid } from '../model/jid.ts'
import { fetchDiscoInfo, type DiscoInfo } from '../protocol/xep-0030-service-discovery.ts'
import type { Link } from './link.ts'

const answers = new WeakMap<Link, Promise<DiscoInfo>>()

/** The server's identities and features. Rejects as Iq.request does, then and for as long as the stream lives. */
export function serverInfo(link: Link): Promise<DiscoInfo> {
  const domain = domainOf(link.stream.ownBareJid) as BareJid
  const known = answers.get(link) ?? fetchDiscoInfo(link.iq, domain)
  answers.set(link, known)
  return known
}

/** Its features alone. Rejects as `serverInfo`. */
export async function serverFeatures(link: Link): Promise<ReadonlySet<string>> {
  return new Set((await serverInfo(link)).features)
}
