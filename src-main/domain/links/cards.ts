/** Which cards of a message are kept: those of pages that its words link to (attack S16: a card for somewhere else). */
import type { LinkCard } from '../../model/links.ts'
import { toLinkCard, webUrl, type PageWords } from '../../protocol/xep-0511-link-metadata.ts'

/** Far more than anybody links to. */
const MOST_LINKS = 64

export function cardsFor(
  body: string,
  cards: readonly LinkCard[] | undefined,
): readonly LinkCard[] | undefined {
  if (cards === undefined) return undefined
  const linked = new Set<string>()
  for (const [written] of body.matchAll(/https?:\/\/[^\s<>"]+/giu)) {
    if (linked.size >= MOST_LINKS) break
    // A sentence may end right behind it.
    for (const text of [written, written.replace(/[.,;:!?)\]}'*_~]+$/u, '')]) linked.add(webUrl(text) ?? '')
  }
  const kept = cards.filter(({ url }) => linked.has(url))
  return kept.length === 0 ? undefined : kept
}

/** Of an own message: within the same bounds, and only for what its words link to. */
export function ownCards(
  body: string,
  card: PageWords & Pick<LinkCard, 'url'>,
): readonly LinkCard[] | undefined {
  const bounded = toLinkCard(card.url, card)
  return bounded && cardsFor(body, [bounded])
}
