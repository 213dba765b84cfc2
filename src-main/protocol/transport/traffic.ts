/** The stream's elements as text, for a development log. */
import type { Element } from '../xml.ts'

/** SASL is left out of it. */
export type OnTraffic = (direction: 'in' | 'out', xml: string) => void

const SECRET_NAMESPACES = /^urn:(ietf:params:xml:ns:xmpp-sasl|xmpp:sasl:\d)$/

export function loggable(element: Element): string {
  const namespace = element.getNS() ?? ''
  return SECRET_NAMESPACES.test(namespace) ? `<${element.name} xmlns='${namespace}'>…` : element.toString()
}
