/** What the user chose for the application as a whole. */
export interface Settings {
  readonly theme: 'system' | 'light' | 'dark'
  /** 'system' follows the operating system's language where Linnet speaks it. */
  readonly language: 'system' | 'en' | 'zh-CN'
  readonly notifications: boolean
  /** Whether a notification shows the words or only that there are some. */
  readonly notificationPreview: boolean
  readonly closeToTray: boolean
}

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  language: 'system',
  notifications: true,
  notificationPreview: true,
  closeToTray: true,
}
