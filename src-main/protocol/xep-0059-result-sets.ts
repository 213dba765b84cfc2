/** XEP-0059: Result Set Management, version 1.0. https://xmpp.org/extensions/xep-0059.html */
import { present } from './stanza.ts'
import { xml, type Element } from './xml.ts'

/** Not among our features: we list nothing to others. */
export const NS = 'http://jabber.org/protocol/rsm'

/** Longer than any server's ids; what is longer is none. */
const MAX_ID_LENGTH = 1024

/** Which page: the one after an item, the one before it, or with `before: ''` the last one (§2.5). Neither: the first. */
export interface PageRequest {
  readonly max: number
  readonly after?: string | undefined
  readonly before?: string | undefined
}

/** What a page turned out to be. Both ids are absent when it is empty. */
export interface PageBounds {
  readonly first?: string
  readonly last?: string
  /** Of the whole set, by the answerer's word; may be approximate. */
  readonly count?: number
}

export function buildPageRequest({ max, after, before }: PageRequest): Element {
  return xml(
    'set',
    { xmlns: NS },
    xml('max', {}, String(max)),
    ...(after === undefined ? [] : [xml('after', {}, after)]),
    ...(before === undefined ? [] : before === '' ? [xml('before')] : [xml('before', {}, before)]),
  )
}

/** Reads the `<set/>` of an answer; undefined when there is none. */
export function parsePageBounds(parent: Element): PageBounds | undefined {
  const set = parent.getChild('set', NS)
  if (set === undefined) return undefined
  return {
    ...present('first', idIn(set, 'first')),
    ...present('last', idIn(set, 'last')),
    ...present('count', countOf(set)),
  }
}

function idIn(set: Element, name: string): string | undefined {
  const id = set.getChildText(name, NS) ?? ''
  return id === '' || id.length > MAX_ID_LENGTH ? undefined : id
}

function countOf(set: Element): number | undefined {
  const text = set.getChildText('count', NS) ?? ''
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined
}
