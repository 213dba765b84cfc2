/** XEP-0511: Link Metadata, version 0.1.1. https://xmpp.org/extensions/xep-0511.html */
import type { LinkCard } from '../model/links.ts'
import { attribute, clip, present } from './stanza.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
const NS_OG = 'https://ogp.me/ns#'
const NS_OG_IMAGE = 'https://ogp.me/ns#image:'

const MAX_CARDS = 4
const MAX_URL = 2048
const MAX_TITLE = 200
const MAX_DESCRIPTION = 500
const MAX_SITE = 100
const MAX_ALT = 300
/** One picture is often given several times, in several ways. */
const MAX_IMAGES = 8

/**
 * What is said of web pages, one card a page, the first that names it; undefined when nothing readable is. Of a
 * picture only where it lies over https is read. Whether the message links there is the domain's question.
 */
export function parseLinkMetadata(message: Element): readonly LinkCard[] | undefined {
  const cards = new Map<string, LinkCard>()
  for (const description of message.getChildren('Description', NS)) {
    if (cards.size === MAX_CARDS) break
    const card = parseCard(description)
    if (card !== undefined && !cards.has(card.url)) cards.set(card.url, card)
  }
  return cards.size === 0 ? undefined : [...cards.values()]
}

function parseCard(element: Element): LinkCard | undefined {
  const url = webUrl(aboutOf(element) ?? '')
  const title = property(element, 'title', MAX_TITLE)
  const description = property(element, 'description', MAX_DESCRIPTION)
  if (url === undefined || (title === '' && description === '')) return undefined
  const site = property(element, 'site_name', MAX_SITE)
  return { url, title, description, site, ...pictureOf(element) }
}

/** The first that lies on the web; what it shows is said of it alone. */
function pictureOf(element: Element): Pick<LinkCard, 'image' | 'alt'> {
  const images = element.getChildren('image', NS_OG).slice(0, MAX_IMAGES)
  const image = images.map((each) => pictureUrl(each.getText().trim())).find((url) => url !== undefined)
  if (image === undefined) return {}
  const alt = plainLine(element.getChild('alt', NS_OG_IMAGE)?.getText() ?? '', MAX_ALT)
  return { image, ...(alt === '' ? {} : { alt }) }
}

/** Over https alone, in its normal form; `base`: the page that names it. */
export function pictureUrl(text: string, base?: string): string | undefined {
  if (text === '' || text.length > MAX_URL || !URL.canParse(text, base)) return undefined
  const url = webUrl(new URL(text, base).href)
  return url?.startsWith('https:') ? url : undefined
}

/** The attribute `about` of RDF's own namespace (§3.1: a MUST), whatever the prefix. */
function aboutOf(element: Element): string | undefined {
  const names = Object.keys(element.attrs).filter((name) => /^[^:]+:about$/.test(name))
  const name = names.find((each) => element.findNS(each.slice(0, each.indexOf(':'))) === NS)
  return name === undefined ? undefined : attribute(element, name)
}

/** The normal form of an address of the web; undefined for any other, and for one with a name before the host. */
export function webUrl(text: string): string | undefined {
  if (text.length > MAX_URL || !URL.canParse(text)) return undefined
  const url = new URL(text)
  if (!['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '')
    return undefined
  return url.href
}

/** One line, without what can't be seen in it. */
function property(element: Element, name: string, most: number): string {
  return plainLine(element.getChild(name, NS_OG)?.getText() ?? '', most)
}

/** White space of every kind is one space; controls and what turns the writing around go. */
export function plainLine(text: string, most: number): string {
  const shown = clip(text, 4 * most).replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
  return clip(shown.replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '').trim(), most)
}

export function buildLinkMetadata(card: LinkCard): Element {
  const og = (name: string, text: string) => (text === '' ? [] : [xml(`og:${name}`, {}, text)])
  return xml(
    'rdf:Description',
    {
      ...{ 'xmlns:rdf': NS, 'xmlns:og': NS_OG, 'rdf:about': card.url },
      ...(card.alt === undefined ? {} : { 'xmlns:ogi': NS_OG_IMAGE }),
    },
    ...og('title', card.title),
    ...og('description', card.description),
    ...og('site_name', card.site),
    ...og('image', card.image ?? ''),
    ...(card.alt === undefined ? [] : [xml('ogi:alt', {}, card.alt)]),
  )
}

/** What a page says of itself, not yet bounded; its picture may be relative to it. */
export interface PageWords extends Pick<LinkCard, 'title' | 'description' | 'site'> {
  readonly image?: string | undefined
  readonly alt?: string | undefined
}

/** Page data as a card, within the same bounds; undefined when it says nothing. */
export function toLinkCard(url: string, page: PageWords): LinkCard | undefined {
  const title = plainLine(page.title, MAX_TITLE)
  const description = plainLine(page.description, MAX_DESCRIPTION)
  const normal = webUrl(url)
  if (normal === undefined || (title === '' && description === '')) return undefined
  const image = pictureUrl(page.image ?? '', normal)
  const alt = image === undefined ? '' : plainLine(page.alt ?? '', MAX_ALT)
  return {
    ...{ url: normal, title, description, site: plainLine(page.site, MAX_SITE) },
    ...present('image', image),
    ...(alt === '' ? {} : { alt }),
  }
}
