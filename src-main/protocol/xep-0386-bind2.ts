/**
 * XEP-0386: Bind 2, version 1.1.0. https://xmpp.org/extensions/xep-0386.html
 * Binding a resource inside SASL2, with stream management enabled in the same step.
 */
import { xml, type Element } from './xml.ts'
import { buildEnable, NS as NS_SM } from './xep-0198-stream-management.ts'

export const NS = 'urn:xmpp:bind:0'

/** What the server can do inline, from SASL2's `<authentication/>`. Undefined: no Bind 2. */
export function parseBind2(authentication: Element): { readonly streamManagement: boolean } | undefined {
  const bind = authentication.getChild('inline')?.getChild('bind', NS)
  if (bind === undefined) return undefined
  const inline =
    bind
      .getChild('inline')
      ?.getChildren('feature')
      .map((feature) => String(feature.attrs['var'])) ?? []
  return { streamManagement: inline.includes(NS_SM) }
}

/** The tag is seen by others as a part of the resource; it names the program and nothing more. */
export function buildBind2(options: { readonly streamManagement: boolean }): Element {
  const bind = xml('bind', { xmlns: NS }, xml('tag', {}, 'Linnet'))
  if (options.streamManagement) bind.append(buildEnable())
  return bind
}

/** `<bound/>` in SASL2's `<success/>`, with the answer to `<enable/>` when there is one. */
export function parseBound(success: Element): { readonly enabled: Element | undefined } | undefined {
  const bound = success.getChild('bound', NS)
  return bound && { enabled: bound.getChild('enabled', NS_SM) }
}
