/** The presences in the order that menus and lists show them: best first. */
import type { OwnPresence } from '../../src-main/model/presence.ts'

export const SHOWS_AND_OFFLINE: readonly OwnPresence['show'][] = [
  'online',
  'chat',
  'away',
  'xa',
  'dnd',
  'offline',
]
