/** Whether a message of a room speaks to us: by our nick, or explicitly (XEP-0513). */
import type { Mention } from '../../model/mentions.ts'
import { bareOf } from '../../model/jid.ts'
import { allowedMentions } from '../../protocol/xep-0513-mentions.ts'
import type { Draft } from '../incoming/draft.ts'
import type { Visit } from './memory.ts'

/** Scripts that put no spaces between words: there a name begins and ends anywhere. */
const NO_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const IN_WORD = /[\p{L}\p{M}\p{N}_]/u

/** Of a message to all of a room, by somebody else. */
export function speaksToUs({ room, isOwn, parsed, link }: Draft, body: string): boolean {
  if (room?.kind !== 'room' || isOwn || room.author === undefined) return false
  const { visit } = room
  const means = (mention: Mention): boolean => meansUs(mention, visit, link.stream.ownBareJid)
  const role = visit.seats.get(room.author.nick)?.occupant.role ?? 'participant'
  const allowed = allowedMentions(parsed.mentions ?? [], visit.traits?.mentionRules, role)
  return allowed.some(means) || namesNick(body, visit.nick)
}

function meansUs({ silent, group, uri, occupantId, jid }: Mention, visit: Visit, own: string): boolean {
  if (silent === true) return false
  if (occupantId !== undefined) return occupantId === visit.occupantId
  if (jid !== undefined) return bareOf(jid) === own || jid === `${visit.jid}/${visit.nick}`
  if (uri !== undefined && uri !== `xmpp:${visit.jid}` && uri !== `xmpp:${visit.jid}?join`) return false
  return group === 'channel' || group === `${visit.role}s` || group === visit.affiliation
}

/** As a whole word, whatever its case. */
export function namesNick(body: string, nick: string): boolean {
  const text = fold(body)
  const name = fold(nick).trim()
  if (name === '') return false
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!joins(text, at, name, 'before') && !joins(text, at, name, 'after')) return true
  }
  return false
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase()
}

/** Whether the name goes on beyond its edge: then it is part of a longer word. */
function joins(text: string, at: number, name: string, side: 'before' | 'after'): boolean {
  const edge = side === 'before' ? [...name][0] : [...name].at(-1)
  const beyond =
    side === 'before'
      ? [...text.slice(Math.max(0, at - 2), at)].at(-1)
      : [...text.slice(at + name.length, at + name.length + 2)][0]
  if (edge === undefined || beyond === undefined) return false
  if (NO_SPACES.test(edge) || NO_SPACES.test(beyond)) return false
  return IN_WORD.test(edge) && IN_WORD.test(beyond)
}

/** What was said before we first came is no news. */
export function isUnreadIn({ room, stampMs }: Draft): boolean {
  return room?.kind !== 'room' || stampMs === undefined || room.visit.wasHere
}
