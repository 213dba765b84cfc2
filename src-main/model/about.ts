/** What Linnet tells of itself, and whether there is a newer one. */

export interface Licence {
  readonly name: string
  readonly version: string
  /** SPDX, as the package says. */
  readonly licence: string
  readonly text: string
}

export interface Versions {
  readonly linnet: string
  readonly electron: string
  readonly chromium: string
  readonly node: string
  /** Where the log is. */
  readonly logFile: string
}

export type UpdateState =
  /** 'development': not packaged. 'no-channel': whoever packaged it brings updates by other ways. */
  | { readonly kind: 'unavailable'; readonly why: 'development' | 'no-channel' }
  | { readonly kind: 'unknown' | 'checking' | 'none' }
  | { readonly kind: 'failed'; readonly what: 'check' | 'install' }
  /** `installs`: Linnet can replace itself; else the system's package does. */
  | { readonly kind: 'found'; readonly version: string; readonly installs: boolean }
  | { readonly kind: 'fetching'; readonly version: string; readonly percent: number }

export interface AboutEvents {
  'update.changed': { readonly state: UpdateState }
}
