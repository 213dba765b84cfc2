/**
 * The occupants of a room in the order of the list, kept as they come and go: what changes is sorted and merged in, so that
 * showing ten thousand costs no more than copying them. Pure.
 */
import type { Occupant } from '../../src-main/model/room.ts'
import {
  byNick,
  groupOf,
  lineOf,
  type OccupantGroup,
  type OccupantLine,
  type OrderedOccupants,
} from './occupant-rows.ts'

export class OccupantOrder {
  readonly #byNick = new Map<string, OccupantLine>()
  readonly #groups = new Map<OccupantGroup, readonly OccupantLine[]>()

  get size(): number {
    return this.#byNick.size
  }

  get groups(): OrderedOccupants {
    return this.#groups
  }

  find(nick: string): OccupantLine | undefined {
    return this.#byNick.get(nick)
  }

  /** Unordered. */
  all(): Iterable<OccupantLine> {
    return this.#byNick.values()
  }

  clear(): void {
    this.#byNick.clear()
    this.#groups.clear()
  }

  /** `gone`: nicks, of whom some may be unknown or come again at once. */
  change(gone: readonly string[], come: readonly Occupant[]): void {
    const changes = new Map<OccupantGroup, Change>()
    const changeIn = (group: OccupantGroup): Change => {
      const change = changes.get(group) ?? { left: new Set(), came: new Set() }
      changes.set(group, change)
      return change
    }
    const drop = (nick: string): void => {
      const line = this.#byNick.get(nick)
      if (line === undefined) return
      this.#byNick.delete(nick)
      const { left, came } = changeIn(groupOf(line.occupant))
      // Told of twice at once, it stands in no list yet.
      if (!came.delete(line)) left.add(line)
    }
    for (const nick of gone) drop(nick)
    for (const occupant of come) {
      drop(occupant.nick)
      const line = lineOf(occupant)
      this.#byNick.set(occupant.nick, line)
      changeIn(groupOf(occupant)).came.add(line)
    }
    for (const [group, change] of changes)
      this.#groups.set(group, merged(this.#groups.get(group) ?? [], change))
  }
}

interface Change {
  readonly left: Set<OccupantLine>
  readonly came: Set<OccupantLine>
}

function merged(lines: readonly OccupantLine[], { left, came }: Change): readonly OccupantLine[] {
  const result: OccupantLine[] = []
  const added = [...came].sort(byNick)
  let next = 0
  for (const line of lines) {
    if (left.has(line)) continue
    for (let one = added[next]; one !== undefined && byNick(one, line) < 0; one = added[next]) {
      result.push(one)
      next += 1
    }
    result.push(line)
  }
  return result.concat(added.slice(next))
}
