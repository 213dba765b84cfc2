/**
 * RFC 6121 §5: messages. The envelope, and the table of what extensions add to it: a new XEP is one file and one line.
 */
import type { BareJid, Jid } from '../model/jid.ts'
import type { Thread } from '../model/message.ts'
import { buildThread, parseTexts, parseThread, type MessageTexts } from './message-texts.ts'
import { rejected, type Rejected } from './rejected.ts'
import { attribute, clip, isStanza, parseAddresses, present, type Addresses } from './stanza.ts'
import { parseStanzaError, type ParsedStanzaError } from './stanza-error.ts'
import {
  buildOccupantMark,
  parseDeclination,
  parseMediatedInvitation,
  parseOccupantMark,
  parseRoomRequest,
  parseRoomStatuses,
} from './xep-0045-muc/index.ts'
import { buildNick, parseNick } from './xep-0172-nick.ts'
import { buildChatState, parseChatState } from './xep-0085-chat-states.ts'
import { buildReceiptRequest, parseReceiptRequest, parseReceived } from './xep-0184-receipts.ts'
import { parseDelays } from './xep-0203-delay.ts'
import { parseDirectInvitation } from './xep-0249-direct-invitations.ts'
import { buildCorrection, parseCorrection } from './xep-0308-message-correction.ts'
import { buildMarkable, parseDisplayed, parseMarkable } from './xep-0333-markers.ts'
import { buildHint, parseHints } from './xep-0334-hints.ts'
import { buildOriginId, parseOriginId, parseStanzaIds } from './xep-0359-stanza-ids.ts'
import { buildSpoiler, parseSpoiler } from './xep-0382-spoilers.ts'
import { parseUnstyled } from './xep-0393-styling.ts'
import { parseOccupantId } from './xep-0421-occupant-ids.ts'
import { buildRetraction, parseRetraction, parseTombstone } from './xep-0424-retraction.ts'
import { parseModeration } from './xep-0425-moderation.ts'
import { buildFallback, parseFallbacks } from './xep-0428-fallback.ts'
import { buildReactions, parseReactions } from './xep-0444-reactions.ts'
import { buildReply, parseReply } from './xep-0461-replies.ts'
import { parseAffiliationNews } from './xep-0463-affiliation-versioning.ts'
import { buildLinkMetadata, parseLinkMetadata } from './xep-0511-link-metadata.ts'
import { buildMentions, parseMentions } from './xep-0513-mentions.ts'
import { xml, type Element } from './xml.ts'

export { trustedDelay } from './xep-0203-delay.ts'
export { trustedStanzaId } from './xep-0359-stanza-ids.ts'
export { quoteFallback, withoutQuote } from './xep-0461-replies.ts'

const TYPES = ['chat', 'normal', 'groupchat', 'headline', 'error'] as const
export type MessageType = (typeof TYPES)[number]

/** Enough of an error to see what it was about. */
const MAX_SOURCE_LENGTH = 4096

const extensions = {
  delays: parseDelays,
  originId: parseOriginId,
  stanzaIds: parseStanzaIds,
  nick: parseNick,
  ofOccupant: parseOccupantMark,
  roomStatuses: parseRoomStatuses,
  invitation: (message: Element) => parseMediatedInvitation(message) ?? parseDirectInvitation(message),
  declination: parseDeclination,
  roomRequest: parseRoomRequest,
  occupantId: parseOccupantId,
  unstyled: parseUnstyled,
  chatState: parseChatState,
  receiptRequest: parseReceiptRequest,
  received: parseReceived,
  markable: parseMarkable,
  displayed: parseDisplayed,
  hints: parseHints,
  fallbacks: parseFallbacks,
  reply: parseReply,
  links: parseLinkMetadata,
  spoiler: parseSpoiler,
  correction: parseCorrection,
  retraction: parseRetraction,
  tombstone: parseTombstone,
  moderation: parseModeration,
  mentions: parseMentions,
  affiliationNews: parseAffiliationNews,
  reactions: parseReactions,
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

/** What may go along with an own message: a new XEP is one line. */
const builders = {
  thread: buildThread,
  nick: buildNick,
  originId: buildOriginId,
  chatState: buildChatState,
  receiptRequest: buildReceiptRequest,
  markable: buildMarkable,
  fallback: buildFallback,
  reply: buildReply,
  spoiler: buildSpoiler,
  correction: buildCorrection,
  retraction: buildRetraction,
  reactions: buildReactions,
  hint: buildHint,
  link: buildLinkMetadata,
  ofOccupant: buildOccupantMark,
  mentions: buildMentions,
} as const

type Additions = {
  readonly [K in keyof typeof builders]?: Parameters<(typeof builders)[K]>[0] | undefined
}

export interface OutgoingMessage extends Additions {
  readonly to: Jid
  readonly type: Exclude<MessageType, 'error'>
  /** A fresh UUID: it is what an acknowledgement, an error or a receipt names. */
  readonly id: string
  /** Of type normal only. */
  readonly subject?: string | undefined
  /** Without words it only tells something. */
  readonly body?: string | undefined
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
    ...(message.body === undefined ? [] : [xml('body', {}, message.body)]),
    ...buildAdditions(message),
  )
}

function buildAdditions(message: OutgoingMessage): readonly Element[] {
  return Object.entries(builders).flatMap(([name, build]) => {
    const value = message[name as keyof Additions]
    return value === undefined ? [] : (build as (value: unknown) => Element | readonly Element[])(value)
  })
}
