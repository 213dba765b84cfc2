/**
 * RFC 6121 §5: messages. The envelope, and the table of what extensions add to it: a new XEP is one file and one line.
 */
import type { BareJid, Jid } from '../model/jid.ts'
import type { Thread } from '../model/message.ts'
import { buildThread, parseTexts, parseThread, type MessageTexts } from './message-texts.ts'
import { rejected, type Rejected } from './rejected.ts'
import { attribute, clip, isStanza, parseAddresses, present, type Addresses } from './stanza.ts'
import { parseStanzaError, type ParsedStanzaError } from './stanza-error.ts'
import { parseNick } from './xep-0172-nick.ts'
import { parseDelays } from './xep-0203-delay.ts'
import { buildOriginId, parseOriginId, parseStanzaIds } from './xep-0359-stanza-ids.ts'
import { parseUnstyled } from './xep-0393-styling.ts'
import { xml, type Element } from './xml.ts'

export { trustedDelay } from './xep-0203-delay.ts'
export { trustedStanzaId } from './xep-0359-stanza-ids.ts'

const TYPES = ['chat', 'normal', 'groupchat', 'headline', 'error'] as const
export type MessageType = (typeof TYPES)[number]

/** Enough of an error to see what it was about. */
const MAX_SOURCE_LENGTH = 4096

const extensions = {
  delays: parseDelays,
  originId: parseOriginId,
  stanzaIds: parseStanzaIds,
  nick: parseNick,
  unstyled: parseUnstyled,
} as const

type Extensions = {
  readonly [K in keyof typeof extensions]?: NonNullable<ReturnType<(typeof extensions)[K]>>
}

export interface MessageEnvelope extends Addresses, MessageTexts {
  readonly kind: 'message'
  readonly type: MessageType
  readonly thread?: Thread
  /** Of a message of type error: why ours, the one with this `id`, was not delivered. */
  readonly error?: ParsedStanzaError
  /** Of the same: the stanza as it came, for the technical eye. */
  readonly source?: string
}

export type ParsedMessage = MessageEnvelope & Extensions

/** Reads a message stanza. It does not ask who may send what: that is the domain's question. */
export function parseMessage(
  element: Element,
  context: { readonly ownBareJid: BareJid },
): ParsedMessage | Rejected {
  if (!isStanza(element, 'message')) return rejected('not a message')
  const addresses = parseAddresses(element, context.ownBareJid)
  if ('kind' in addresses) return addresses
  const type = parseType(element)
  return {
    kind: 'message',
    type,
    ...addresses,
    ...parseTexts(element),
    ...present('thread', parseThread(element)),
    ...(type === 'error' ? parseError(element) : {}),
    ...parseExtensions(element),
  }
}

function parseError(element: Element): Pick<MessageEnvelope, 'error' | 'source'> {
  return { error: parseStanzaError(element), source: clip(element.toString(), MAX_SOURCE_LENGTH) }
}

/** Absent and unknown types are 'normal' (RFC 6121 §5.2.2). */
function parseType(element: Element): MessageType {
  const type = attribute(element, 'type')
  return TYPES.find((known) => known === type) ?? 'normal'
}

function parseExtensions(element: Element): Extensions {
  const parsed = Object.entries(extensions).map(([name, parse]) => [name, parse(element)] as const)
  return Object.fromEntries(parsed.filter(([, value]) => value !== undefined))
}

export interface OutgoingMessage {
  readonly to: Jid
  readonly type: Exclude<MessageType, 'error'>
  /** A fresh UUID: it is what an acknowledgement, an error or a receipt names. */
  readonly id: string
  /** Of type normal only. */
  readonly subject?: string | undefined
  readonly body: string
  readonly thread?: Thread | undefined
  readonly originId?: string | undefined
}

/**
 * Bytes that a body (or a subject) takes on the wire, markup escaped. Servers end the stream of whoever sends a stanza over their limit
 * (RFC 6120 §13.12), so what is too long must not be sent at all.
 */
export function encodedBodyLength(body: string): number {
  return Buffer.byteLength(xml('body', {}, body).toString())
}

export function buildMessage(message: OutgoingMessage): Element {
  return xml(
    'message',
    { to: message.to, type: message.type, id: message.id },
    ...(message.subject === undefined ? [] : [xml('subject', {}, message.subject)]),
    xml('body', {}, message.body),
    ...(message.thread === undefined ? [] : [buildThread(message.thread)]),
    ...(message.originId === undefined ? [] : [buildOriginId(message.originId)]),
  )
}
