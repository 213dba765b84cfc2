/** Availability: own presence in detail, subscriptions, blocked addresses: the user's verbs. */
import type { AvailabilityState } from '../../model/availability.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import type { AvailabilityVerbs } from './verbs.types.ts'

export function createAvailabilityVerbs(_tools: Tools, _sessions: Sessions): AvailabilityVerbs {
  return {}
}

export function readAvailabilityState(_tools: Tools): AvailabilityState {
  return {}
}
