/** XEP-0392: Consistent Color Generation, version 1.0.1. https://xmpp.org/extensions/xep-0392.html */
import { sha1 } from '@noble/hashes/legacy.js'
import { Hsluv } from 'hsluv'

export interface ContactColor {
  /** Behind white initials, in both themes. */
  readonly background: string
  /** For a name on light and on dark ground. */
  readonly onLight: string
  readonly onDark: string
}

/** The lightness that keeps 4.5:1 against white, light bubbles and dark bubbles; saturation below full keeps the calm. */
const BACKGROUND = { saturation: 62, lightness: 46 }
const ON_LIGHT = { saturation: 80, lightness: 38 }
const ON_DARK = { saturation: 65, lightness: 74 }

const known = new Map<string, ContactColor>()
const KNOWN_LIMIT = 10_000

/** §5.1: the hue of a text in degrees, 0 to 360. Addresses must be prepared for comparison (§6.2), as a BareJid is. */
export function hueOf(text: string): number {
  const [low = 0, high = 0] = sha1(new TextEncoder().encode(text))
  return ((low + high * 256) / 65_536) * 360
}

/** §5.2: `#rrggbb` of a hue; saturation and lightness 0 to 100. */
export function colorOf(hue: number, saturation: number, lightness: number): string {
  const color = new Hsluv()
  color.hsluv_h = hue
  color.hsluv_s = saturation
  color.hsluv_l = lightness
  color.hsluvToHex()
  return color.hex
}

/** Same address, same colours, in every client that keeps to the XEP (the hue; the rest is each client's own). */
export function contactColor(jid: string): ContactColor {
  let color = known.get(jid)
  if (color === undefined) {
    const hue = hueOf(jid)
    const paint = (tone: typeof BACKGROUND): string => colorOf(hue, tone.saturation, tone.lightness)
    color = { background: paint(BACKGROUND), onLight: paint(ON_LIGHT), onDark: paint(ON_DARK) }
    if (known.size >= KNOWN_LIMIT) known.clear()
    known.set(jid, color)
  }
  return color
}
