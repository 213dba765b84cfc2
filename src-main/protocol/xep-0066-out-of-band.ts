/** XEP-0066: Out of Band Data, version 1.5. https://xmpp.org/extensions/xep-0066.html */
import type { OutOfBandLink } from '../model/services.ts'
import { clip } from './stanza.ts'
import type { Element } from './xml.ts'

export const NS = 'jabber:x:oob'

const MAX_URL = 2048
const MAX_DESCRIPTION = 1024

/** Reads the `<x/>` of a payload; undefined when absent, without a URL, or overlong. */
export function parseOutOfBand(parent: Element): OutOfBandLink | undefined {
  const element = parent.getChild('x', NS)
  const url = element?.getChildText('url', NS)?.trim() ?? ''
  if (element === undefined || url === '' || url.length > MAX_URL) return undefined
  const description = clip(element.getChildText('desc', NS) ?? '', MAX_DESCRIPTION)
  return { url, ...(description === '' ? {} : { description }) }
}
