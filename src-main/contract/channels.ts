/** The two IPC channels; all names inside them are in commands.ts and events.ts. */
export const COMMAND_CHANNEL = 'app:command'
export const EVENT_CHANNEL = 'app:event'
