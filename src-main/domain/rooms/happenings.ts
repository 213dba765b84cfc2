/**
 * What happens to the people of a room, for who reads it (model/room-log.ts): the last of it, in memory. A room of ten
 * thousand costs no more than one of two, for what is no news there is not even noted.
 */
import type { Happening } from '../../model/room-log.ts'
import type { Occupant } from '../../model/room.ts'
import type { Departure } from '../../protocol/xep-0045-muc/index.ts'
import type { Tools } from '../tools.ts'
import { keyOfAuthor } from './authors.ts'
import type { Visit } from './memory.ts'
import { nameOfActor } from './problems.ts'

/** Kept of each room; more is scrolled to by nobody. */
const MOST_KEPT = 300
/** Ten times a second at most. */
const BATCH_MS = 100
/** From so many people on a room is not small: there somebody always comes or goes. */
export const SMALL_ROOM = 30

interface Log {
  last: number
  kept: readonly Happening[]
  /** Noted and not told yet. */
  news: readonly Happening[]
  timer: NodeJS.Timeout | undefined
}

const logs = new WeakMap<Visit, Log>()

/** Without what the log adds. */
type Noted = Happening extends infer H ? (H extends Happening ? Omit<H, 'id' | 'at'> : never) : never

export function listHappenings(visit: Visit): readonly Happening[] {
  return logs.get(visit)?.kept ?? []
}

export function note({ events, now }: Tools, visit: Visit, noted: Noted): void {
  const log = logs.get(visit) ?? { last: 0, kept: [], news: [], timer: undefined }
  logs.set(visit, log)
  log.last += 1
  const happening: Happening = { id: log.last, at: now(), ...noted }
  log.kept = [...log.kept, happening].slice(-MOST_KEPT)
  log.news = [...log.news, happening].slice(-MOST_KEPT)
  log.timer ??= setTimeout(() => {
    const happenings = log.news
    log.news = []
    log.timer = undefined
    events.emit('room.happened', { conversationId: visit.conversationId, happenings })
  }, BATCH_MS).unref()
}

/** Of an occupant's presence while we are in: `before` is what was known of the same nick. */
export function noteSeat(tools: Tools, visit: Visit, occupant: Occupant, before: Occupant | undefined): void {
  const { nick, role, affiliation } = occupant
  const person = { nick, who: whoIs(occupant), ...(nick === visit.nick ? { own: true as const } : {}) }
  const isSame = before !== undefined && before.role === role && before.affiliation === affiliation
  if (isSame || !isNews(tools, visit)) return
  if (before === undefined) note(tools, visit, { kind: 'joined', ...person })
  // A role mostly follows from the affiliation.
  else if (before.affiliation !== affiliation)
    note(tools, visit, { kind: 'affiliation', affiliation, ...person })
  else note(tools, visit, { kind: 'role', role, ...person })
}

/** Somebody, not we, is gone: of their own will, which is no news everywhere, or of another's, which always is. */
export function noteDeparture(tools: Tools, visit: Visit, occupant: Occupant, departure: Departure): void {
  const person = { nick: occupant.nick, who: whoIs(occupant) }
  switch (departure.kind) {
    case 'kicked':
    case 'banned':
      return note(tools, visit, { kind: departure.kind, ...person, ...force(departure) })
    case 'affiliation-removed':
    case 'members-only':
      return note(tools, visit, { kind: 'removed', ...person, ...force(departure) })
    case 'renamed':
      if (isNews(tools, visit)) note(tools, visit, { kind: 'renamed', to: departure.nick, ...person })
      return
    // All are, and we with them: that is said elsewhere.
    case 'destroyed':
      return
    case 'left':
    case 'shutdown':
    case 'technical':
      if (isNews(tools, visit)) note(tools, visit, { kind: 'left', ...person })
  }
}

function whoIs({ nick, occupantId, jid }: Occupant): string {
  return jid === undefined
    ? keyOfAuthor({ nick, ...(occupantId === undefined ? {} : { occupantId }) })
    : `jid ${jid}`
}

function force({ actor, reason }: Extract<Departure, { readonly actor?: unknown }>): {
  readonly actor?: string
  readonly reason?: string
} {
  const name = actor && nameOfActor(actor)
  return {
    ...(name === undefined ? {} : { actor: name }),
    ...(reason === '' ? {} : { reason }),
  }
}

function isNews({ storage }: Tools, { seats }: Visit): boolean {
  const { roomComings } = storage.getSettings()
  return roomComings === 'always' || (roomComings === 'small' && seats.size < SMALL_ROOM)
}
