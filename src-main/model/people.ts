/** The contact page and the roster as a whole: plain types, what is announced, and what a window starts with. */

export type PeopleEvents = Record<never, never>

export type PeopleState = Record<never, never>
