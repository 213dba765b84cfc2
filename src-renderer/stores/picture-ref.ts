/** Whose picture is meant, and which one: what a component needs to show it. Pure. */
import type { Occupant, Room } from '../../src-main/model/room.ts'

interface RefBase {
  readonly accountId: number
  /** SHA-1, hex. */
  readonly hash: string
}

/** A room's, or an occupant's by nick. */
interface RoomRef extends RefBase {
  readonly room: string
  readonly nick?: string
}

/** A contact's, or our own. */
interface PersonRef extends RefBase {
  readonly person: string
}

export type PictureRef = RoomRef | PersonRef

/** A room, or an occupant by nick, whose picture is not known. */
export interface PicturePlace {
  readonly accountId: number
  readonly room: string
  readonly nick?: string | undefined
  /** The room itself may be asked. */
  readonly ask?: boolean
}

/** The same for the same place. */
export function placeKey({ accountId, room, nick }: PicturePlace): string {
  return `${accountId} ${room}/${nick ?? ''}`
}

type Place = Pick<RefBase, 'accountId'> & { readonly jid: string }

/** The same for the same picture of the same one. */
export function pictureKey(picture: PictureRef): string {
  const whose = 'person' in picture ? `person ${picture.person}` : `${picture.room} ${picture.nick ?? ''}`
  return `${picture.hash} ${picture.accountId} ${whose}`
}

/** Undefined where the room announces none. */
export function roomPicture(room: (Place & Pick<Room, 'traits'>) | undefined): PictureRef | undefined {
  const hash = room?.traits?.avatarHash
  return room === undefined || hash === undefined
    ? undefined
    : { accountId: room.accountId, room: room.jid, hash }
}

/** Undefined where the occupant announces none. */
export function occupantPicture(
  { accountId, jid }: Place,
  occupant: Pick<Occupant, 'nick' | 'avatarHash'> | undefined,
): PictureRef | undefined {
  const { nick, avatarHash: hash } = occupant ?? {}
  return nick === undefined || hash === undefined ? undefined : { accountId, room: jid, nick, hash }
}
