/** The contact page and the roster as a whole: what the shell may call. */

export type PeopleVerbs = Record<never, never>
