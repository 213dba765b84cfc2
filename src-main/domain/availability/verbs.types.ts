/** Availability: own presence in detail, subscriptions, blocked addresses: what the shell may call. */
import type { CheckedInput } from '../../contract/commands.ts'
import type { Idle } from '../../model/availability.ts'

export interface AvailabilityVerbs {
  setPriority(input: CheckedInput<'presence.setPriority'>): void
  setAwayRules(rules: CheckedInput<'presence.setAwayRules'>): void
  clearRecentStatuses(): void
  /** From the shell's watch over keyboard and mouse, never from the user: it overrides no choice to be away or busy. */
  setIdle(idle: Idle): void
  /** Whether this desktop tells how long nobody touched anything. */
  setIdleSource(works: boolean): void
  showPresenceTo(input: CheckedInput<'presence.showTo'>): void
  hidePresenceFrom(input: CheckedInput<'presence.hideFrom'>): void

  endSubscription(input: CheckedInput<'subscription.end'>): void
  revokeSubscription(input: CheckedInput<'subscription.revoke'>): void
  preApprove(input: CheckedInput<'subscription.preApprove'>): void

  block(input: CheckedInput<'blocking.block'>): Promise<void>
  unblock(input: CheckedInput<'blocking.unblock'>): Promise<void>
  unblockAll(input: CheckedInput<'blocking.unblockAll'>): Promise<void>
}
