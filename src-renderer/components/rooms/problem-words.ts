/** Why we are not in a room, in words, and what can be done about it. */
import type { RoomProblem } from '../../../src-main/model/room.ts'
import type { TextKey, Translate } from '../../../src-main/text/text.ts'

/** nick, password: with it; elsewhere: at another address; rejoin: as it is; nothing: it is not told where. */
export type Remedy = 'password' | 'nick' | 'elsewhere' | 'rejoin' | 'nothing'

interface ProblemWords {
  readonly what: TextKey
  /** Where somebody is said to have done it; takes `nick`. */
  readonly by?: TextKey
  /** What can be done, in words. */
  readonly advice: TextKey
  readonly remedy: Remedy
  /** Our own doing, or that of time: said without alarm. */
  readonly calm?: true
}

/** A code without words for what to do does not compile. */
export const ROOM_PROBLEM_WORDS: Readonly<Record<RoomProblem['code'], ProblemWords>> = {
  password: {
    ...{ what: 'rooms.problemPassword', advice: 'rooms.advicePassword' },
    ...{ remedy: 'password', calm: true },
  },
  'members-only': {
    what: 'rooms.problemMembersOnly',
    advice: 'rooms.adviceMembersOnly',
    remedy: 'rejoin',
  },
  banned: { what: 'rooms.problemBanned', advice: 'rooms.adviceBanned', remedy: 'rejoin' },
  full: { what: 'rooms.problemFull', advice: 'rooms.adviceFull', remedy: 'rejoin' },
  locked: { what: 'rooms.problemLocked', advice: 'rooms.adviceLocked', remedy: 'rejoin' },
  'not-found': { what: 'rooms.problemNotFound', advice: 'rooms.adviceNotFound', remedy: 'rejoin' },
  'may-not-create': {
    what: 'rooms.problemMayNotCreate',
    advice: 'rooms.adviceMayNotCreate',
    remedy: 'rejoin',
  },
  unreachable: { what: 'rooms.problemUnreachable', advice: 'rooms.adviceUnreachable', remedy: 'rejoin' },
  'nick-taken': {
    ...{ what: 'rooms.problemNickTaken', advice: 'rooms.adviceNick' },
    ...{ remedy: 'nick', calm: true },
  },
  'nick-refused': {
    ...{ what: 'rooms.problemNickRefused', advice: 'rooms.adviceNickRefused' },
    ...{ remedy: 'nick', calm: true },
  },
  gone: { what: 'rooms.problemGone', advice: 'rooms.adviceGone', remedy: 'elsewhere' },
  'was-kicked': {
    ...{ what: 'rooms.problemKicked', by: 'rooms.problemKickedBy' },
    ...{ advice: 'rooms.adviceKicked', remedy: 'rejoin' },
  },
  'was-banned': {
    ...{ what: 'rooms.problemWasBanned', by: 'rooms.problemWasBannedBy' },
    ...{ advice: 'rooms.adviceBanned', remedy: 'rejoin' },
  },
  'affiliation-lost': {
    ...{ what: 'rooms.problemAffiliation', by: 'rooms.problemAffiliationBy' },
    ...{ advice: 'rooms.adviceMembersOnly', remedy: 'rejoin' },
  },
  'became-members-only': {
    what: 'rooms.problemBecameMembersOnly',
    advice: 'rooms.adviceMembersOnly',
    remedy: 'rejoin',
  },
  'shut-down': { what: 'rooms.problemShutDown', advice: 'rooms.adviceShutDown', remedy: 'rejoin' },
  technical: { what: 'rooms.problemTechnical', advice: 'rooms.adviceTechnical', remedy: 'rejoin' },
  destroyed: { what: 'rooms.problemDestroyed', advice: 'rooms.adviceDestroyed', remedy: 'elsewhere' },
  other: { what: 'rooms.problemOther', advice: 'rooms.adviceOther', remedy: 'rejoin' },
}

export interface SaidProblem {
  readonly text: string
  readonly advice: string
  /** The words of others; empty where they gave none. */
  readonly reason: string
  readonly remedy: Remedy
  readonly calm: boolean
  /** As the room or its server put it, for who wants to know more; empty where they did not. */
  readonly detail: string
}

export function sayProblem(t: Translate, problem: RoomProblem): SaidProblem {
  const { what, by, advice, remedy, calm = false } = ROOM_PROBLEM_WORDS[problem.code]
  const actor = 'actor' in problem ? problem.actor : undefined
  const text = by !== undefined && actor !== undefined ? t(by, { nick: actor }) : t(what)
  const reason = 'reason' in problem ? (problem.reason ?? '') : ''
  const detail = 'detail' in problem ? (problem.detail ?? '') : ''
  const said = { text, advice: t(advice), reason, remedy, calm, detail }
  if (problem.code === 'password' && problem.wrong) return { ...said, text: t('rooms.problemWrongPassword') }
  const isNowhere = remedy === 'elsewhere' && !('jid' in problem)
  return isNowhere ? { ...said, advice: t('rooms.adviceNowhere'), remedy: 'nothing' } : said
}
