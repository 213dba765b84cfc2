/** XEP-0441: Message Archive Management Preferences, version 0.2.0. https://xmpp.org/extensions/xep-0441.html */
import type { ArchivePreferences } from '../model/archive.ts'
import { parseJid, type Jid } from '../model/jid.ts'
import type { Iq } from './iq.ts'
import { attribute } from './stanza.ts'
import { xml, type Element } from './xml.ts'

/** Of the archive itself (XEP-0313). */
const NS = 'urn:xmpp:mam:2'

const DEFAULTS = ['always', 'never', 'roster'] as const
const MAX_ADDRESSES = 1000

/** Rejects as Iq.request does: with StanzaError where nobody may choose; undefined for an answer that is none. */
export async function fetchPreferences(iq: Iq): Promise<ArchivePreferences | undefined> {
  return parsePreferences(await iq.request({ type: 'get', payload: xml('prefs', { xmlns: NS }) }))
}

/** Resolves with what the server made of it, which may be something else (§2.1). Rejects as above. */
export async function publishPreferences(
  iq: Iq,
  preferences: ArchivePreferences,
): Promise<ArchivePreferences | undefined> {
  return parsePreferences(await iq.request({ type: 'set', payload: buildPreferences(preferences) }))
}

export function parsePreferences(answer: Element): ArchivePreferences | undefined {
  const prefs = answer.getChild('prefs', NS)
  const keep = DEFAULTS.find((known) => known === (prefs && attribute(prefs, 'default')))
  if (prefs === undefined || keep === undefined) return undefined
  return { keep, always: addressesIn(prefs, 'always'), never: addressesIn(prefs, 'never') }
}

function addressesIn(prefs: Element, name: string): Jid[] {
  const elements = prefs.getChild(name, NS)?.getChildren('jid', NS) ?? []
  return elements.slice(0, MAX_ADDRESSES).flatMap((element) => parseJid(element.getText().trim()) ?? [])
}

export function buildPreferences({ keep, always, never }: ArchivePreferences): Element {
  const list = (name: string, addresses: readonly string[]): Element =>
    xml(name, {}, ...addresses.map((address) => xml('jid', {}, address)))
  return xml('prefs', { xmlns: NS, default: keep }, list('always', always), list('never', never))
}
