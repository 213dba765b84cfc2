/** XEP-0424: Message Retraction, version 0.4.2. https://xmpp.org/extensions/xep-0424.html */
import { attribute, clip, idOf, present } from './stanza.ts'
import { parseDateTime } from './xep-0082-date-times.ts'
import { NS as NS_MODERATE, parseModerator, type Moderator } from './xep-0425-moderation.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'urn:xmpp:message-retract:1'
export const features = [NS]

const MAX_REASON = 1024

export interface Retraction {
  /** Outside of rooms the `id` attribute of the message to be forgotten, in them the stanza-id by the room (§5.1). */
  readonly retracts: string
}

/** What an archive has in the place of a message that was taken back (§4, XEP-0425 §4). */
export interface Tombstone {
  /** When it was taken back, epoch milliseconds. */
  readonly stampMs?: number
  /** Present where a moderator did it, not its author. */
  readonly moderated?: Moderator & { readonly reason: string }
}

/**
 * Undefined without an id, or with two of them, and where it is said to be a moderator's (XEP-0425): only the room says
 * that, see parseModeration, and an occupant who does is not even taking back its own. Whether the sender may retract that
 * message is the domain's question.
 */
export function parseRetraction(message: Element): Retraction | undefined {
  const [retract, ...more] = message.getChildren('retract', NS)
  if (retract === undefined || more.length > 0 || moderatedIn(retract) !== undefined) return undefined
  const retracts = idOf(retract)
  return retracts === undefined ? undefined : { retracts }
}

function moderatedIn(element: Element): Element | undefined {
  return element.getChild('moderated', NS_MODERATE)
}

/** What an archive has in the place of a message (§4). It means something only in an archive's answer. */
export function parseTombstone(message: Element): Tombstone | undefined {
  const retracted = message.getChild('retracted', NS)
  if (retracted === undefined) return undefined
  const moderated = moderatedIn(retracted)
  const reason = clip(retracted.getChildText('reason', NS)?.trim() ?? '', MAX_REASON)
  return {
    ...present('stampMs', parseDateTime(attribute(retracted, 'stamp') ?? '')),
    ...present('moderated', moderated && { ...parseModerator(moderated), reason }),
  }
}

export function buildRetraction({ retracts }: Retraction): Element {
  return xml('retract', { xmlns: NS, id: retracts })
}

/** For clients that can't retract; an action (XEP-0245), in the words of the specification (§3). */
export const RETRACTION_FALLBACK = "/me retracted a previous message, but it's unsupported by your client."
