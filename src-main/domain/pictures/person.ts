/** The picture of a contact, or our own: only one that they announce, by its hash, wherever it comes from. */
import type { CheckedInput } from '../../contract/commands.ts'
import type { ShownPicture } from '../../model/picture.ts'
import { fetchAvatar } from '../../protocol/xep-0084-avatar.ts'
import { avatarHashOf, fetchPictures } from '../../protocol/xep-0153-vcard-avatar.ts'
import type { SaidPicture } from '../../storage/person-pictures.types.ts'
import type { Link } from '../link.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import { keep, toShown } from './fetch.ts'

type Wanted = CheckedInput<'picture.fetchPerson'>

/** Undefined where it can't be had now, or can't be shown. Rejects with StorageError only. */
export async function fetchPersonPicture(
  tools: Tools,
  sessions: Sessions,
  wanted: Wanted,
): Promise<ShownPicture | undefined> {
  const { accountId, jid, hash } = wanted
  const kept = tools.storage.findPicture(hash, tools.now())
  if (kept !== undefined) return toShown(kept)
  const link = sessions.get(accountId).online()
  if (link === undefined || !isPerson(tools, link, wanted)) return undefined
  const said = tools.storage.findPersonPicture(accountId, jid)
  if (said?.published !== hash && said?.inVCard !== hash) return undefined
  return tools.pictures.fetch(link, `${jid} ${hash}`, () => ask(tools, link, wanted, said))
}

function isPerson({ storage }: Tools, link: Link, { accountId, jid }: Wanted): boolean {
  return jid === link.stream.ownBareJid || storage.findContact(accountId, jid) !== undefined
}

/** A server that keeps both in step (XEP-0398) may still refuse us one of them. */
async function ask(
  tools: Tools,
  { iq }: Link,
  { jid, hash }: Wanted,
  said: SaidPicture,
): Promise<ShownPicture | undefined> {
  if (said.published === hash) {
    const picture = await fetchAvatar(iq, jid, hash).catch(() => undefined)
    const shown = keep(tools, picture)
    if (shown !== undefined || said.inVCard !== hash) return shown
  }
  return keep(
    tools,
    (await fetchPictures(iq, jid)).find((picture) => avatarHashOf(picture) === hash),
  )
}
