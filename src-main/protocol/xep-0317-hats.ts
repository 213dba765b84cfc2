/** XEP-0317: Hats, version 0.3.1. https://xmpp.org/extensions/xep-0317.html */
import type { Hat } from '../model/room.ts'
import { attribute, clip, present } from './stanza.ts'
import type { Element } from './xml.ts'

/** Announced by rooms, not by clients. */
export const NS = 'urn:xmpp:hats:0'

/** More than one head carries. */
const MAX_HATS = 16
const MOST_READ = 64
const MAX_URI = 1024
const MAX_TITLE = 128

/**
 * What an occupant wears, no URI twice; undefined for nothing. True only where the room announces the namespace (§2):
 * elsewhere an occupant may put on any hat, which is the caller's question.
 */
export function parseHats(presence: Element): readonly Hat[] | undefined {
  const elements = presence.getChild('hats', NS)?.getChildren('hat', NS) ?? []
  const hats = new Map<string, Hat>()
  for (const hat of elements.slice(0, MOST_READ).flatMap(parseHat))
    if (!hats.has(hat.uri)) hats.set(hat.uri, hat)
  return hats.size === 0 ? undefined : [...hats.values()].slice(0, MAX_HATS)
}

function parseHat(element: Element): Hat[] {
  const uri = attribute(element, 'uri') ?? ''
  const title = clip((attribute(element, 'title') ?? '').trim(), MAX_TITLE)
  if (uri === '' || uri.length > MAX_URI || title === '') return []
  return [{ uri, title, ...present('hue', parseHue(attribute(element, 'hue') ?? '')) }]
}

function parseHue(text: string): number | undefined {
  const hue = /^\d{1,3}(\.\d{1,12})?$/.test(text) ? Number(text) : undefined
  return hue !== undefined && hue <= 360 ? hue : undefined
}
