/** Services: discovery, forms, commands, capabilities: plain types, what is announced, and what a window starts with. */

export type ServicesEvents = Record<never, never>

export type ServicesState = Record<never, never>
