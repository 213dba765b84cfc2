/** What people do with messages: corrections, retractions, reactions: what the domain may ask of the database. */
import type { Version } from '../model/actions.ts'
import type { Deed } from '../model/deed.ts'
import type { Jid } from '../model/jid.ts'
import type { LinkCard, LinkFields } from '../model/links.ts'
import type { Author } from '../model/room.ts'
import type { Languages, Message, MessageError, MessageState, Thread } from '../model/message.ts'
import type { NewReply } from './replies.types.ts'
import type { NewMessage } from './storage.ts'

/** By which ids a message is known to others, and whether it may have reached them. */
export interface MessageReference {
  readonly messageId?: string
  readonly originId?: string
  /** XEP-0359, by our archive or that of the room. */
  readonly stanzaId?: string
  readonly thread?: Thread
  readonly reply?: NewReply
  readonly spoiler?: string
  readonly handedOver: boolean
}

/** What an arriving message is recognised by. */
export type MessageIdentity = Pick<
  NewMessage,
  'conversationId' | 'sender' | 'stanzaId' | 'originId' | 'messageId' | 'sentAt'
>

export interface NewRevision {
  /** The correction's own `id` attribute, else its origin-id. */
  readonly ownId?: string | undefined
  /** Epoch milliseconds. */
  readonly writtenAt: number
  /** As of a message; the latest one is shown. */
  readonly place: number
  /** Place and time are the archive's own and supersede others that are known of the same correction. */
  readonly settled: boolean
  readonly body: string
  readonly languages?: Languages | undefined
  readonly unstyled?: true | undefined
  readonly links?: readonly LinkCard[] | undefined
}

export interface NewReactions {
  /** Of an occupant of a room what that one stays known by. */
  readonly sender: string
  readonly author?: Author | undefined
  readonly emoji: readonly string[]
  readonly place: number
  readonly ownId?: string | undefined
  /** As of a revision. */
  readonly settled: boolean
}

/** What came before the message that it is about. */
export interface WaitingDeed {
  readonly kind: 'retraction' | 'reactions'
  /** As of reactions. */
  readonly sender: string
  readonly author?: Author | undefined
  readonly emoji: readonly string[]
  /** Epoch milliseconds. */
  readonly writtenAt: number
  readonly place: number
  readonly ownId?: string | undefined
}

export interface WaitingFor {
  readonly accountId: number
  readonly counterpart: Jid
  readonly targetId: string
}

export interface WaitingBounds {
  readonly perSender: number
  readonly perAccount: number
}

export interface NewDeed {
  readonly accountId: number
  readonly counterpart: Jid
  readonly deed: Deed
  /** The stanza's `id`: a fresh UUID. */
  readonly messageId: string
  /** Epoch milliseconds. */
  readonly sentAt: number
  /** The row of the message that it is about; the deed outlives it. */
  readonly target?: number
}

export interface StoredDeed {
  readonly id: number
  readonly counterpart: Jid
  readonly messageId: string
  readonly sentAt: number
  readonly deed: Deed
  readonly target?: number
  readonly state: 'pending' | 'sent' | 'failed'
  readonly handedOver: boolean
}

export interface PendingDeed extends StoredDeed {
  /** It follows the own messages up to this row. */
  readonly after: number
  /** How the message that it is about fares; absent when there is none any more. */
  readonly targetState?: MessageState
}

/** Where a function gives back a Message, undefined means that nothing is different now. */
export interface ActionsStorage {
  /**
   * The message of this sender that `id` names: its `id` attribute, its origin-id, or the id of one of its corrections. Where a
   * sender gave an id twice, the one that came last.
   */
  findTarget(conversationId: number, sender: Jid, id: string): Message | undefined
  getReference(messageId: number): MessageReference

  /** Puts a version beside the others; of a retracted message its id alone. */
  insertRevision(messageId: number, revision: NewRevision): Message | undefined
  /** The version is as if it had never been. */
  deleteRevision(messageId: number, ownId: string): Message | undefined
  findRevision(messageId: number, ownId: string): (Version & LinkFields) | undefined
  /** Oldest first; empty where there is only one. */
  listVersions(messageId: number): readonly Version[]
  /** Other words for a message that nobody has: without a trace of the earlier ones. It is pending then. */
  rewriteMessage(messageId: number, body: string, links?: readonly LinkCard[]): Message | undefined

  /** A message of which only a correction is here, under the `id` that it names. */
  findStandIn(conversationId: number, sender: Jid, ids: readonly string[]): number | undefined
  /** The message itself has come: its place, its ids, its words as the first version. */
  fillStandIn(standInId: number, message: NewMessage): Message | undefined
  /** What the stand-in was for is itself a correction of the message `id`, which is not here. */
  renameStandIn(standInId: number, id: string): void
  /** The same, where it is here: takes over what the stand-in has, and removes that. */
  absorbStandIn(standInId: number, messageId: number): void

  /** Empties it for good, with all its versions and reactions; it counts as read. The earliest time holds. */
  retractMessage(messageId: number, at: number): Message | undefined
  setReactions(messageId: number, reactions: NewReactions): Message | undefined
  /** What holds of this sender; empty for none. */
  listReactions(messageId: number, sender: string): readonly string[]
  /** The messages of a conversation that somebody has reacted to, the last first. */
  listReactedBy(conversationId: number, sender: string, most: number): readonly Message[]

  /** Of one sender to one message the latest reactions and the earliest retraction wait; beyond the bounds the oldest go. */
  putWaiting(target: WaitingFor, deed: WaitingDeed, bounds: WaitingBounds): void
  /** What waits for a message of `sender` with one of these ids; it waits no more. Retractions only of that sender. */
  takeWaiting(
    target: Omit<WaitingFor, 'targetId'>,
    sender: string,
    ids: readonly string[],
  ): readonly WaitingDeed[]

  /** Removes a message here, and remembers it so that it doesn't come back. */
  forgetMessage(messageId: number): void
  /** Whether this message is one of these. */
  isRemoved(message: MessageIdentity): boolean
  /** Whether one of these has this id. */
  isForgotten(conversationId: number, sender: Jid, id: string): boolean

  /** A stream is about to get it. */
  markHandedOver(kind: 'message' | 'deed', id: number): void
  insertDeed(deed: NewDeed): void
  listPendingDeeds(accountId: number): readonly PendingDeed[]
  findDeed(accountId: number, messageId: string): StoredDeed | undefined
  listDeedsOf(messageId: number): readonly StoredDeed[]
  /** Pending again means behind everything that was written by now. Of those sent a few are kept, for errors that answer them. */
  setDeedState(deedId: number, state: StoredDeed['state'], error?: MessageError): void
  deleteDeed(deedId: number): void
}
