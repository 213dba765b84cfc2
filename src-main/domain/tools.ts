/** What every part of the domain is given: the outside world (AppOptions), the events, and the presences in memory. */
import type { AppOptions, Events } from './app.types.ts'
import type { Traffic } from './console/traffic.ts'
import type { AvailabilityMemory } from './availability/memory.ts'
import type { Notices } from './notices.ts'
import type { PresenceBook } from './presence-book.ts'

export interface Tools extends AppOptions {
  readonly events: Events
  readonly presences: PresenceBook
  readonly raised: Notices
  readonly traffic: Traffic
  readonly availability: AvailabilityMemory
}
