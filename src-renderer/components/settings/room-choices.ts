/** What can be chosen for rooms, in words. */
import type { RoomComings } from '../../../src-main/model/room-log.ts'
import type { TextKey } from '../../../src-main/text/text.ts'

export const ROOM_COMINGS_WORDS: readonly (readonly [RoomComings, TextKey])[] = [
  ['never', 'roomlog.comingsNever'],
  ['small', 'roomlog.comingsSmall'],
  ['always', 'roomlog.comingsAlways'],
]
