import type { HistoryLimit } from './archive.ts'
import type { RoomComings } from './room-log.ts'
import type { LINK_PICTURES } from './links.ts'

/** What contacts are told. */
export interface Privacy {
  readonly tellVersion: boolean
  /** The operating system; with the version alone. */
  readonly tellSystem: boolean
  readonly tellTime: boolean
  readonly tellIdle: boolean
  /** That their messages have reached this device (XEP-0184). */
  readonly tellDelivered: boolean
  /** How far they were read (XEP-0333). */
  readonly tellDisplayed: boolean
  /** That the user is typing (XEP-0085). */
  readonly tellTyping: boolean
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
  /** How much of the archive is loaded in the background; scrolling back loads more at any setting. */
  readonly historyLimit: HistoryLimit
  /** Offers to ask a page that the user links to for its description; without a click none is ever asked. */
  readonly offerLinkCards: boolean
  /** Where it is said in a room who comes, goes, and is called or placed otherwise. */
  readonly roomComings: RoomComings
  /** Pictures of links that others send. */
  readonly linkPictures: (typeof LINK_PICTURES)[number]
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
  tellDelivered: true,
  tellDisplayed: true,
  tellTyping: true,
  rosterSort: 'presence',
  rosterOffline: true,
  rosterGroups: true,
  historyLimit: 'year',
  offerLinkCards: true,
  roomComings: 'small',
  linkPictures: 'ask',
}
