/** How pictures of link cards are had. Without it around (the gallery, a letter) cards are words alone. */
import { getContext, setContext } from 'svelte'
import type { LinkPicture, PictureWish } from '../../../src-main/model/links.ts'

export interface LinkPictures {
  /** Null: the user does not want it yet, or it can't be had. Rejects when it fails. */
  readonly load: (messageId: number, url: string, wish: PictureWish) => Promise<LinkPicture | null>
  /** They are loaded without asking: in this conversation, or in all. */
  readonly always: () => boolean
  /** From now on. */
  readonly alwaysHere: () => void
  readonly alwaysEverywhere: () => void
}

const KEY = Symbol('link pictures')

export function provideLinkPictures(pictures: LinkPictures): void {
  setContext(KEY, pictures)
}

export function useLinkPictures(): LinkPictures | undefined {
  return getContext<LinkPictures | undefined>(KEY)
}
