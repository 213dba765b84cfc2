/** What is known of availability for as long as the program or a stream lives, and is never stored. */
import type { Idle } from '../../model/availability.ts'
import type { BareJid } from '../../model/jid.ts'

export interface AvailabilityMemory {
  idle: Idle
  /** A window of ours can be looked at. */
  visible: boolean
  /** Until it is known better. */
  idleSourceWorks: boolean
  /** By account: who is shown our presence without a subscription, on the stream of now. */
  readonly directed: Map<number, Set<BareJid>>
  /** By account: whether its server keeps a block list, takes reports of who gets on it, and lets contacts in ahead of asking. */
  readonly servers: Map<
    number,
    { readonly blocking: boolean; readonly reporting: boolean; readonly preApproval: boolean }
  >
}

export function createAvailabilityMemory(): AvailabilityMemory {
  return {
    idle: { level: 'active' },
    visible: true,
    idleSourceWorks: true,
    directed: new Map(),
    servers: new Map(),
  }
}
