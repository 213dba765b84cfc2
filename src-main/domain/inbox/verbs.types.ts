/** Single messages (RFC 6121 type normal) and notices: headlines and errors that answer nothing: what the shell may call. */

export type InboxVerbs = Record<never, never>
