/**
 * How components get pictures: from one source in the context, which asks for what is seen and for nothing else. Where there is
 * none (gallery, tests) initials stand.
 */
import { getContext, setContext } from 'svelte'
import type { AnnouncedPictures } from '../../stores/announced-pictures.svelte.ts'
import type { PictureRef } from '../../stores/picture-ref.ts'

export interface Pictures {
  /** A data URL, made small; undefined while it is not here. */
  urlOf(hash: string): string | undefined
  /** Of a contact or an own address; undefined where they show none. */
  ofPerson(accountId: number, jid: string): PictureRef | undefined
  /** Of rooms and occupants whose list knows only their address. */
  readonly announced: Pick<AnnouncedPictures, 'of' | 'seek'>
  /** It is on screen from now on, until the function that is returned is called. */
  show(picture: PictureRef): () => void
}

const KEY = Symbol('pictures')

/** Call once at the top of a tree. */
export function providePictures(pictures: Pictures): void {
  setContext(KEY, pictures)
}

export function usePictures(): Pictures | undefined {
  return getContext<Pictures | undefined>(KEY)
}
