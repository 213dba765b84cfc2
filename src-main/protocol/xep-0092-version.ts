/** XEP-0092: Software Version, version 1.1. https://xmpp.org/extensions/xep-0092.html */
import type { Iq } from './iq.ts'
import { xml } from './xml.ts'

export const NS = 'jabber:iq:version'
export const features = [NS]

export interface SoftwareVersion {
  readonly name: string
  readonly version: string
  /** Leave it out unless the user agreed to tell it (§5). */
  readonly os?: string | undefined
}

export function answerVersion(iq: Iq, { name, version, os }: SoftwareVersion): void {
  iq.answer('get', NS, 'query', () =>
    xml(
      'query',
      { xmlns: NS },
      xml('name', {}, name),
      xml('version', {}, version),
      ...(os === undefined ? [] : [xml('os', {}, os)]),
    ),
  )
}
