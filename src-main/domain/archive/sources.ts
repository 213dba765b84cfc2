/** Archives that are read: the account's own, and those of rooms. What is here of each is kept in its own place. */
import type { ArchivePhase } from '../../model/archive.ts'
import type { Message } from '../../model/message.ts'
import { bareOf, resourceOf } from '../../model/jid.ts'
import type { Author } from '../../model/room.ts'
import type { ParsedMessage } from '../../protocol/message.ts'
import type { ArchivePage, ArchiveQuery, ArchiveResult } from '../../protocol/xep-0313-archive.ts'
import type { ArchivePosition, KnownArchive } from '../../storage/archive.types.ts'
import type { Arrival } from '../incoming/arrival.ts'
import type { Link } from '../link.ts'
import { archivedAuthor } from '../rooms/arrival.ts'
import type { Visit } from '../rooms/memory.ts'
import type { Tools } from '../tools.ts'
import { archivedArrival } from './arrival.ts'
import type { HistoryBatch } from './batch.ts'
import { noteRead } from './unsettled.ts'

export interface Source {
  /** The same object for the same archive on the same stream. */
  readonly key: object
  find(): KnownArchive | undefined
  put(known: KnownArchive): void
  /** One page. Rejects as Archives.query does. */
  query(query: Omit<ArchiveQuery, 'archive'>): Promise<ArchivePage>
  /** Undefined for what is no message of a conversation. */
  arrival(result: ArchiveResult, position: ArchivePosition, isOld: boolean): Arrival | undefined
  /** A slice of a page is stored. */
  taken(batch: Pick<HistoryBatch, 'added' | 'moved' | 'news'>): void
  progressed(phase: ArchivePhase, loaded?: number): void
  /** Nothing is missing any more between what is here and now. */
  caughtUp(): void
  /** What has been taken so far, and not told, is told to whoever notifies. */
  tellNews(): void
}

export function accountSource(tools: Tools, link: Link): Source {
  const { storage, archive, events } = tools
  const { accountId } = link
  const news = new Map<number, Message>()
  return {
    key: link,
    find: () => storage.findArchive(accountId),
    put: (known) => storage.putArchive(accountId, known),
    query: (query) => link.archives.query(query),
    arrival: (result, position, isOld) => archivedArrival(tools, result, link, position, isOld),
    taken(batch) {
      noteRead(link, batch)
      for (const [conversationId, message] of batch.news) news.set(conversationId, message)
    },
    progressed: (phase, loaded) => archive.progressed(storage, accountId, phase, loaded),
    caughtUp() {
      storage.endAbsence(accountId)
      events.emit('archive.gapsChanged', { accountId })
    },
    tellNews() {
      if (news.size > 0) events.emit('archive.caughtUp', { accountId, latest: [...news.values()] })
      news.clear()
    },
  }
}

export function roomSource(tools: Tools, link: Link, visit: Visit): Source {
  const { storage, rooms, events } = tools
  const { accountId, conversationId, jid } = visit
  return {
    key: visit,
    find: () => storage.findRoomArchive(conversationId),
    put: (known) => storage.putRoomArchive(conversationId, known),
    query: (query) => link.archives.query({ ...query, archive: jid }),
    arrival: (result, position, isOld) => roomArrival(tools, visit, result, { position, isOld }),
    taken: (batch) => noteRead(visit, batch),
    progressed: () => rooms.touch(visit),
    caughtUp() {
      storage.endRoomAbsence(conversationId)
      events.emit('archive.gapsChanged', { accountId, conversationId })
    },
    // Of rooms only what calls us is news, and that is told when it comes.
    tellNews: () => undefined,
  }
}

/** Only what its occupants said to all. */
function roomArrival(
  tools: Tools,
  visit: Visit,
  { id, message }: ArchiveResult,
  archived: NonNullable<Arrival['archived']>,
): Arrival | undefined {
  if (message.kind === 'rejected' || message.type !== 'groupchat') return undefined
  if (bareOf(message.from) !== visit.jid) return undefined
  const nick = resourceOf(message.from)
  const author = nick === undefined ? undefined : archivedAuthor(visit, nick, message)
  return {
    parsed: message,
    via: 'archive',
    isOwn: author !== undefined && isOurs(tools, visit, author, message),
    counterpart: visit.jid,
    stampMs: archived.position.stampMs,
    stanzaId: id,
    archived,
    room: { kind: 'room', visit, author },
  }
}

/** By occupant-id; without one a nick of then may have been anybody's, so only what we know to have said is ours. */
function isOurs({ storage }: Tools, visit: Visit, author: Author, { id, originId }: ParsedMessage): boolean {
  if (author.occupantId !== undefined && visit.occupantId !== undefined) {
    return author.occupantId === visit.occupantId
  }
  if (author.nick !== visit.nick) return false
  return [id, originId].some((each) => {
    const own = each === undefined ? undefined : storage.findOwnMessage(visit.accountId, each)
    return own?.conversationId === visit.conversationId
  })
}
