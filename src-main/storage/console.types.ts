/** The XML console: what the domain may ask of the database. */

export type ConsoleStorage = Record<never, never>
