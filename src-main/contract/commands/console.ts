/** The XML console: what the renderer may ask for. */

export const consoleCommands = {} as const

/** Answers of these commands; one that is not named answers nothing. */
export type ConsoleOutputs = Record<never, never>
