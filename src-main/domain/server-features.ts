/** What the account's own server can do, asked once a stream (XEP-0030 §3.1). */
import { domainOf, type BareJid } from '../model/jid.ts'
import { fetchDiscoInfo, type DiscoInfo } from '../protocol/xep-0030-service-discovery.ts'
import type { Link } from './link.ts'

const answers = new WeakMap<Link, Promise<DiscoInfo>>()
const accountAnswers = new WeakMap<Link, Promise<DiscoInfo>>()

/** The server's identities and features. Rejects as Iq.request does, and is then asked anew. */
export function serverInfo(link: Link): Promise<DiscoInfo> {
  const domain = domainOf(link.stream.ownBareJid) as BareJid
  return remembered(answers, link, () => fetchDiscoInfo(link.iq, domain))
}

/** What the own account itself is and offers: archive, stanza ids, PEP. Rejects as `serverInfo`. */
export function accountInfo(link: Link): Promise<DiscoInfo> {
  return remembered(accountAnswers, link, () => fetchDiscoInfo(link.iq, link.stream.ownBareJid))
}

/** Its features alone. Rejects as `serverInfo`. */
export async function accountFeatures(link: Link): Promise<ReadonlySet<string>> {
  return new Set((await accountInfo(link)).features)
}

/** Its features alone. Rejects as `serverInfo`. */
export async function serverFeatures(link: Link): Promise<ReadonlySet<string>> {
  return new Set((await serverInfo(link)).features)
}

/** Where no answer came, the next one who wants to know asks again. */
export function remembered<T>(
  known: WeakMap<Link, Promise<T>>,
  link: Link,
  ask: () => Promise<T>,
): Promise<T> {
  const answer = known.get(link) ?? ask()
  known.set(link, answer)
  answer.catch(() => known.delete(link))
  return answer
}
