/** What a program at the other end tells of itself when asked: its own word, bounded, to be shown as text. */

/** XEP-0012. Of a resource: how long its user has been idle; of an account: since it went; of a server: since it runs. */
export interface LastActivity {
  readonly secondsAgo: number
  /** What was said on leaving; empty where nothing was. */
  readonly status: string
}

/** XEP-0202. */
export interface EntityTime {
  /** Epoch milliseconds, by the other clock. */
  readonly utcMs: number
  /** What to add to UTC for the local time there: −840 to 840. */
  readonly offsetMinutes: number
}

/** XEP-0092. */
export interface SoftwareVersion {
  readonly name: string
  /** Empty where the other side left it out. */
  readonly version: string
  /** The operating system, which few tell. */
  readonly os?: string
}
