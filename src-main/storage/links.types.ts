/** Pictures of link cards: what the domain may ask of the database. */
import type { LinkPicture } from '../model/links.ts'

export interface StoredPicture extends Omit<LinkPicture, 'base64'> {
  readonly bytes: Uint8Array
}

export interface LinksStorage {
  /** It counts as used now (epoch milliseconds). */
  findLinkPicture(url: string, now: number): StoredPicture | undefined
  /** In place of an older one; what lies longest unused goes when all of them together are more than is kept. */
  putLinkPicture(url: string, picture: StoredPicture, now: number): void
  deleteLinkPictures(): void
  setLinkPictures(conversationId: number, always: boolean): void
}
