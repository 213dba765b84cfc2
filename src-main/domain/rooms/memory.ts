/**
 * The rooms we are in, or want to be in, while the program runs: who is there, and how we stand. One presence costs the
 * same in a room of ten thousand as in one of two: nothing is stored of it, and what changes is told in batches.
 */
import type { BareJid } from '../../model/jid.ts'
import type { Affiliation, Occupant, Role, RoomPhase, RoomProblem, RoomTraits } from '../../model/room.ts'
import type { MentionRules } from '../../protocol/xep-0513-mentions.ts'
import type { Events } from '../app.types.ts'
import type { Link } from '../link.ts'
import { createOccupantNews } from './occupant-news.ts'

/** Ten times a second at most. */
const BATCH_MS = 100
/** More is no room but an attack. */
const MOST_OCCUPANTS = 100_000

/** A nick, by whom it is held and since when we know that. */
export interface Seat {
  readonly occupant: Occupant
  /** Epoch milliseconds; what this nick said before may have been somebody else's. */
  readonly sinceMs: number
}

/** With what a room says of mentions (XEP-0513). */
export type KnownTraits = RoomTraits & { readonly mentionRules?: MentionRules }

export interface Visit {
  readonly accountId: number
  readonly conversationId: number
  readonly jid: BareJid
  phase: RoomPhase
  problem: RoomProblem | undefined
  /** Ours there; the wanted one while we are out. */
  nick: string
  role: Role
  affiliation: Affiliation
  /** XEP-0421. */
  occupantId: string | undefined
  password: string | undefined
  /** XEP-0502: of a room that we are not in. */
  activity: number | undefined
  /** As in the database. */
  traits: KnownTraits | undefined
  /** The hash of its picture (XEP-0153), where the room itself tells it by presence; empty: it has none. */
  toldPicture: string | undefined
  /** The stream that the room described itself on. */
  askedOn: Link | undefined
  /** Grows with each attempt to come in, so that a late answer is known for what it is. */
  attempt: number
  /** By our coming (status 201): it waits for its configuration. */
  created: boolean
  /** What was said before we came is here, so that our own words may go. */
  caughtUp: boolean
  /** Something of it was here before we came in this time, so that what was said meanwhile is news. */
  wasHere: boolean
  /** It is set up otherwise than it was, or has said its subject, which ends what comes with coming in. */
  onChanged: (() => void) | undefined
  onSubject: (() => void) | undefined
  /** The nick that we asked for is ours, or refused. */
  onNick: ((problem: RoomProblem | undefined) => void) | undefined
  /** The room said something, or answered: epoch milliseconds. */
  heardAt: number
  /** Ids of own stanzas that the room has not sent back yet. */
  readonly awaited: Set<string>
  readonly seats: Map<string, Seat>
  /** Who changes nick just now, by the new one. */
  readonly renamed: Map<string, Seat>
  /** Whom the user means by a nick, by occupant-id, where it was somebody else's before. */
  readonly meant: Map<string, string>
  /** Ignored by the user: keys of authors. */
  readonly ignored: Set<string>
}

export type NewVisit = Pick<Visit, 'accountId' | 'conversationId' | 'jid' | 'nick' | 'occupantId' | 'traits'>

export interface RoomsMemory {
  find(accountId: number, jid: BareJid): Visit | undefined
  ofConversation(conversationId: number): Visit | undefined
  list(accountId?: number): readonly Visit[]
  /** The one that is there already, or a new one, out. */
  open(visit: NewVisit): Visit
  /** Somebody looks at its occupants. */
  watch(visit: Visit): void
  seat(visit: Visit, nick: string, seat: Seat): void
  unseat(visit: Visit, nick: string): void
  /** Whoever looks is to be told of this one. */
  tell(visit: Visit, nick: string): void
  /** Nobody is known to be there any more. */
  empty(visit: Visit): void
  /** We have come in: from here on its occupants are told of, all of them first. */
  filled(visit: Visit): void
  /** It is to be told of, with the next batch. */
  touch(visit: Visit): void
  forget(accountId: number): void
  /** Tells what waits for its batch. */
  flush(): void
}

export function createRoomsMemory(
  events: Events,
  announceRoom: (conversationId: number) => void,
): RoomsMemory {
  const accounts = new Map<number, Map<BareJid, Visit>>()
  const byConversation = new Map<number, Visit>()
  const touched = new Set<number>()
  const news = createOccupantNews()
  let timer: NodeJS.Timeout | undefined

  function touch({ conversationId }: Visit): void {
    touched.add(conversationId)
    timer ??= setTimeout(flush, BATCH_MS)
  }

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    const told = [...touched]
    touched.clear()
    told.forEach(announceRoom)
    for (const event of news.take((id) => byConversation.get(id)?.seats)) {
      events.emit('occupants.changed', event)
    }
    if (!news.isEmpty) timer = setTimeout(flush, BATCH_MS)
  }

  function replaceAll(visit: Visit): void {
    news.replaced(visit.conversationId, visit.seats)
    touch(visit)
  }

  return {
    find: (accountId, jid) => accounts.get(accountId)?.get(jid),
    ofConversation: (conversationId) => byConversation.get(conversationId),
    list: (accountId) =>
      [...byConversation.values()].filter(
        (visit) => accountId === undefined || visit.accountId === accountId,
      ),
    open(wanted) {
      const known = accounts.get(wanted.accountId)?.get(wanted.jid)
      if (known !== undefined) return known
      const visit = newVisit(wanted)
      const rooms = accounts.get(wanted.accountId) ?? new Map<BareJid, Visit>()
      accounts.set(wanted.accountId, rooms.set(wanted.jid, visit))
      byConversation.set(wanted.conversationId, visit)
      return visit
    },
    watch: ({ conversationId }) => news.watch(conversationId),
    seat(visit, nick, seat) {
      if (visit.seats.size >= MOST_OCCUPANTS && !visit.seats.has(nick)) return
      visit.seats.set(nick, seat)
      // While we come in, all will be told at once.
      if (visit.phase !== 'joining') news.came(visit.conversationId, nick)
      touch(visit)
    },
    unseat(visit, nick) {
      if (!visit.seats.delete(nick)) return
      if (visit.phase !== 'joining') news.went(visit.conversationId, nick)
      touch(visit)
    },
    tell(visit, nick) {
      news.came(visit.conversationId, nick)
      touch(visit)
    },
    empty(visit) {
      visit.seats.clear()
      visit.renamed.clear()
      replaceAll(visit)
    },
    filled: replaceAll,
    touch,
    forget(accountId) {
      for (const { conversationId } of accounts.get(accountId)?.values() ?? []) {
        byConversation.delete(conversationId)
        touched.delete(conversationId)
        news.forget(conversationId)
      }
      accounts.delete(accountId)
    },
    flush,
  }
}

function newVisit(wanted: NewVisit): Visit {
  return {
    ...wanted,
    phase: 'out',
    problem: undefined,
    role: 'none',
    affiliation: 'none',
    password: undefined,
    activity: undefined,
    askedOn: undefined,
    toldPicture: undefined,
    attempt: 0,
    created: false,
    caughtUp: false,
    wasHere: false,
    onChanged: undefined,
    onSubject: undefined,
    onNick: undefined,
    heardAt: 0,
    awaited: new Set(),
    seats: new Map(),
    renamed: new Map(),
    meant: new Map(),
    ignored: new Set(),
  }
}
