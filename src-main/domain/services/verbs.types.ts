/** Services: discovery, forms, commands, capabilities: what the shell may call. */

export type ServicesVerbs = Record<never, never>
