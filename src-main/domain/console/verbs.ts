/** The XML console: the user's verbs. */
import type { ConsoleState } from '../../model/console.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import type { ConsoleVerbs } from './verbs.types.ts'

export function createConsoleVerbs(_tools: Tools, _sessions: Sessions): ConsoleVerbs {
  return {}
}

export function readConsoleState(_tools: Tools): ConsoleState {
  return {}
}
