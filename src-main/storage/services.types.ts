/** Services: discovery, forms, commands, capabilities: what the domain may ask of the database. */

export type ServicesStorage = Record<never, never>
