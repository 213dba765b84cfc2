/**
 * How a message came to us. That decides what it is trusted for, which conversation it belongs to and where its place is;
 * from there on, a message that came live, as a carbon or out of the archive goes through the same steps.
 */
import { bareOf, type Jid } from '../../model/jid.ts'
import type { ParsedMessage } from '../../protocol/message.ts'
import type { ArchivePosition } from '../../storage/archive.types.ts'
import type { Link } from '../link.ts'
import type { InRoom } from '../rooms/arrival.ts'
import { stanzaIdOf } from './stanza-id.ts'
import { stampOf } from './sent-at.ts'

export interface Arrival {
  readonly parsed: ParsedMessage
  /** 'carbon' and 'archive': the copy that our own server forwarded, checked to be its own by whoever makes the arrival. */
  readonly via: 'live' | 'carbon' | 'archive'
  /** Our own account said it, here or on another device. */
  readonly isOwn: boolean
  /**
   * Whose conversation it belongs to: the bare JID it is from, or for our own words the one they went to; alone with an
   * occupant of a room, that one's full address.
   */
  readonly counterpart: Jid
  /** Epoch milliseconds: the trusted stamp (XEP-0203) of whoever held it; undefined: it came straight. */
  readonly stampMs?: number | undefined
  /** In a room, or alone with one of its occupants. */
  readonly room?: InRoom | undefined
  /** The id our own archive, or that of the room, gave it (XEP-0359), where that is certain. */
  readonly stanzaId?: string | undefined
  /** Of 'archive': where it stands there, and whether it is from before this device, so that nobody has to read it. */
  readonly archived?: { readonly position: ArchivePosition; readonly isOld: boolean } | undefined
}

/** Of a message stanza that came to this stream itself. */
export function liveArrival(parsed: ParsedMessage, link: Link, nowMs: number): Arrival {
  const sender = bareOf(parsed.from)
  return {
    parsed,
    via: 'live',
    isOwn: sender === link.stream.ownBareJid,
    counterpart: sender,
    stampMs: stampOf(parsed, link, nowMs),
    stanzaId: stanzaIdOf(parsed, link),
  }
}
