/** What all of a room's elements share: who wrote them, and texts within bounds. */
import { bareOf, parseJid, resourceOf, type BareJid, type FullJid } from '../../model/jid.ts'
import { attribute, clip, ownChildren } from '../stanza.ts'
import type { Element } from '../xml.ts'
import { NS_USER } from './namespaces.ts'

const MAX_REASON = 1024
const MAX_PASSWORD = 1024

/**
 * The room, where it speaks for itself: an occupant's words come from its own address in the room, and an occupant may
 * write any element (attacks S5, S20). Errors are our own words coming back, and no word of the room. Asked last: it takes
 * longer than to see that there is nothing of a room in a message.
 */
export function roomSpeaking(message: Element): BareJid | undefined {
  const from = parseJid(attribute(message, 'from') ?? '')
  if (from === undefined || from !== bareOf(from) || attribute(message, 'type') === 'error') return undefined
  return from
}

/** The `<x/>` of a room; undefined when there is none. Two of them are one too many (§7.2.2), and none counts. */
export function roomElement(stanza: Element): Element | undefined {
  const [element, ...more] = stanza.getChildren('x', NS_USER)
  return more.length > 0 ? undefined : element
}

/** At most 1024 characters of `<reason/>`, without the white space around it; empty when there is none. */
export function reasonIn(element: Element | undefined): string {
  return clip((element && ownChildren(element, 'reason')[0]?.getText())?.trim() ?? '', MAX_REASON)
}

/** A part of a password opens nothing: what is too long is none. */
export function passwordIn(element: Element): string | undefined {
  return sanePassword(ownChildren(element, 'password')[0]?.getText())
}

export function sanePassword(text: string | undefined): string | undefined {
  return text === undefined || text === '' || text.length > MAX_PASSWORD ? undefined : text
}

/**
 * Where an occupant of this nick is written to (§17.1); undefined for what can be no nick: empty, blank, over 1023 bytes,
 * with control characters. The nick that the address has may differ in its kind of spaces.
 */
export function occupantJid(room: BareJid, nick: string): FullJid | undefined {
  if (nick.trim() === '') return undefined
  return parseJid(`${room}/${nick}`) as FullJid | undefined
}

/** A nick as an address has it; a part of one would be somebody else's, so what is too long is none. */
export function saneNick(text: string | undefined): string | undefined {
  const jid = text === undefined ? undefined : occupantJid('room.invalid' as BareJid, text)
  return jid && resourceOf(jid)
}
