/**
 * A stanza without its secrets, for the XML console: passwords, tokens, keys that open something. What is hidden is
 * decided by where it stands, and where that is not enough by its name, in doubt hidden. SASL never comes here (the tap is
 * on signed-in streams alone) and would be hidden whole.
 */
import { attribute } from './stanza.ts'
import { xml, type Element } from './xml.ts'

/** Of one length, so that it tells nothing of what it stands for. */
export const HIDDEN = '•••'

/** Nothing in these is anybody's business. */
const SECRET_NAMESPACES =
  /^(urn:ietf:params:xml:ns:xmpp-sasl|urn:xmpp:(sasl|fast|oauth|sasl-cb):\d+|http:\/\/jabber\.org\/protocol\/oauth)$/

/** Elements whose text is secret, in whatever namespace: XEP-0045, 0048, 0077, 0078, 0215, 0249, 0402. */
const SECRET_ELEMENT =
  /^(pass(word|wd|phrase|code)?|pwd|digest|secret(key)?|token|.*[_-](token|secret|password)|credentials?|preauth)$/i
/** Attributes: XEP-0198 previd, XEP-0215 password, XEP-0167 key-params, XEP-0176 pwd, XEP-0379 token. */
const SECRET_ATTRIBUTE =
  /^(pass(word|wd|phrase)?|pwd|secret|token|previd|key-params|credentials?|.*[_-](token|secret|password))$/i
/** Form fields by name: a submitted form need not say that a field is private (XEP-0004 §3.2). */
const SECRET_FIELD =
  /passw|passphrase|secret|token|credential|preauth|private.?key|(^|[^a-z])(pass|pwd|pin|otp|key)($|[^a-z])/i
/** XEP-0363 §5: and whatever else has such a header (XEP-0131, XEP-0332). */
const SECRET_HEADER = /authori[sz]ation|cookie|token|secret|api-?key/i
/** `?v=…` of an upload address, `;preauth=…` of an invitation. */
const SECRET_PARAMETER = /([?&;](?:v|sig|signature|preauth|pass\w*|secret|token|key|auth)=)[^&;#\s]+/gi

interface Budget {
  elements: number
}

export interface RedactedStanza {
  readonly element: Element
  /** False: it has more elements than `maxElements`, and those beyond are left out. */
  readonly whole: boolean
}

/** A copy; the stanza itself stays as it is. */
export function redactStanza(stanza: Element, maxElements = 4000): RedactedStanza {
  const budget: Budget = { elements: maxElements }
  const element = copy(stanza, budget)
  return { element, whole: budget.elements >= 0 }
}

function copy(element: Element, budget: Budget): Element {
  budget.elements -= 1
  const namespace = element.getNS() ?? ''
  const isSecret = SECRET_NAMESPACES.test(namespace)
  const into = xml(element.name, attributesOf(element, isSecret))
  if (isSecret || isSecretContent(element)) {
    if (element.children.length > 0) into.t(HIDDEN)
    return into
  }
  const isValue = isFieldValue(element)
  for (const child of element.children) {
    if (typeof child === 'string') into.t(isValue ? withoutParameters(child) : child)
    else if (typeof child === 'object' && budget.elements >= 0) appendCopy(into, child, budget)
  }
  return into
}

function appendCopy(into: Element, child: Element, budget: Budget): void {
  if (budget.elements > 0) into.append(copy(child, budget))
  else budget.elements = -1
}

function attributesOf(element: Element, isSecret: boolean): Record<string, string> {
  const entries = Object.entries(element.attrs).flatMap(([name, value]) =>
    value === undefined || value === null
      ? []
      : [[name, shownAttribute(element, name, String(value), isSecret)]],
  )
  return Object.fromEntries(entries) as Record<string, string>
}

function shownAttribute(element: Element, name: string, value: string, isSecret: boolean): string {
  if (name === 'xmlns' || name.startsWith('xmlns:')) return value
  if (isSecret || SECRET_ATTRIBUTE.test(name) || isResumptionId(element, name)) return HIDDEN
  return /^(url|uri|href|src)$/i.test(name) ? withoutParameters(value) : value
}

/** XEP-0198 §5: whoever has the `id` of `<enabled/>` can take the session over. */
function isResumptionId(element: Element, name: string): boolean {
  return name === 'id' && element.getName() === 'enabled'
}

function isSecretContent(element: Element): boolean {
  const name = element.getName()
  if (SECRET_ELEMENT.test(name)) return true
  if (name === 'key') return /^jabber:iq:(register|auth)$/.test(element.getNS() ?? '')
  if (name === 'header') return SECRET_HEADER.test(attribute(element, 'name') ?? '')
  return name === 'value' && isSecretField(element.parent)
}

function isSecretField(field: Element | null): boolean {
  if (field?.getName() !== 'field') return false
  return attribute(field, 'type') === 'text-private' || SECRET_FIELD.test(attribute(field, 'var') ?? '')
}

/** Addresses stand in form fields and, in XEP-0363's drafts, in elements of their own. */
function isFieldValue(element: Element): boolean {
  return /^(value|put|get|url|uri|landing-url)$/i.test(element.getName())
}

function withoutParameters(text: string): string {
  return text.replace(SECRET_PARAMETER, `$1${HIDDEN}`)
}
