/** XEP-0428: Fallback Indication, version 0.2.1. https://xmpp.org/extensions/xep-0428.html */
import { attribute } from './stanza.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'urn:xmpp:fallback:0'
export const features = [NS]

/** More than an honest message has. */
const MAX_FALLBACKS = 16
const MAX_REGIONS = 16

/** Characters (code points, XEP-0426) from `start` up to, not including, `end`; without an end up to the last one. */
export interface Region {
  readonly start: number
  readonly end?: number
}

/** Which parts of a text stand there for those who do not know the specification `for`. */
export interface Fallback {
  /** A namespace; absent where the sender names none. */
  readonly for?: string
  readonly body: readonly Region[]
  readonly subject: readonly Region[]
}

const ALL: Region = { start: 0 }

/** Every `<fallback/>`; undefined when there is none. A region that says nothing sensible is none. */
export function parseFallbacks(message: Element): readonly Fallback[] | undefined {
  const fallbacks = message.getChildren('fallback', NS).slice(0, MAX_FALLBACKS).map(parseFallback)
  return fallbacks.length === 0 ? undefined : fallbacks
}

/** Without children it is about all there is. */
function parseFallback(element: Element): Fallback {
  const replaced = attribute(element, 'for')
  const bodies = element.getChildren('body', NS)
  const subjects = element.getChildren('subject', NS)
  const whole = bodies.length + subjects.length === 0
  return {
    ...(replaced === undefined || replaced === '' ? {} : { for: replaced }),
    body: whole ? [ALL] : bodies.slice(0, MAX_REGIONS).flatMap(parseRegion),
    subject: whole ? [ALL] : subjects.slice(0, MAX_REGIONS).flatMap(parseRegion),
  }
}

function parseRegion(element: Element): Region[] {
  const startText = attribute(element, 'start')
  const endText = attribute(element, 'end')
  const start = startText === undefined ? 0 : parseUnsigned(startText)
  const end = endText === undefined ? undefined : parseUnsigned(endText)
  if (start === undefined || (endText !== undefined && end === undefined)) return []
  if (end === undefined) return [{ start }]
  return end > start ? [{ start, end }] : []
}

/** xs:unsignedInt. */
function parseUnsigned(text: string): number | undefined {
  const value = /^\s*\+?\d{1,10}\s*$/.test(text) ? Number(text) : undefined
  return value !== undefined && value <= 0xffff_ffff ? value : undefined
}

/** The regions of a body that are a fallback for one of these specifications. */
export function bodyRegions(
  fallbacks: readonly Fallback[] | undefined,
  ...namespaces: string[]
): readonly Region[] {
  const meant = (fallbacks ?? []).filter((one) => one.for !== undefined && namespaces.includes(one.for))
  return meant.flatMap(({ body }) => body)
}

/**
 * A text divided into what is left without these regions, and what stood in them. Regions may overlap, lie beyond the end
 * or come in any order. Linear in the length of the text.
 */
export function divideText(
  text: string,
  regions: readonly Region[],
): { readonly kept: string; readonly cut: string } {
  let kept = ''
  let cut = ''
  let unit = 0
  let points = 0
  /** Moves on to a code point, and says what was passed. */
  const passTo = (target: number): string => {
    const from = unit
    for (; points < target && unit < text.length; points += 1) {
      unit += (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1
    }
    return text.slice(from, unit)
  }
  for (const { start, end } of [...regions].sort((one, other) => one.start - other.start)) {
    kept += passTo(start)
    cut += passTo(end ?? Infinity)
  }
  return { kept: kept + text.slice(unit), cut }
}

/** For a body whose first `points` code points are the fallback; all of it without a number. */
export function buildFallback({
  for: replaced,
  points,
}: {
  readonly for: string
  readonly points?: number
}): Element {
  const region = points === undefined ? {} : { start: '0', end: String(points) }
  return xml('fallback', { xmlns: NS, for: replaced }, xml('body', region))
}
