/** The occupants of a room as rows of a list: under headings, in the order of who has most to say; and who a typed nick means. Pure. */
import type { Occupant } from '../../src-main/model/room.ts'
import { folded } from './folded.ts'

/** In the order of the list. */
export const OCCUPANT_GROUPS = ['owner', 'admin', 'moderator', 'participant', 'visitor'] as const
export type OccupantGroup = (typeof OCCUPANT_GROUPS)[number]

export interface OccupantHeading {
  readonly kind: 'heading'
  readonly group: OccupantGroup
  readonly count: number
}

/** With what is compared when they are sorted and searched, made once. */
export interface OccupantLine {
  readonly kind: 'occupant'
  readonly occupant: Occupant
  readonly folded: string
}

export type OccupantRow = OccupantHeading | OccupantLine

export function lineOf(occupant: Occupant): OccupantLine {
  return { kind: 'occupant', occupant, folded: folded(occupant.nick) }
}

export function groupOf({ affiliation, role }: Pick<Occupant, 'affiliation' | 'role'>): OccupantGroup {
  if (affiliation === 'owner' || affiliation === 'admin') return affiliation
  if (role === 'moderator') return 'moderator'
  return role === 'visitor' || role === 'none' ? 'visitor' : 'participant'
}

/** By group, each in its order. */
export type OrderedOccupants = ReadonlyMap<OccupantGroup, readonly OccupantLine[]>

/** `query`: what the nick, or the address where it is known, contains. */
export function occupantRows(ordered: OrderedOccupants, query: string): readonly OccupantRow[] {
  const wanted = folded(query)
  return OCCUPANT_GROUPS.flatMap((group): readonly OccupantRow[] => {
    const all = ordered.get(group) ?? []
    const found = wanted === '' ? all : all.filter((one) => fits(one, wanted))
    return found.length === 0 ? [] : [{ kind: 'heading', group, count: found.length }, ...found]
  })
}

function fits(one: OccupantLine, wanted: string): boolean {
  return one.folded.includes(wanted) || (one.occupant.jid?.includes(wanted) ?? false)
}

/** Plain order of the folded nicks: a collator takes seconds over ten thousand. */
export function byNick(a: OccupantLine, b: OccupantLine): number {
  if (a.folded !== b.folded) return a.folded < b.folded ? -1 : 1
  return a.occupant.nick < b.occupant.nick ? -1 : 1
}

/** For completing a mention: those whose nick, or a word of it, begins so; whoever spoke last first. */
export function completions(
  occupants: Iterable<OccupantLine>,
  typed: string,
  { own, recent, most }: { own: string; recent: readonly string[]; most: number },
): readonly Occupant[] {
  const wanted = folded(typed)
  const places = new Map(recent.map((nick, index) => [nick, index]))
  const ranked: { readonly one: OccupantLine; readonly rank: number }[] = []
  for (const one of occupants) {
    if (one.occupant.nick === own) continue
    const tier = one.folded.startsWith(wanted) ? 0 : hasWord(one.folded, wanted) ? 1 : undefined
    if (tier === undefined) continue
    ranked.push({ one, rank: tier * FAR + (places.get(one.occupant.nick) ?? FAR - 1) })
  }
  return ranked
    .sort((a, b) => a.rank - b.rank || byNick(a.one, b.one))
    .slice(0, most)
    .map(({ one }) => one.occupant)
}

/** Beyond any number of those who spoke. */
const FAR = 1_000_000

function hasWord(name: string, wanted: string): boolean {
  return name.split(/[\s._-]+/u).some((word) => word.startsWith(wanted))
}
