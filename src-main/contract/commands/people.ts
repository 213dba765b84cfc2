/** The contact page and the roster as a whole: what the renderer may ask for. */

export const peopleCommands = {} as const

/** Answers of these commands; one that is not named answers nothing. */
export type PeopleOutputs = Record<never, never>
