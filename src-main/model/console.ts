/** The XML console: plain types, what is announced, and what a window starts with. */

export type ConsoleEvents = Record<never, never>

export type ConsoleState = Record<never, never>
