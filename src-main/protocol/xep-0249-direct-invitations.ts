/** XEP-0249: Direct MUC Invitations, version 1.2. https://xmpp.org/extensions/xep-0249.html */
import { parseBareJid, parseJid, type BareJid, type Jid } from '../model/jid.ts'
import type { ParsedInvitation } from './xep-0045-muc/muc.types.ts'
import { attribute, clip, present } from './stanza.ts'
import { sanePassword } from './xep-0045-muc/foreign.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'jabber:x:conference'
export const features = [NS]

const MAX_REASON = 1024
const MAX_THREAD = 1024

/**
 * The inviter is whoever sent it, whatever stands in it. Undefined in a room's conversation and in errors, which are our own
 * words coming back. Some rooms write it beside their own (XEP-0045 §7.8.2), which says more: read that one first.
 */
export function parseDirectInvitation(message: Element): ParsedInvitation | undefined {
  const [x, ...more] = message.getChildren('x', NS)
  const read = (name: string): string | undefined => x && attribute(x, name)
  const room = parseBareJid(read('jid') ?? '')
  const type = attribute(message, 'type')
  if (room === undefined || more.length > 0 || type === 'groupchat' || type === 'error') return undefined
  const continues = ['true', '1'].includes(read('continue') ?? '')
  return {
    room,
    via: 'direct',
    ...present('inviter', parseJid(attribute(message, 'from') ?? '')),
    reason: clip(read('reason')?.trim() ?? '', MAX_REASON),
    ...present('password', sanePassword(read('password'))),
    ...(continues ? { continues: clip(read('thread') ?? '', MAX_THREAD) } : {}),
  }
}

export interface DirectInvitation {
  readonly room: BareJid
  readonly reason: string
  readonly password?: string | undefined
  /** It goes on with this conversation of two; '' where that has no thread. */
  readonly continues?: string | undefined
}

/** The message has nothing else in it (§2). */
export function buildDirectInvitation(to: Jid, invitation: DirectInvitation, id: string): Element {
  const { room, reason, password, continues } = invitation
  const attributes = {
    xmlns: NS,
    jid: room,
    reason: reason === '' ? undefined : reason,
    password,
    continue: continues === undefined ? undefined : 'true',
    thread: continues === '' ? undefined : continues,
  }
  return xml('message', { to, id }, xml('x', attributes))
}
