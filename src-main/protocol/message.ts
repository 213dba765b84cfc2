/**
 * RFC 6121 §5: messages. The envelope, and the table of what extensions add to it: a new XEP is one file and one line.
 */
import type { BareJid, Jid } from '../model/jid.ts'
import { rejected, type Rejected } from './rejected.ts'
import { attribute, isStanza, ownChildText, parseAddresses, present, type Addresses } from './stanza.ts'
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

/** Far above what servers let through (256 KiB is much): no honest body is ever cut. */
const MAX_BODY_LENGTH = 1_048_576
const MAX_SUBJECT_LENGTH = 4096
const MAX_THREAD_LENGTH = 1024

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

export interface MessageEnvelope extends Addresses {
  readonly kind: 'message'
  readonly type: MessageType
  /** Absent when there is none or it is empty. Text, whatever it looks like. */
  readonly body?: string
  /** Present and empty where a room clears its subject. */
  readonly subject?: string
  readonly thread?: string
  /** Of a message of type error: why ours, the one with this `id`, was not delivered. */
  readonly error?: ParsedStanzaError
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
    ...present('body', ownChildText(element, 'body', MAX_BODY_LENGTH) || undefined),
    ...present('subject', ownChildText(element, 'subject', MAX_SUBJECT_LENGTH)),
    ...present('thread', ownChildText(element, 'thread', MAX_THREAD_LENGTH) || undefined),
    ...present('error', type === 'error' ? parseStanzaError(element) : undefined),
    ...parseExtensions(element),
  }
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
  readonly body: string
  readonly originId?: string | undefined
}

/**
 * Bytes that a body takes on the wire, markup escaped. Servers end the stream of whoever sends a stanza over their limit
 * (RFC 6120 §13.12), so what is too long must not be sent at all.
 */
export function encodedBodyLength(body: string): number {
  return Buffer.byteLength(xml('body', {}, body).toString())
}

export function buildMessage(message: OutgoingMessage): Element {
  return xml(
    'message',
    { to: message.to, type: message.type, id: message.id },
    xml('body', {}, message.body),
    ...(message.originId === undefined ? [] : [buildOriginId(message.originId)]),
  )
}
