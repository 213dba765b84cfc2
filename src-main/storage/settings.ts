/** Table `setting`: what the user chose, as JSON by key. A value that this version does not know counts as not chosen. */
import { HISTORY_LIMITS } from '../model/archive.ts'
import { ROOM_COMINGS } from '../model/room-log.ts'
import { LINK_PICTURES } from '../model/links.ts'
import { SHOWS, type OwnPresence } from '../model/presence.ts'
import { DEFAULT_SETTINGS, type Settings } from '../model/settings.ts'
import type { ReadableDB, WritableDB } from './database.ts'

const ALLOWED: { readonly [K in keyof Settings]: readonly Settings[K][] } = {
  theme: ['system', 'light', 'dark'],
  language: ['system', 'en', 'zh-CN'],
  notifications: [true, false],
  notificationPreview: [true, false],
  closeToTray: [true, false],
  tellVersion: [true, false],
  tellSystem: [true, false],
  tellTime: [true, false],
  tellIdle: [true, false],
  tellDelivered: [true, false],
  tellDisplayed: [true, false],
  tellTyping: [true, false],
  rosterSort: ['presence', 'name', 'recency'],
  rosterOffline: [true, false],
  rosterGroups: [true, false],
  offerLinkCards: [true, false],
  historyLimit: HISTORY_LIMITS,
  roomComings: ROOM_COMINGS,
  linkPictures: LINK_PICTURES,
}

/** A list of servers as it was fetched. */
export interface KeptServerList {
  readonly text: string
  /** Epoch milliseconds. */
  readonly fetchedAt: number
}

const DEFAULT_PRESENCE: OwnPresence = { show: 'online', status: '' }

export function prepareSettingReads(db: ReadableDB) {
  const one = db.prepare<[string], string>('SELECT json FROM setting WHERE key = ?').pluck()
  return {
    getSettings: () => toSettings(parseObject(one.get('settings'))),
    getOwnPresence: () => toPresence(parseObject(one.get('presence'))),
    getServerList: () => toServerList(parseObject(one.get('server-list'))),
  }
}

export function prepareSettingWrites(db: WritableDB) {
  const put = db.prepare<[string, string]>('INSERT OR REPLACE INTO setting (key, json) VALUES (?, ?)')
  return {
    setSettings: (settings: Settings) => void put.run('settings', JSON.stringify(settings)),
    putServerList: (list: KeptServerList) => void put.run('server-list', JSON.stringify(list)),
    setOwnPresence: (presence: OwnPresence) => void put.run('presence', JSON.stringify(presence)),
  }
}

function toServerList({ text, fetchedAt }: Readonly<Record<string, unknown>>): KeptServerList | undefined {
  return typeof text === 'string' && typeof fetchedAt === 'number' ? { text, fetchedAt } : undefined
}

function parseObject(json: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(json ?? '{}')
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

function toSettings(stored: Readonly<Record<string, unknown>>): Settings {
  const known = Object.entries(ALLOWED).filter(([key, allowed]) =>
    allowed.some((value) => value === stored[key]),
  )
  return { ...DEFAULT_SETTINGS, ...Object.fromEntries(known.map(([key]) => [key, stored[key]])) }
}

function toPresence(stored: Readonly<Record<string, unknown>>): OwnPresence {
  const show = ([...SHOWS, 'offline'] as const).find((known) => known === stored['show'])
  const status = typeof stored['status'] === 'string' ? stored['status'] : ''
  return show === undefined ? DEFAULT_PRESENCE : { show, status }
}
