/** XEP-0469: Bookmark Pinning, version 0.1.0. https://xmpp.org/extensions/xep-0469.html */
import { xml, type Element } from './xml.ts'

export const NS = 'urn:xmpp:bookmarks-pinning:0'

/** In the `<extensions/>` of a bookmark. */
export function isPinned(extensions: Element): boolean {
  return extensions.getChild('pinned', NS) !== undefined
}

/** Changes the element itself. */
export function setPinned(extensions: Element, pinned: boolean): void {
  const marks = extensions.getChildren('pinned', NS)
  if (!pinned) for (const mark of marks) extensions.remove(mark)
  else if (marks.length === 0) extensions.append(xml('pinned', { xmlns: NS }))
}
