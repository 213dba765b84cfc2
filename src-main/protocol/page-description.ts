/** What a web page says of itself: the Open Graph properties (https://ogp.me/), else its title and its description. */
import { Parser } from 'htmlparser2'
import type { PageWords } from './xep-0511-link-metadata.ts'

/** More is not read: a page has a dozen of them. */
const MAX_PROPERTIES = 500
const MAX_TITLE = 2000

/** Text alone, not yet bounded; each part may be empty. Linear in the length of the page. */
export function readPage(html: string): PageWords {
  const properties = new Map<string, string>()
  let title = ''
  let inTitle = false
  let isTitleDone = false
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'title' && !isTitleDone) inTitle = true
      if (name !== 'meta' || properties.size >= MAX_PROPERTIES) return
      const key = (attributes['property'] ?? attributes['name'] ?? '').toLowerCase()
      if (key !== '' && !properties.has(key)) properties.set(key, attributes['content'] ?? '')
    },
    ontext(text) {
      if (inTitle && title.length < MAX_TITLE) title += text
    },
    onclosetag(name) {
      if (name !== 'title') return
      isTitleDone ||= inTitle
      inTitle = false
    },
  })
  parser.end(html)
  return {
    title: properties.get('og:title') || title,
    description: properties.get('og:description') || properties.get('description') || '',
    site: properties.get('og:site_name') ?? '',
    ...pictureOf(properties),
  }
}

/** As the page writes it: it may be relative to the page. */
function pictureOf(properties: ReadonlyMap<string, string>): Pick<PageWords, 'image' | 'alt'> {
  const names = ['og:image:secure_url', 'og:image', 'og:image:url']
  const image = names
    .map((name) => properties.get(name)?.trim())
    .find((url) => url !== undefined && url !== '')
  return image === undefined ? {} : { image, alt: properties.get('og:image:alt') ?? '' }
}
