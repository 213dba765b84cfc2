/** Why we are not in a room, in words, and what can be done about it. */
import type { RoomProblem } from '../../../src-main/model/room.ts'
import type { TextKey, Translate } from '../../../src-main/text/text.ts'

/** nick, password: with it; elsewhere: at another address; rejoin: as it is; nothing: the room has to change first. */
export type Remedy = 'password' | 'nick' | 'elsewhere' | 'rejoin' | 'nothing'

interface ProblemWords {
  /** Takes `actor`. */
  readonly what: TextKey
  /** Where somebody is said to have done it; takes `nick`. */
  readonly by?: TextKey
  readonly remedy: Remedy
  /** Our own doing, or that of time: said without alarm. */
  readonly calm?: true
}

export const ROOM_PROBLEM_WORDS: Readonly<Record<RoomProblem['code'], ProblemWords>> = {
  password: { what: 'rooms.problemPassword', remedy: 'password', calm: true },
  'members-only': { what: 'rooms.problemMembersOnly', remedy: 'rejoin' },
  banned: { what: 'rooms.problemBanned', remedy: 'nothing' },
  full: { what: 'rooms.problemFull', remedy: 'rejoin' },
  locked: { what: 'rooms.problemLocked', remedy: 'rejoin' },
  'not-found': { what: 'rooms.problemNotFound', remedy: 'rejoin' },
  'may-not-create': { what: 'rooms.problemMayNotCreate', remedy: 'rejoin' },
  unreachable: { what: 'rooms.problemUnreachable', remedy: 'rejoin' },
  'nick-taken': { what: 'rooms.problemNickTaken', remedy: 'nick', calm: true },
  'nick-refused': { what: 'rooms.problemNickRefused', remedy: 'nick', calm: true },
  gone: { what: 'rooms.problemGone', remedy: 'elsewhere' },
  'was-kicked': { what: 'rooms.problemKicked', by: 'rooms.problemKickedBy', remedy: 'rejoin' },
  'was-banned': { what: 'rooms.problemWasBanned', by: 'rooms.problemWasBannedBy', remedy: 'nothing' },
  'affiliation-lost': {
    what: 'rooms.problemAffiliation',
    by: 'rooms.problemAffiliationBy',
    remedy: 'rejoin',
  },
  'became-members-only': { what: 'rooms.problemBecameMembersOnly', remedy: 'rejoin' },
  'shut-down': { what: 'rooms.problemShutDown', remedy: 'rejoin' },
  technical: { what: 'rooms.problemTechnical', remedy: 'rejoin' },
  destroyed: { what: 'rooms.problemDestroyed', remedy: 'elsewhere' },
  other: { what: 'rooms.problemOther', remedy: 'rejoin' },
}

export interface SaidProblem {
  readonly text: string
  /** The words of others; empty where they gave none. */
  readonly reason: string
  readonly remedy: Remedy
  readonly calm: boolean
}

export function sayProblem(t: Translate, problem: RoomProblem): SaidProblem {
  const { what, by, remedy, calm = false } = ROOM_PROBLEM_WORDS[problem.code]
  const actor = 'actor' in problem ? problem.actor : undefined
  const text = by !== undefined && actor !== undefined ? t(by, { nick: actor }) : t(what)
  const reason = 'reason' in problem ? (problem.reason ?? '') : ''
  const nowhere = remedy === 'elsewhere' && !('jid' in problem)
  return { text, reason, remedy: nowhere ? 'nothing' : remedy, calm }
}
