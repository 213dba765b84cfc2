/** Who announces a picture: contacts by an event of their data (XEP-0084) or in presence, and our own account elsewhere. */
import { bareOf } from '../../model/jid.ts'
import type { PubsubEvent } from '../../protocol/xep-0060-pubsub.ts'
import { parseAvatarMetadata } from '../../protocol/xep-0084-avatar.ts'
import type { OwnEvent, PersonalEvent } from '../../protocol/xep-0163-pep.ts'
import type { ParsedPresence } from '../../protocol/presence.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'

/** Of a contact: that it is one was looked at. */
export function receiveAvatar(tools: Tools, link: Link, event: PersonalEvent): void {
  const published = publishedIn(event)
  if (published !== undefined) tools.personPictures.note(link.accountId, event.from, { published })
}

/** Another device of ours, or our server for a vCard that was set, has changed the picture. */
export function receiveOwnAvatar(tools: Tools, link: Link, event: OwnEvent): void {
  const published = publishedIn(event)
  if (published !== undefined)
    tools.personPictures.note(link.accountId, link.stream.ownBareJid, { published })
}

/** The newest item stands last. One that is taken back, or a node that is emptied, leaves no picture. */
function publishedIn({ items, retracted, emptied }: PubsubEvent): string | undefined {
  const item = items.at(-1)
  if (item !== undefined) return parseAvatarMetadata(item)
  return emptied === true || retracted.length > 0 ? '' : undefined
}

/** Of a contact, or of another device of ours. A device that says nothing of it changes nothing (XEP-0153 §4.1). */
export function notePresencePicture(tools: Tools, link: Link, { from, avatarHash }: ParsedPresence): void {
  if (avatarHash !== undefined) {
    tools.personPictures.note(link.accountId, bareOf(from), { inVCard: avatarHash })
  }
}
