/** What the parts of a message need of the room that it stands in. In other conversations there is none. */
import { getContext, setContext } from 'svelte'
import type { RoomReader } from '../../../src-main/model/room-readers.ts'
import type { Message } from '../../../src-main/model/message.ts'
import type { Author } from '../../../src-main/model/room.ts'
import type { PictureRef } from '../../stores/picture-ref.ts'

export interface RoomLog {
  /** What can be done with who wrote it. */
  readonly openMenu: (message: Message, anchor: HTMLElement) => void
  /** Who has read up to this message, and no further. */
  readonly readersOf: (messageId: number) => readonly RoomReader[]
  readonly showReaders: (readers: readonly RoomReader[]) => void
  /** The picture of who wrote it, or of who may be mentioned: of the one who is there now under that nick, if it is the same. */
  readonly pictureOf: (author: Author) => PictureRef | undefined
}

const KEY = Symbol('room-log')

/** Call once above the log. */
export function provideRoomLog(log: RoomLog): void {
  setContext(KEY, log)
}

export function useRoomLog(): RoomLog | undefined {
  return getContext<RoomLog | undefined>(KEY)
}
