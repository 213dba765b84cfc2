/** Availability: own presence in detail, subscriptions, blocked addresses: what the domain may ask of the database. */

export type AvailabilityStorage = Record<never, never>
