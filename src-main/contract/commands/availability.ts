/** Availability: own presence in detail, subscriptions, blocked addresses: what the renderer may ask for. */

export const availabilityCommands = {} as const

/** Answers of these commands; one that is not named answers nothing. */
export type AvailabilityOutputs = Record<never, never>
