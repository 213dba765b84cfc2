/** XEP-0128: Service Discovery Extensions, version 1.0.1. https://xmpp.org/extensions/xep-0128.html */
import type { DataForm } from '../model/form.ts'
import { NS as NS_FORMS, parseFormElement } from './xep-0004-data-forms.ts'
import type { Element } from './xml.ts'

const MAX_FORMS = 20

/** The forms of type result beside identities and features, for reading; anything else in their place is left out. */
export function parseExtensions(query: Element): DataForm[] {
  const forms = query
    .getChildren('x', NS_FORMS)
    .slice(0, MAX_FORMS)
    .flatMap((x) => parseFormElement(x) ?? [])
  return forms.filter(({ type }) => type === 'result')
}
