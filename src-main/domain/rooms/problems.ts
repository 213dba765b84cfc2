/** Why we are not in a room: what it answers to who wants to come in, and what it says to who is taken out. */
import { bareOf, resourceOf } from '../../model/jid.ts'
import type { JoinProblem, RoomProblem } from '../../model/room.ts'
import { saneNick, type Actor, type Departure, type JoinError } from '../../protocol/xep-0045-muc/index.ts'
import type { Visit } from './memory.ts'

const MOST_TRIED = 50

/** Of a room that is not `isKnown` nothing has told us that it is one. */
export function problemOfError(error: JoinError, visit: Visit, isKnown: boolean): JoinProblem {
  const problem = codeOf(error, visit, isKnown)
  return problem.code === 'other' || error.text === '' ? problem : { ...problem, detail: error.text }
}

function codeOf(error: JoinError, visit: Visit, isKnown: boolean): JoinProblem {
  switch (error.kind) {
    case 'password-required':
      return { code: 'password', ...(visit.password === undefined ? {} : { wrong: true }) }
    case 'nick-taken':
      return { code: 'nick-taken', ...freeNick(visit) }
    case 'nick-not-allowed':
    case 'nick-malformed':
      return { code: 'nick-refused' }
    case 'creation-restricted':
      return { code: 'may-not-create' }
    case 'not-found-or-locked':
      return { code: isKnown ? 'locked' : 'not-found' }
    case 'unavailable':
    case 'unreachable':
      return { code: 'unreachable' }
    case 'gone':
      return { code: 'gone', ...(error.alternative === undefined ? {} : { jid: error.alternative }) }
    case 'refused':
      return {
        code: 'other',
        detail: error.text === '' ? error.condition : `${error.condition}: ${error.text}`,
      }
    case 'members-only':
    case 'banned':
    case 'full':
      return { code: error.kind }
  }
}

/** As far as we know; while we are out that is nobody. */
function freeNick({ nick, seats }: Visit): { readonly free?: string } {
  for (let number = 2; number < MOST_TRIED; number += 1) {
    const free = saneNick(`${nick} ${number}`)
    if (free !== undefined && !seats.has(free)) return { free }
  }
  return {}
}

const CODES = {
  kicked: 'was-kicked',
  banned: 'was-banned',
  'affiliation-removed': 'affiliation-lost',
  'members-only': 'became-members-only',
  shutdown: 'shut-down',
  technical: 'technical',
  // It says no more than that we are gone; we did not ask for it.
  left: 'technical',
} as const

/** Of our own leaving that was not our wish. */
export function problemOfDeparture(departure: Exclude<Departure, { readonly kind: 'renamed' }>): RoomProblem {
  if (departure.kind === 'destroyed') {
    const { alternative, password, reason } = departure
    return {
      code: 'destroyed',
      ...(reason === '' ? {} : { reason }),
      ...(alternative === undefined ? {} : { jid: alternative }),
      ...(password === undefined ? {} : { password }),
    }
  }
  const { kind, actor, reason } = departure
  const name = actor && nameOfActor(actor)
  return {
    code: CODES[kind],
    ...(name === undefined ? {} : { actor: name }),
    ...(reason === '' ? {} : { reason }),
  }
}

/** By nick, else by the real address. */
export function nameOfActor({ nick, jid }: Actor): string | undefined {
  return nick ?? (jid && (resourceOf(jid) ?? bareOf(jid)))
}

/** The room, or the way to it, failed: it is tried again, the user need not. */
export function isPassing(problem: RoomProblem): boolean {
  return ['shut-down', 'technical', 'unreachable'].includes(problem.code)
}
