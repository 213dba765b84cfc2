/** The XML console: what the shell may call. */

export type ConsoleVerbs = Record<never, never>
