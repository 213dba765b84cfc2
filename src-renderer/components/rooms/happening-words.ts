/** What happened in a room, in words: each happening in a line, and several folded into one. */
import type { Happening } from '../../../src-main/model/room-log.ts'
import type { Affiliation, Role } from '../../../src-main/model/room.ts'
import { plainName } from '../../../src-main/text/names.ts'
import type { TextKey, Translate } from '../../../src-main/text/text.ts'

/** More people are named by their number. */
const MOST_NAMED = 3

const ROLES: Readonly<Record<Role, TextKey>> = {
  none: 'roomlog.visitor',
  visitor: 'roomlog.visitor',
  participant: 'roomlog.participant',
  moderator: 'roomlog.moderator',
}

const AFFILIATIONS: Readonly<Record<Affiliation, TextKey>> = {
  outcast: 'roomlog.banned',
  none: 'roomlog.noStanding',
  member: 'roomlog.member',
  admin: 'roomlog.admin',
  owner: 'roomlog.owner',
}

const FORCED = {
  kicked: ['roomlog.kicked', 'roomlog.kickedBy'],
  banned: ['roomlog.banned', 'roomlog.bannedBy'],
  removed: ['roomlog.removed', 'roomlog.removedBy'],
} as const satisfies Readonly<Record<string, readonly [TextKey, TextKey]>>

export function happeningWords(t: Translate, happening: Happening): string {
  const { nick } = happening
  const own = happening.own === true ? 'yes' : 'no'
  switch (happening.kind) {
    case 'joined':
      return t('roomlog.joined', { names: namesIn(t, [nick]) })
    case 'left':
      return t('roomlog.left', { names: namesIn(t, [nick]) })
    case 'renamed':
      return t('roomlog.renamed', { nick, name: happening.to })
    case 'role':
      return t(ROLES[happening.role], { nick, own })
    case 'affiliation':
      return t(AFFILIATIONS[happening.affiliation], { nick, own })
    case 'declined':
      return withReason(
        t,
        t(nick === '' ? 'roomlog.declinedSomebody' : 'roomlog.declined', { nick }),
        happening,
      )
    case 'kicked':
    case 'banned':
    case 'removed': {
      const { actor } = happening
      const [plain, by] = FORCED[happening.kind]
      return withReason(t, actor === undefined ? t(plain, { nick }) : t(by, { nick, name: actor }), happening)
    }
  }
}

/** What others gave as a reason, behind what was done. */
export function withReason(t: Translate, what: string, { reason }: { readonly reason?: string }): string {
  return reason === undefined || reason === ''
    ? what
    : t('roomlog.withReason', { what, reason: plainName(reason) })
}

/** "Juliet, Nurse and 3 others", each name made safe. */
export function namesIn(t: Translate, nicks: readonly string[]): string {
  const named = nicks.length > MOST_NAMED ? nicks.slice(0, MOST_NAMED - 1) : nicks
  const rest = nicks.length - named.length
  const parts = [...named.map(plainName), ...(rest === 0 ? [] : [t('rooms.others', { count: rest })])]
  return new Intl.ListFormat(t.locale, { type: 'conjunction' }).format(parts)
}

/** Folded: what came of it for each person; who came and went meanwhile is said to have done so. */
export function summaryWords(t: Translate, happenings: readonly Happening[]): string {
  const [first] = happenings
  if (first !== undefined && happenings.length === 1) return happeningWords(t, first)
  const clauses = [
    ...movedClauses(t, happenings),
    ...clausesOf(t, lastOfEach(happenings, ['renamed']), 'roomlog.renamedMany'),
    ...clausesOf(t, lastOfEach(happenings, ['role', 'affiliation']), 'roomlog.changedMany'),
  ]
  return clauses.reduce((before, after) => t('roomlog.clauses', { before, after }))
}

type Moved = 'joined' | 'left' | 'cameAndWent' | 'cameBack'

function movedClauses(t: Translate, happenings: readonly Happening[]): readonly string[] {
  const ways = new Map<string, { readonly first: string; last: string; nick: string }>()
  for (const { kind, who, nick } of happenings) {
    if (kind !== 'joined' && kind !== 'left') continue
    const known = ways.get(who)
    if (known === undefined) ways.set(who, { first: kind, last: kind, nick })
    else Object.assign(known, { last: kind, nick })
  }
  const groups: Record<Moved, string[]> = { joined: [], left: [], cameAndWent: [], cameBack: [] }
  for (const { first, last, nick } of ways.values()) groups[movedFrom(first, last)].push(nick)
  return (['joined', 'left', 'cameBack', 'cameAndWent'] as const).flatMap((way) =>
    groups[way].length === 0 ? [] : [t(`roomlog.${way}`, { names: namesIn(t, groups[way]) })],
  )
}

function movedFrom(first: string, last: string): Moved {
  if (first === 'joined') return last === 'joined' ? 'joined' : 'cameAndWent'
  return last === 'left' ? 'left' : 'cameBack'
}

function lastOfEach(happenings: readonly Happening[], kinds: readonly Happening['kind'][]): Happening[] {
  const last = new Map<string, Happening>()
  for (const happening of happenings) if (kinds.includes(happening.kind)) last.set(happening.who, happening)
  return [...last.values()]
}

/** One or two are told, more are counted. */
function clausesOf(t: Translate, happenings: readonly Happening[], many: TextKey): readonly string[] {
  if (happenings.length > 2) return [t(many, { count: happenings.length })]
  return happenings.map((happening) => happeningWords(t, happening))
}
