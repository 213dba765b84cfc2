/** Column `links` of table `message`: JSON that only we write. */
import type { LinkCard, LinkFields } from '../model/links.ts'

export interface LinkRow {
  readonly links: string | null
}

export function toLinksJson(links: readonly LinkCard[] | undefined): string | null {
  return links === undefined || links.length === 0 ? null : JSON.stringify(links)
}

/** `{ links }`, or nothing. */
export function toLinkFields({ links }: LinkRow): LinkFields {
  return links === null ? {} : { links: JSON.parse(links) as readonly LinkCard[] }
}
