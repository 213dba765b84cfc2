/** RFC 6120 §8.3: stanza errors, read and built. */
import { parseJid, type Jid } from '../model/jid.ts'
import type { StanzaErrorType } from './errors.ts'
import { attribute, clip, ownChildren, present } from './stanza.ts'
import { parseBlocked } from './xep-0191-blocking.ts'
import { xml, type Element } from './xml.ts'

export const NS_STANZAS = 'urn:ietf:params:xml:ns:xmpp-stanzas'
const MAX_TEXT_LENGTH = 1024
const MAX_URI_LENGTH = 4096

/** RFC 6120 §8.3.3: each defined condition with the error type that goes with it when it is we who answer. */
const CONDITIONS = {
  'bad-request': 'modify',
  conflict: 'cancel',
  'feature-not-implemented': 'cancel',
  forbidden: 'auth',
  gone: 'cancel',
  'internal-server-error': 'cancel',
  'item-not-found': 'cancel',
  'jid-malformed': 'modify',
  'not-acceptable': 'modify',
  'not-allowed': 'cancel',
  'not-authorized': 'auth',
  'policy-violation': 'modify',
  'recipient-unavailable': 'wait',
  redirect: 'modify',
  'registration-required': 'auth',
  'remote-server-not-found': 'cancel',
  'remote-server-timeout': 'wait',
  'resource-constraint': 'wait',
  'service-unavailable': 'cancel',
  'subscription-required': 'auth',
  'undefined-condition': 'cancel',
  'unexpected-request': 'wait',
} as const satisfies Record<string, StanzaErrorType>

export type StanzaCondition = keyof typeof CONDITIONS

export interface ParsedStanzaError {
  readonly type: StanzaErrorType
  readonly condition: StanzaCondition
  /** The other side's words; may be empty. */
  readonly text: string
  readonly by?: Jid
  /** It was we who blocked the other side (XEP-0191). */
  readonly blocked?: true
  /** Of 'gone' and 'redirect': where to, by the other side's word (§8.3.3.5, §8.3.3.14). */
  readonly uri?: string
}

const TYPES: readonly StanzaErrorType[] = ['auth', 'cancel', 'continue', 'modify', 'wait']

/** Reads the `<error/>` of a stanza. What is missing or unknown becomes 'cancel' and 'undefined-condition' (§8.3.3.21). */
export function parseStanzaError(stanza: Element): ParsedStanzaError {
  const error = ownChildren(stanza, 'error')[0]
  if (error === undefined) return { type: 'cancel', condition: 'undefined-condition', text: '' }
  const type = TYPES.find((known) => known === attribute(error, 'type')) ?? 'cancel'
  const names = error.getChildElements().filter((child) => child.getNS() === NS_STANZAS)
  const condition = names.map((child) => child.getName()).find(isCondition) ?? 'undefined-condition'
  const text = clip(error.getChildText('text', NS_STANZAS) ?? '', MAX_TEXT_LENGTH)
  const by = parseJid(attribute(error, 'by') ?? '')
  return {
    type,
    condition,
    text,
    ...present('by', by),
    ...present('blocked', parseBlocked(error)),
    ...present('uri', uriOf(error, condition)),
  }
}

/** A part of an address is another: what is too long is none. */
function uriOf(error: Element, condition: StanzaCondition): string | undefined {
  if (condition !== 'gone' && condition !== 'redirect') return undefined
  const uri = error.getChildText(condition, NS_STANZAS)?.trim() ?? ''
  return uri === '' || uri.length > MAX_URI_LENGTH ? undefined : uri
}

function isCondition(name: string): name is StanzaCondition {
  return Object.hasOwn(CONDITIONS, name)
}

/** The answer to a stanza that we refuse. Never call it for a stanza of type error or result (§8.3.1). */
export function buildErrorReply(stanza: Element, condition: StanzaCondition): Element {
  const { from: to, id } = stanza.attrs as { from?: string; id?: string }
  return xml(
    stanza.getName(),
    { type: 'error', to, id },
    xml('error', { type: CONDITIONS[condition] }, xml(condition, { xmlns: NS_STANZAS })),
  )
}
