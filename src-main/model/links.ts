/** What the sender says of the pages that a message links to: plain types. */
import type { PictureKind } from './picture.ts'

/** Text alone, each part bounded. It may be made up: what counts is where the link leads. */
export interface LinkCard {
  /** http or https, in its normal form; it stands in the message's words. */
  readonly url: string
  readonly title: string
  /** May be empty. */
  readonly description: string
  /** What the site calls itself; may be empty. */
  readonly site: string
  /** Where its picture lies, over https; nothing is asked for it before the user wants that. */
  readonly image?: string
  /** What the picture shows, in words. */
  readonly alt?: string
}

/** The picture of a card, looked at as far as its size; the bytes are for a decoder that may fail. */
export interface LinkPicture {
  readonly type: PictureKind
  /** In pixels. */
  readonly width: number
  readonly height: number
  readonly base64: string
}

/** auto: only where it is here already or the user always wants it; asked: the user wants this one. */
export type PictureWish = 'auto' | 'asked'

/** ask: each one is asked for by a click; always: all are loaded at once. */
export const LINK_PICTURES = ['ask', 'always'] as const

/** Part of every message. */
export interface LinkFields {
  readonly links?: readonly LinkCard[]
}
