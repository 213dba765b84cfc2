/** The XML console: plain types, and what is announced. */

export const STANZA_KINDS = ['message', 'presence', 'iq'] as const
/** What went over the stream; a nonza is every other top-level element. */
export type TrafficKind = (typeof STANZA_KINDS)[number] | 'nonza'

/** One element of a signed-in stream as it went by, without its secrets. */
export interface TrafficEntry {
  /** Counts up from the opening of the console. */
  readonly number: number
  readonly direction: 'in' | 'out'
  /** Epoch milliseconds. */
  readonly at: number
  readonly kind: TrafficKind
  /** Attributes as they were written; empty when absent. */
  readonly type: string
  readonly id: string
  readonly from: string
  readonly to: string
  /** Name and namespace of the first child, or of the nonza itself: what it is about. */
  readonly about: string
  /** Pretty-printed. White space that is not the stanza's own stands between tags alone and holds a line end. */
  readonly xml: string
  /** False: too long, and cut off at the end. */
  readonly whole: boolean
}

/** What is wrong with a stanza that the user has written. */
export type StanzaFault =
  | 'empty'
  | 'too-long'
  | 'unclosed'
  | 'wrong-end'
  | 'bad-reference'
  | 'bad-attribute'
  | 'repeated-attribute'
  | 'unknown-prefix'
  | 'bad-character'
  | 'malformed'
  | 'not-allowed' // a comment, a processing instruction, a document type
  | 'too-large' // too many elements, too deep
  | 'outside' // text outside the stanza
  | 'several'
  | 'no-stanza'
  | 'wrong-namespace'
  | 'foreign-from'
  | 'bad-address'
  | 'iq-type'
  | 'iq-content'

export interface StanzaProblem {
  readonly fault: StanzaFault
  /** Both from 1; absent where it is the whole that is wrong. */
  readonly line?: number
  readonly column?: number
  /** The element, attribute or address in question. */
  readonly detail?: string
}

export const STANZA_RISKS = [
  'deletes-account',
  'changes-password',
  'removes-contact',
  'ends-subscription',
  'goes-offline',
  'deletes-data',
] as const
/** What a stanza does that can't be undone, or not by sending another. */
export type StanzaRisk = (typeof STANZA_RISKS)[number]

export interface StanzaCheck {
  readonly problem?: StanzaProblem
  readonly risks: readonly StanzaRisk[]
}

export interface SentStanza extends StanzaCheck {
  /** The id it was sent with; absent when it was not sent. */
  readonly sentId?: string
}

export type TemplateName =
  'ping' | 'version' | 'time' | 'last' | 'info' | 'items' | 'roster' | 'message' | 'presence'

export interface StanzaTemplate {
  readonly name: TemplateName
  readonly xml: string
  /** The part of it that is most likely to be another. */
  readonly placeholder?: string
}

export interface ConsoleContent {
  readonly entries: readonly TrafficEntry[]
  readonly templates: readonly StanzaTemplate[]
}

export interface ConsoleEvents {
  /** To the console's window alone, in batches. */
  'console.recorded': { readonly accountId: number; readonly entries: readonly TrafficEntry[] }
}
