/** Single messages (RFC 6121 type normal) and notices: headlines and errors that answer nothing: what the domain may ask of the database. */

export type InboxStorage = Record<never, never>
