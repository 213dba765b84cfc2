/** Single messages (RFC 6121 type normal) and notices: headlines and errors that answer nothing: what the renderer may ask for. */

export const inboxCommands = {} as const

/** Answers of these commands; one that is not named answers nothing. */
export type InboxOutputs = Record<never, never>
