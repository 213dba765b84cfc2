/** Availability: own presence in detail, subscriptions, blocked addresses: what the shell may call. */

export type AvailabilityVerbs = Record<never, never>
