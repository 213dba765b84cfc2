/**
 * XEP-0386: Bind 2, version 1.1.0. https://xmpp.org/extensions/xep-0386.html
 * Binding a resource inside SASL2, with stream management and carbons enabled in the same step.
 */
import { xml, type Element } from './xml.ts'
import { buildEnable, NS as NS_SM } from './xep-0198-stream-management.ts'
import { buildEnable as buildEnableCarbons, NS as NS_CARBONS } from './xep-0280-carbons.ts'

export const NS = 'urn:xmpp:bind:0'

/** What goes along with binding. */
export interface Inline {
  readonly streamManagement: boolean
  readonly carbons: boolean
}

/** What the server can do inline, from SASL2's `<authentication/>`. Undefined: no Bind 2. */
export function parseBind2(authentication: Element): Inline | undefined {
  const bind = authentication.getChild('inline')?.getChild('bind', NS)
  if (bind === undefined) return undefined
  const inline =
    bind
      .getChild('inline')
      ?.getChildren('feature')
      .map((feature) => String(feature.attrs['var'])) ?? []
  return { streamManagement: inline.includes(NS_SM), carbons: inline.includes(NS_CARBONS) }
}

/** The tag is seen by others as a part of the resource; it names the program and nothing more. */
export function buildBind2(inline: Inline): Element {
  const bind = xml('bind', { xmlns: NS }, xml('tag', {}, 'Linnet'))
  if (inline.carbons) bind.append(buildEnableCarbons())
  if (inline.streamManagement) bind.append(buildEnable())
  return bind
}

/** `<bound/>` in SASL2's `<success/>`, with the answer to `<enable/>` when there is one. */
export function parseBound(success: Element): { readonly enabled: Element | undefined } | undefined {
  const bound = success.getChild('bound', NS)
  return bound && { enabled: bound.getChild('enabled', NS_SM) }
}
