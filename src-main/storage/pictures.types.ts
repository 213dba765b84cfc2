/** Pictures kept by their hash: what the domain may ask of the database. */
import type { PictureKind } from '../model/picture.ts'

export interface KeptPicture {
  readonly type: PictureKind
  readonly bytes: Uint8Array
}

export interface PicturesStorage {
  /** `hash`: SHA-1 of the bytes, hex in lower case. `now`: epoch milliseconds; those used last are kept longest. */
  findPicture(hash: string, now: number): KeptPicture | undefined
  /** The caller has seen to it that the hash is theirs. */
  putPicture(hash: string, picture: KeptPicture, now: number): void
}
