/** Availability: own presence in detail, subscriptions, blocked addresses: tables and statements. */
import type { AvailabilityStorage } from './availability.types.ts'
import type { WritableDB } from './database.ts'

export function prepareAvailability(_db: WritableDB): AvailabilityStorage {
  return {}
}
