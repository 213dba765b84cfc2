/** Own devices: what is read, pinned, muted and put away on one is so on all: plain types. */

/** What the user does with a conversation as a whole; epoch milliseconds, null: not. */
export interface ChatKeeping {
  readonly pinnedAt: number | null
  readonly mutedUntil: number | null
  readonly putAwayAt: number | null
}

export const MUTE_LENGTHS = ['hour', 'eight-hours', 'tomorrow', 'forever'] as const
export type MuteLength = (typeof MUTE_LENGTHS)[number]

/** Later than any moment there is: the last that JavaScript can name. */
export const FOREVER = 8_640_000_000_000_000
