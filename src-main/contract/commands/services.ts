/** Services: discovery, forms, commands, capabilities: what the renderer may ask for. */

export const servicesCommands = {} as const

/** Answers of these commands; one that is not named answers nothing. */
export type ServicesOutputs = Record<never, never>
