/** What contacts are told when they ask. */
export interface Privacy {
  readonly tellVersion: boolean
  /** The operating system; with the version alone. */
  readonly tellSystem: boolean
  readonly tellTime: boolean
  readonly tellIdle: boolean
}

/** What the user chose for the application as a whole. */
export interface Settings extends Privacy {
  readonly theme: 'system' | 'light' | 'dark'
  /** 'system' follows the operating system's language where Linnet speaks it. */
  readonly language: 'system' | 'en' | 'zh-CN'
  readonly notifications: boolean
  /** Whether a notification shows the words or only that there are some. */
  readonly notificationPreview: boolean
  readonly closeToTray: boolean
  /** 'recency': by the last message or the opening of the conversation. */
  readonly rosterSort: 'presence' | 'name' | 'recency'
  readonly rosterOffline: boolean
  /** Whether groups head their contacts. */
  readonly rosterGroups: boolean
}

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  language: 'system',
  notifications: true,
  notificationPreview: true,
  closeToTray: true,
  tellVersion: true,
  tellSystem: false,
  tellTime: true,
  tellIdle: true,
  rosterSort: 'presence',
  rosterOffline: true,
  rosterGroups: true,
}
