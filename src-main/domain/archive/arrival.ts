/** A message out of the own archive, as one that arrives. */
import { bareOf } from '../../model/jid.ts'
import type { ParsedMessage } from '../../protocol/message.ts'
import type { ArchiveResult } from '../../protocol/xep-0313-archive.ts'
import type { ArchivePosition } from '../../storage/archive.types.ts'
import type { Arrival } from '../incoming/arrival.ts'
import { stampOf } from '../incoming/sent-at.ts'
import type { Link } from '../link.ts'
import { placeInRoom } from '../rooms/arrival.ts'
import type { Tools } from '../tools.ts'

/** Places are microseconds in a double: beyond this they would not be whole any more. */
const LATEST_MS = Date.UTC(2200, 0, 1)

/** Undefined for what is no message of a person to another: rooms, announcements, errors have had their moment. */
export function archivedArrival(
  tools: Tools,
  { id, message }: ArchiveResult,
  link: Link,
  position: ArchivePosition,
  isOld: boolean,
): Arrival | undefined {
  if (message.kind === 'rejected' || !['chat', 'normal'].includes(message.type)) return undefined
  const { ownBareJid } = link.stream
  const isOwn = bareOf(message.from) === ownBareJid
  const arrival: Arrival = {
    parsed: message,
    via: 'archive',
    isOwn,
    counterpart: isOwn ? bareOf(message.to ?? ownBareJid) : bareOf(message.from),
    stampMs: sentAt(message, link, position.stampMs),
    stanzaId: id,
    archived: { position, isOld },
  }
  const placed = placeInRoom(tools, link, arrival)
  return 'kind' in placed ? undefined : placed
}

/** It may have been held on its way to the archive too. The archive's clock is the judge of what lies in the future. */
function sentAt(message: ParsedMessage, link: Link, archivedMs: number): number {
  return Math.min(archivedMs, stampOf(message, link, archivedMs) ?? archivedMs)
}

/** The archive's stamp; one that has none is taken to be from when its neighbour is. */
export function archiveStamp({ stampMs }: ArchiveResult, neighbourMs: number): number {
  return Math.min(stampMs ?? neighbourMs, LATEST_MS)
}
