/**
 * Whom own words in a room speak to (XEP-0513), so that nobody has to guess: `@nick` anywhere, or a nick and a colon or
 * comma at the beginning, as people write it. Only who is there now.
 */
import type { Mention } from '../../model/mentions.ts'
import { MAX_MENTIONS } from '../../protocol/xep-0513-mentions.ts'
import { occupantJid } from '../../protocol/xep-0045-muc/index.ts'
import type { Visit } from './memory.ts'

/** Longer nicks are written out by nobody. */
const MAX_NICK = 64
const GOES_ON = /^[\p{L}\p{M}\p{N}_]/u

/** `before`: what stands before the words when they are sent. Undefined: nobody. */
export function mentionsIn(visit: Visit, words: string, before = ''): readonly Mention[] | undefined {
  const found: Mention[] = []
  for (const { nick, at } of named(visit, words)) {
    if (found.length >= MAX_MENTIONS) break
    const begin = lengthOf(before) + lengthOf(words.slice(0, at))
    const who = personOf(visit, nick)
    if (who !== undefined) found.push({ ...who, range: { begin, end: begin + lengthOf(nick) } })
  }
  return found.length === 0 ? undefined : found
}

function* named(visit: Visit, words: string): Generator<{ readonly nick: string; readonly at: number }> {
  const first = nickAt(visit, words, 0)
  if (first !== undefined && /^[:,]/.test(words.slice(first.length))) yield { nick: first, at: 0 }
  for (let at = words.indexOf('@'); at >= 0; at = words.indexOf('@', at + 1)) {
    const nick = nickAt(visit, words, at + 1)
    if (nick !== undefined) yield { nick, at: at + 1 }
  }
}

/** The longest nick that stands there and ends there. */
function nickAt({ seats }: Visit, words: string, at: number): string | undefined {
  for (let length = Math.min(MAX_NICK, words.length - at); length > 0; length -= 1) {
    const nick = words.slice(at, at + length)
    if (seats.has(nick) && !GOES_ON.test(words.slice(at + length))) return nick
  }
  return undefined
}

function personOf(visit: Visit, nick: string): Pick<Mention, 'occupantId' | 'jid'> | undefined {
  const occupantId = visit.seats.get(nick)?.occupant.occupantId
  if (occupantId !== undefined) return { occupantId }
  const jid = occupantJid(visit.jid, nick)
  return jid && { jid }
}

/** In code points, as ranges are counted. */
function lengthOf(text: string): number {
  return [...text].length
}
