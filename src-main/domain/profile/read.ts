/** What the account's server has of our name and picture: other devices may have changed it. */
import type { Audience, OwnProfile } from '../../model/profile.ts'
import { fetchOwnVCard } from '../../protocol/own-vcard.ts'
import { fetchItems, fetchNodeConfig } from '../../protocol/xep-0060-pubsub.ts'
import { NS_METADATA, parseAvatarMetadata } from '../../protocol/xep-0084-avatar.ts'
import { avatarHashOf } from '../../protocol/xep-0153-vcard-avatar.ts'
import { fetchNick } from '../../protocol/xep-0172-nick.ts'
import type { Link } from '../link.ts'
import { keep } from '../pictures/fetch.ts'
import type { Tools } from '../tools.ts'
import { unlessMissing, waysOf } from './ways.ts'

/** Rejects as Iq.request does. The picture is announced as one of anybody. */
export async function readProfile(tools: Tools, link: Link): Promise<OwnProfile> {
  const { publishes, needsVCard } = await waysOf(link)
  const published = publishes ? await readPublished(tools, link) : undefined
  const vcard = needsVCard || published?.name === undefined ? await readVCard(tools, link, needsVCard) : ''
  return {
    name: published?.name ?? vcard,
    audience: needsVCard ? 'everybody' : (published?.audience ?? 'contacts'),
    canChooseAudience: !needsVCard,
  }
}

async function readPublished(
  { personPictures }: Tools,
  { iq, accountId, stream }: Link,
): Promise<{ readonly name: string | undefined; readonly audience: Audience | undefined }> {
  const [name, items, config] = await Promise.all([
    unlessMissing(fetchNick(iq)),
    unlessMissing(fetchItems(iq, { node: NS_METADATA }, 1)),
    unlessMissing(fetchNodeConfig(iq, { node: NS_METADATA })),
  ])
  const item = items?.at(-1)
  const hash = item === undefined ? '' : parseAvatarMetadata(item)
  if (hash !== undefined) personPictures.set(accountId, stream.ownBareJid, { published: hash })
  const access = config?.['access_model']
  const audience = access === 'open' ? 'everybody' : 'contacts'
  return { name, audience: access === undefined ? undefined : audience }
}

/** A server that keeps no vCards for us is no failure: there is just nothing. */
async function readVCard(tools: Tools, link: Link, withPicture: boolean): Promise<string> {
  const { name, picture } = await fetchOwnVCard(link.iq).catch(() => ({ name: '', picture: undefined }))
  if (withPicture) {
    const inVCard = keep(tools, picture) && picture ? avatarHashOf(picture) : ''
    tools.personPictures.set(link.accountId, link.stream.ownBareJid, { inVCard })
  }
  return name
}
