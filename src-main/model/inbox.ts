/** Single messages (RFC 6121 type normal) and notices: headlines and errors that answer nothing: plain types, what is announced, and what a window starts with. */

export type InboxEvents = Record<never, never>

export type InboxState = Record<never, never>
