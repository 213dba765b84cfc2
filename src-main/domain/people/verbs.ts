/** The contact page and the roster as a whole: the user's verbs. */
import type { PeopleState } from '../../model/people.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import type { PeopleVerbs } from './verbs.types.ts'

export function createPeopleVerbs(_tools: Tools, _sessions: Sessions): PeopleVerbs {
  return {}
}

export function readPeopleState(_tools: Tools): PeopleState {
  return {}
}
