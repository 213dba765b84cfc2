/** Availability: own presence in detail, subscriptions, blocked addresses: plain types, what is announced, and what a window starts with. */

export type AvailabilityEvents = Record<never, never>

export type AvailabilityState = Record<never, never>
