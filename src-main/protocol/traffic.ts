/** What the XML console is told of an element on a stream: plain data, without secrets, of bounded size. */
import { STANZA_KINDS, type TrafficEntry } from '../model/console.ts'
import { printStanza } from './print-stanza.ts'
import { redactStanza } from './redact-stanza.ts'
import { attribute, clip, isStanza, NS_CLIENT } from './stanza.ts'
import { xml, type Element } from './xml.ts'

const MAX_XML_LENGTH = 65_536
/** An address has three parts of 1023 octets at most. */
const MAX_ATTRIBUTE_LENGTH = 3071
const MAX_ABOUT_LENGTH = 256

export type DescribedElement = Omit<TrafficEntry, 'number' | 'direction' | 'at'>

/** Reads the element and keeps nothing of it. */
export function describeElement(element: Element): DescribedElement {
  const redacted = redactStanza(element)
  const { text, whole } = printStanza(redacted.element, MAX_XML_LENGTH)
  const read = (name: string): string => clip(attribute(redacted.element, name) ?? '', MAX_ATTRIBUTE_LENGTH)
  return {
    kind: STANZA_KINDS.find((kind) => isStanza(element, kind)) ?? 'nonza',
    type: clip(read('type'), MAX_ABOUT_LENGTH),
    id: read('id'),
    from: read('from'),
    to: read('to'),
    about: clip(aboutOf(element), MAX_ABOUT_LENGTH),
    xml: text,
    whole: whole && redacted.whole,
  }
}

/**
 * A document of what was recorded, each stanza after a comment with its number, time and direction. What was cut off is no
 * XML any more and is only spoken of.
 */
export function buildDocument(account: string, entries: readonly TrafficEntry[]): string {
  const stanzas = entries.map(({ number, direction, at, xml: text, whole }) => {
    const note = whole ? '' : ', too long and left out'
    return `<!-- ${number} ${new Date(at).toISOString()} ${direction}${note} -->\n${whole ? `${text}\n` : ''}`
  })
  const root = xml('stanzas', { xmlns: NS_CLIENT, account }, '\n')
    .toString()
    .replace(/<\/stanzas>$/, '')
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}${stanzas.join('')}</stanzas>\n`
}

function aboutOf(element: Element): string {
  const isAny = STANZA_KINDS.some((kind) => isStanza(element, kind))
  const subject = isAny ? element.getChildElements()[0] : element
  if (subject === undefined) return ''
  const namespace = subject.getNS()
  const isOwn = namespace === undefined || namespace === element.getNS()
  return isAny && isOwn ? subject.getName() : `${subject.getName()} ${namespace ?? ''}`.trim()
}
