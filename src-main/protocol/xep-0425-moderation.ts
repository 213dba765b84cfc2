/** XEP-0425: Moderated Message Retraction, version 0.3.0. https://xmpp.org/extensions/xep-0425.html */
import { parseJid, type BareJid, type Jid } from '../model/jid.ts'
import type { Iq } from './iq.ts'
import { attribute, clip, idOf, present } from './stanza.ts'
import { roomSpeaking } from './xep-0045-muc/foreign.ts'
import { parseOccupantId } from './xep-0421-occupant-ids.ts'
import { xml, type Element } from './xml.ts'

/** Announced by rooms, not by clients; the second is of version 0.2 and still what some rooms know alone. */
export const NS = 'urn:xmpp:message-moderate:1'
export const NS_OLD = 'urn:xmpp:message-moderate:0'
const NS_RETRACT = 'urn:xmpp:message-retract:1'
const NS_RETRACT_OLD = 'urn:xmpp:message-retract:0'
const NS_FASTEN = 'urn:xmpp:fasten:0'

const MAX_REASON = 1024

/** 'old': version 0.2. */
export type ModerationVersion = 'current' | 'old'

export interface Moderation extends Moderator {
  /** The id that the room gave the message. */
  readonly stanzaId: string
  /** Empty when none was given. */
  readonly reason: string
}

/** Absent where the room does not say. */
export interface Moderator {
  /** The address in the room, or a real one. */
  readonly by?: Jid
  readonly occupantId?: string
}

/**
 * Only the room itself may say it, in groupchat; from anybody else it "MUST be discarded" (§5). Undefined without a
 * stanza-id, and where there are two.
 */
export function parseModeration(message: Element): Moderation | undefined {
  const moderation = parseCurrent(message) ?? parseOld(message)
  const isLegitimate = attribute(message, 'type') === 'groupchat' && roomSpeaking(message) !== undefined
  return moderation !== undefined && isLegitimate ? moderation : undefined
}

function parseCurrent(message: Element): Moderation | undefined {
  const [retract, ...more] = message.getChildren('retract', NS_RETRACT)
  const moderated = retract?.getChild('moderated', NS)
  const stanzaId = retract && idOf(retract)
  if (moderated === undefined || stanzaId === undefined || more.length > 0) return undefined
  // ejabberd has it in the namespace of moderation.
  const reason = retract?.getChildText('reason', NS_RETRACT) ?? retract?.getChildText('reason', NS)
  return { stanzaId, ...parseModerator(moderated), reason: reasonOf(reason) }
}

/** Version 0.2 had it in a fastening (XEP-0422), and the reason inside. */
function parseOld(message: Element): Moderation | undefined {
  const [fastened, ...more] = message.getChildren('apply-to', NS_FASTEN)
  const moderated = fastened?.getChild('moderated', NS_OLD)
  const stanzaId = fastened && idOf(fastened)
  if (moderated === undefined || stanzaId === undefined || more.length > 0) return undefined
  if (moderated.getChild('retract', NS_RETRACT_OLD) === undefined) return undefined
  return {
    stanzaId,
    ...parseModerator(moderated),
    reason: reasonOf(moderated.getChildText('reason', NS_OLD)),
  }
}

/** Of `<moderated/>`: who did it, where the room says. */
export function parseModerator(moderated: Element): Moderator {
  return {
    ...present('by', parseJid(attribute(moderated, 'by') ?? '')),
    ...present('occupantId', parseOccupantId(moderated)),
  }
}

function reasonOf(text: string | null | undefined): string {
  return clip(text?.trim() ?? '', MAX_REASON)
}

/**
 * Takes back somebody's message; `stanzaId` is the one that the room gave it. `version` by what the room announces. Rejects
 * as Iq.request does: 'forbidden' where we may not, 'item-not-found' where the room knows no such message.
 */
export async function moderateMessage(
  iq: Iq,
  room: BareJid,
  stanzaId: string,
  { reason = '', version }: { readonly reason?: string; readonly version: ModerationVersion },
): Promise<void> {
  await iq.request({ type: 'set', to: room, payload: buildModerate({ stanzaId, reason, version }) })
}

export interface ModerationRequest {
  readonly stanzaId: string
  readonly reason: string
  readonly version: ModerationVersion
}

export function buildModerate({ stanzaId, reason, version }: ModerationRequest): Element {
  const words = reason === '' ? [] : [xml('reason', {}, reason)]
  if (version === 'current') {
    return xml('moderate', { xmlns: NS, id: stanzaId }, xml('retract', { xmlns: NS_RETRACT }), ...words)
  }
  const moderate = xml('moderate', { xmlns: NS_OLD }, xml('retract', { xmlns: NS_RETRACT_OLD }), ...words)
  return xml('apply-to', { xmlns: NS_FASTEN, id: stanzaId }, moderate)
}
