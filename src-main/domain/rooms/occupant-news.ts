/** What has changed among the occupants of rooms that somebody looks at, until it is told. */
import type { AppEvents } from '../../model/events.ts'
import type { Seat } from './memory.ts'

/** What one event carries: some milliseconds' work for who sends it on. */
const MOST_AT_ONCE = 1000
/** Rooms whose occupants are told of as they change: as many as are looked at. */
const MOST_WATCHED = 8

type Seats = ReadonlyMap<string, Seat>

export interface OccupantNews {
  /** Somebody looks at its occupants. */
  watch(conversationId: number): void
  came(conversationId: number, nick: string): void
  went(conversationId: number, nick: string): void
  /** These are all, whatever was told before. */
  replaced(conversationId: number, seats: Seats): void
  forget(conversationId: number): void
  /** What is to be told now. More of it may wait: see `isEmpty`. */
  take(seatsOf: (conversationId: number) => Seats | undefined): readonly AppEvents['occupants.changed'][]
  readonly isEmpty: boolean
}

interface Change {
  replaced: boolean
  readonly upserted: Set<string>
  readonly removed: Set<string>
}

export function createOccupantNews(): OccupantNews {
  const watched = new Set<number>()
  const changes = new Map<number, Change>()

  /** Undefined while nobody looks. */
  function changeOf(conversationId: number): Change | undefined {
    if (!watched.has(conversationId)) return undefined
    const change = changes.get(conversationId) ?? { replaced: false, upserted: new Set(), removed: new Set() }
    changes.set(conversationId, change)
    return change
  }

  function tell(conversationId: number, change: Change, seats: Seats | undefined) {
    const nicks = [...takeSome(change.upserted, MOST_AT_ONCE)]
    const event = {
      conversationId,
      replaced: change.replaced,
      upserted: nicks.flatMap((nick) => seats?.get(nick)?.occupant ?? []),
      removed: [...change.removed],
    }
    change.replaced = false
    change.removed.clear()
    if (change.upserted.size === 0) changes.delete(conversationId)
    return event
  }

  return {
    watch(conversationId) {
      watched.delete(conversationId)
      watched.add(conversationId)
      const [oldest] = watched
      if (watched.size > MOST_WATCHED && oldest !== undefined) watched.delete(oldest)
    },
    came(conversationId, nick) {
      const change = changeOf(conversationId)
      change?.removed.delete(nick)
      change?.upserted.add(nick)
    },
    went(conversationId, nick) {
      const change = changeOf(conversationId)
      change?.upserted.delete(nick)
      change?.removed.add(nick)
    },
    replaced(conversationId, seats) {
      if (!watched.has(conversationId)) return
      changes.set(conversationId, { replaced: true, upserted: new Set(seats.keys()), removed: new Set() })
    },
    forget(conversationId) {
      watched.delete(conversationId)
      changes.delete(conversationId)
    },
    take: (seatsOf) => [...changes].map(([id, change]) => tell(id, change, seatsOf(id))),
    get isEmpty() {
      return changes.size === 0
    },
  }
}

/** The first so many, which are then no longer in it. */
function* takeSome<T>(set: Set<T>, most: number): Generator<T> {
  let taken = 0
  for (const one of set) {
    if (taken >= most) return
    taken += 1
    set.delete(one)
    yield one
  }
}
