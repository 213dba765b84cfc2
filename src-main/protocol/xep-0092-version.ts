/** XEP-0092: Software Version, version 1.1. https://xmpp.org/extensions/xep-0092.html */
import type { SoftwareVersion } from '../model/entity.ts'
import type { Jid } from '../model/jid.ts'
import type { Iq } from './iq.ts'
import { clip, present } from './stanza.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'jabber:iq:version'
export const features = [NS]

const MAX_LENGTH = 256

/** Undefined when the answer can't be read. Rejects as Iq.request does. */
export async function fetchVersion(iq: Iq, to: Jid): Promise<SoftwareVersion | undefined> {
  const result = await iq.request({ type: 'get', to, payload: xml('query', { xmlns: NS }) })
  const query = result.getChild('query', NS)
  return query === undefined ? undefined : parseVersion(query)
}

/** Reads `<query/>`: each text one short line. Undefined without a name, which an answer must have (§2). */
export function parseVersion(query: Element): SoftwareVersion | undefined {
  const [name, version, os] = ['name', 'version', 'os'].map((child) => lineOf(query, child))
  return name === undefined ? undefined : { name, version: version ?? '', ...present('os', os) }
}

function lineOf(query: Element, child: string): string | undefined {
  // Bounded before the search for white space, so that nothing long is ever searched.
  const text = clip(query.getChildText(child, NS) ?? '', 4 * MAX_LENGTH)
  const line = clip(text.replace(/\s+/g, ' ').trim(), MAX_LENGTH)
  return line === '' ? undefined : line
}

export function buildVersion({ name, version, os }: SoftwareVersion): Element {
  return xml(
    'query',
    { xmlns: NS },
    xml('name', {}, name),
    xml('version', {}, version),
    ...(os === undefined ? [] : [xml('os', {}, os)]),
  )
}

/**
 * `tell` says what the asker may know, the operating system only where the user agreed to it (§5); where it is nothing,
 * the answer is the one of a resource that is not there.
 */
export function answerVersion(iq: Iq, tell: (from: Jid) => SoftwareVersion | undefined): void {
  iq.answer('get', NS, 'query', ({ from }) => {
    const version = tell(from)
    return version === undefined ? 'service-unavailable' : buildVersion(version)
  })
}
