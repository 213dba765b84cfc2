/** Pictures: plain types, what is announced, and what a window starts with. */
import type { BareJid } from './jid.ts'

/** Kinds that are shown. No SVG: it can do things. */
export type PictureKind = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp'

/** As a window gets it. */
export interface ShownPicture {
  readonly type: PictureKind
  readonly base64: string
}

/** Which picture a contact shows, or an own account. */
export interface PersonPicture {
  readonly accountId: number
  readonly jid: BareJid
  /** SHA-1, hex; empty: none (any more). */
  readonly hash: string
}

export interface PicturesEvents {
  'picture.changed': { readonly pictures: readonly PersonPicture[] }
}

export interface PicturesState {
  /** Of those who have one. */
  readonly personPictures: readonly PersonPicture[]
}
