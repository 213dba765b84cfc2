/** XEP-0045 §7.8.2: invitations that the room hands on, and their being declined. */
import { parseJid, type BareJid, type Jid } from '../../model/jid.ts'
import type { Declination, ParsedInvitation } from './muc.types.ts'
import { attribute, clip, ownChildren, present } from '../stanza.ts'
import { xml, type Element } from '../xml.ts'
import { passwordIn, reasonIn, roomElement, roomSpeaking } from './foreign.ts'
import { NS_USER } from './namespaces.ts'

const MAX_THREAD = 1024

/** Only from the room itself, which alone knows who asked it; undefined otherwise, and in groupchat. */
export function parseMediatedInvitation(message: Element): ParsedInvitation | undefined {
  const x = roomElement(message)
  const invite = x && ownChildren(x, 'invite')[0]
  if (x === undefined || invite === undefined) return undefined
  const room = privatelySpeaking(message)
  if (room === undefined) return undefined
  const continued = ownChildren(invite, 'continue')[0]
  return {
    room,
    via: 'room',
    ...present('inviter', parseJid(attribute(invite, 'from') ?? '')),
    reason: reasonIn(invite),
    ...present('password', passwordIn(x)),
    ...present('continues', continued && clip(attribute(continued, 'thread') ?? '', MAX_THREAD)),
  }
}

/** Likewise. */
export function parseDeclination(message: Element): Declination | undefined {
  const x = roomElement(message)
  const decline = x && ownChildren(x, 'decline')[0]
  if (decline === undefined) return undefined
  const room = privatelySpeaking(message)
  if (room === undefined) return undefined
  const invitee = parseJid(attribute(decline, 'from') ?? '')
  return { room, ...present('invitee', invitee), reason: reasonIn(decline) }
}

function privatelySpeaking(message: Element): BareJid | undefined {
  return attribute(message, 'type') === 'groupchat' ? undefined : roomSpeaking(message)
}

export interface OutgoingInvitation {
  readonly room: BareJid
  readonly invitee: Jid
  readonly reason: string
  /** It goes on with this thread of a conversation of two. */
  readonly thread?: string | undefined
  readonly id: string
}

/** For rooms that are members-only; elsewhere the direct one of XEP-0249 arrives more surely (§7.8). */
export function buildMediatedInvitation(invitation: OutgoingInvitation): Element {
  const { room, invitee, reason, thread, id } = invitation
  const invite = xml(
    'invite',
    { to: invitee },
    ...wordsOf(reason),
    ...(thread === undefined ? [] : [xml('continue', { thread: thread === '' ? undefined : thread })]),
  )
  return xml('message', { to: room, id }, xml('x', { xmlns: NS_USER }, invite))
}

export function buildDecline({ room, inviter }: ParsedInvitation, reason: string, id: string): Element {
  const decline = xml('decline', { to: inviter }, ...wordsOf(reason))
  return xml('message', { to: room, id }, xml('x', { xmlns: NS_USER }, decline))
}

function wordsOf(reason: string): Element[] {
  return reason === '' ? [] : [xml('reason', {}, reason)]
}
