/** Services: discovery, forms, commands, capabilities: what the domain may ask of the database. */
import type { Capability } from '../model/services.ts'

/** XEP-0115: a hash function's name and its value. */
export interface CapabilityKey {
  readonly hash: string
  readonly ver: string
}

export interface ServicesStorage {
  /** Undefined: not known, or not readable any more. Counts as a use. */
  findCapability(key: CapabilityKey, usedAt: number): Capability | undefined
  /** Only what the hash has proven. Drops the ones longest unused beyond MAX_CAPABILITIES. */
  putCapability(key: CapabilityKey, capability: Capability, usedAt: number): void
}
