/** Services: discovery, forms, commands, capabilities: the user's verbs. */
import type { ServicesState } from '../../model/services.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import type { ServicesVerbs } from './verbs.types.ts'

export function createServicesVerbs(_tools: Tools, _sessions: Sessions): ServicesVerbs {
  return {}
}

export function readServicesState(_tools: Tools): ServicesState {
  return {}
}
