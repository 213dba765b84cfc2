/** The hash of our own picture in our presence (XEP-0153 §3.2), where the server does not put it there itself (XEP-0398 §4). */
import { convertsAvatars } from '../../protocol/xep-0398-avatar-conversion.ts'
import type { Link } from '../link.ts'
import { accountInfo } from '../server-features.ts'
import type { Tools } from '../tools.ts'

const ours = new WeakSet<Link>()

/** True when presence has something to tell from now on. Rejects as Iq.request does. */
export async function learnWhoTellsHash(tools: Tools, link: Link): Promise<boolean> {
  if (convertsAvatars(await accountInfo(link))) return false
  ours.add(link)
  return ownHash(tools, link) !== undefined
}

/** Empty: we have none. Undefined: it is not known, or not ours to say. */
export function ownHash({ storage }: Pick<Tools, 'storage'>, link: Link): string | undefined {
  if (!ours.has(link)) return undefined
  return storage.findPersonPicture(link.accountId, link.stream.ownBareJid)?.inVCard
}
